"""A case: one folder under ``graphs/``, read whole, with every fault of it.

Reads all cases on one desk, since a claim of one may point at things of
another. Nothing is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.claim import Case
from kg.errors import DataError, UnknownNameError
from kg.loaders.claim_file import read_claim_file
from kg.loaders.desk import Desk
from kg.loaders.lists import read_sources, read_things
from kg.loaders.names import mend_for
from kg.loaders.register import read_claims
from kg.resources import DERIVED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.claim import Claim, Source, Thing

    Texts = Mapping[Path, str]


def case_names(graphs: Path) -> list[str]:
    """Return the names of the cases in a folder, sorted."""
    folders = (path.name for path in graphs.iterdir() if path.is_dir())
    return sorted(name for name in folders if not name.startswith(".") and name != DERIVED)


def known_cases(graphs: Path, names: Sequence[str]) -> list[str]:
    """Return the names of all cases; raises UnknownNameError if one of the given is not there."""
    known = case_names(graphs) if graphs.is_dir() else []
    for name in names:
        if name not in known:
            mend = mend_for(name, known, f"cases in {graphs}: {', '.join(known) or 'none'}")
            raise UnknownNameError(f"no case is called {name!r}", mend=mend)
    return known


def read_cases(graphs: Path, names: Sequence[str] = (), *, unsaved: Texts | None = None) -> list[Case]:
    """Return the cases of a folder; with names, only those, checked against all.

    ``unsaved`` texts are read in place of their files, which need not be there
    yet. Raises DataError with every finding of every file, in the order of file
    and line, and UnknownNameError for a case that is not there.
    """
    known = known_cases(graphs, names)
    desk = Desk()
    cases = [_read_case(graphs / name, desk, unsaved or {}) for name in known]
    desk.settle()
    if desk.findings:
        raise DataError(sorted(set(desk.findings), key=_by_line))
    return [case for case in cases if not names or case.name in names]


def _by_line(finding: object) -> tuple[str, int, str]:
    path, _, line = str(getattr(finding, "place", "")).rpartition(":")
    return path, int(line) if line.isdigit() else 0, str(finding)


def _read_case(folder: Path, desk: Desk, unsaved: Texts) -> Case:
    sources: list[Source] = []
    things: list[tuple[str, Thing]] = []
    claims: list[Claim] = []
    for path in sorted({*folder.rglob("*"), *(path for path in unsaved if folder in path.parents)}):
        try:
            _read_file(path, unsaved.get(path), desk, (sources, things, claims))
        except DataError as error:
            desk.findings.extend(error.findings)
    return Case(
        folder.name,
        tuple(sorted(sources, key=lambda source: source.iri)),
        tuple(sorted(((graph or folder.name, thing) for graph, thing in things), key=lambda pair: pair[1].iri)),
        tuple(sorted(claims, key=lambda claim: claim.iri)),
    )


_Read = tuple["list[Source]", "list[tuple[str, Thing]]", "list[Claim]"]


def _read_file(path: Path, text: str | None, desk: Desk, into: _Read) -> None:
    sources, things, claims = into
    if path.suffix in {".yaml", ".yml"}:
        read = read_claim_file(path, desk, text)
        sources.extend(read.sources)
        things.extend((graph or "", thing) for graph, thing in read.things)
        claims.extend(read.claims)
    elif path.suffix == ".csv" and path.stem.startswith("things-"):
        graph = path.stem.removeprefix("things-")
        things.extend((graph, thing) for thing in read_things(path, desk, text))
    elif path.suffix == ".csv" and path.stem.startswith("sources"):
        sources.extend(read_sources(path, desk, text))
    elif path.suffix == ".csv" and not path.stem.startswith("left_out"):
        claims.extend(read_claims(path, desk, text))
