"""From ``graphs/`` to the canonical TriG of each case, to what follows from all of them, and to the store.

Reads everything before it writes anything: a case with a fault changes no
file. A second build of the same input changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, parse

from kg.check import check
from kg.errors import DataError, Severity
from kg.loaders.case import known_cases, read_cases
from kg.quads import case_quads
from kg.reason import counted, derive
from kg.resources import DERIVED
from kg.store import BUILT, canonical, in_memory, write_store, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.errors import Finding


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: quads per case, the files and store it changed, its warnings."""

    quads: dict[str, int]
    derived: dict[str, int]
    """How much of each kind was derived from the claims that the store holds."""
    changed: tuple[Path, ...]
    store_changed: bool
    warnings: tuple[Finding, ...]


def compiled(graphs: Path, names: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the canonical TriG of each case by its name. Raises DataError with all findings."""
    return {case.name: canonical(case_quads(case)) for case in read_cases(graphs, names)}


def findings_of(graphs: Path) -> list[Finding]:
    """Return what is wrong with the cases of a folder: files first, then the graph they make."""
    try:
        documents = compiled(graphs)
    except DataError as error:
        return list(error.findings)
    return check(_store_of(list(documents.values())))


def _store_of(documents: Sequence[bytes]) -> Store:
    store = in_memory(())
    for document in documents:
        store.bulk_load(document, format=RdfFormat.TRIG)
    return store


def build(graphs: Path, store: Path | None, names: Sequence[str] = ()) -> Built:
    """Check the cases, write ``graph.trig`` beside each, what is derived, and the store; return what changed.

    With names only those cases are written, and the store holds the others as
    they were last built. Raises DataError, with nothing written, if any check
    finds an error.
    """
    known = known_cases(graphs, names)
    documents = compiled(graphs)
    found = check(_store_of(list(documents.values())))
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise DataError(errors)
    wanted = list(names) or known
    changed = [path for name in wanted if (path := _written(graphs / name / BUILT, documents[name]))]
    held = [documents[name] if name in wanted else _last_built(graphs / name / BUILT) for name in documents]
    derived = canonical(derive(_store_of(held)))
    changed += [path] if (path := _written(graphs / DERIVED / BUILT, derived)) else []
    quads = {name: sum(1 for _ in parse(documents[name], format=RdfFormat.TRIG)) for name in wanted}
    store_changed = write_store(store, [*held, derived]) if store else False
    return Built(quads, counted(parse(derived, format=RdfFormat.TRIG)), tuple(changed), store_changed, tuple(found))


def _last_built(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _written(path: Path, document: bytes) -> Path | None:
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.read_bytes() == document:
        return None
    write_whole(path, document)
    return path
