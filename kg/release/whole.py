"""A release, written whole or not at all: into a folder beside, which then takes its name.

It reads a store and asks no clock; what is in each file is for the other modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.drafts import drafted
from kg.errors import UsageError
from kg.metadata import dataset_triples, figures_of, written_as
from kg.release.changes import report
from kg.release.dumps import canonical_hash, sums, write_dumps
from kg.release.lode import ontology_page
from kg.release.papers import LICENCE, citation, licence, readme

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.release.plan import Plan

SUMS: Final = "SHA256SUMS"
"""The file by which a folder is known to be a release."""


@dataclass(frozen=True, slots=True)
class Released:
    """What was written: the names of the files, the hash of the data set, and how many changes there are."""

    files: tuple[str, ...]
    canonical: str
    changes: int | None
    """None: there is no earlier release."""


def release(store: Store, plan: Plan, folder: Path, *, force: bool = False) -> Released:
    """Write a release of a store into a new folder; with ``force`` an earlier release may stand there.

    Raises UsageError for a folder that is there or cannot be written, or where
    pyLODE is missing; then nothing is written.
    """
    _check(folder, force=force)
    with drafted(folder) as draft:
        return _write(store, plan, draft)


def _check(folder: Path, *, force: bool) -> None:
    if not folder.parent.is_dir():
        raise UsageError(f"there is no folder {str(folder.parent)!r}", mend="make it first")
    if not folder.name:
        raise UsageError(f"{str(folder)!r} has no name", mend="name a folder that is not there yet")
    if not (folder.exists() or folder.is_symlink()):
        return
    if not force:
        raise UsageError(f"{folder} is there already", mend="name another folder, or say --force")
    if folder.is_symlink() or not (folder / SUMS).is_file():
        raise UsageError(f"{folder} is no release, and is not written over", mend="name another folder")


def _write(store: Store, plan: Plan, folder: Path) -> Released:
    canonical, figures = canonical_hash(store), figures_of(store)
    page = ontology_page()
    changes, papers = report(store, plan.against)
    dumps = write_dumps(store, plan, folder)
    papers |= {
        "void.ttl": written_as(dataset_triples(plan.about, figures, [one.dump for one in dumps])).decode(),
        "ontology.html": page,
        "CITATION.cff": citation(plan, canonical),
        LICENCE: licence(),
    }
    papers["README.md"] = readme(plan, figures, dumps, canonical, [*sorted(papers), SUMS])
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / SUMS).write_text(sums(folder), encoding="utf-8", newline="\n")
    return Released(tuple(sorted(path.name for path in folder.iterdir())), canonical, changes)
