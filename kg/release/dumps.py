"""The dumps of a release, their checksums, and the hash of the data set, whatever file it stands in.

It chooses no profiles and names no folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from kg.metadata import Dump
from kg.release.plan import dump_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kg.profiles import Profile
    from kg.release.plan import Plan

METHOD: Final = "SHA-256 of the canonical N-Quads of RDF Dataset Canonicalization (RDFC-1.0)"


@dataclass(frozen=True, slots=True)
class Written:
    """A dump in the folder: its profile, its name, and how it is described."""

    form: Profile
    name: str
    dump: Dump


def canonical_hash(quads: Iterable[Quad]) -> str:
    """Return the hash of a data set in hexadecimal digits: the same for the same quads, however they are written."""
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    told = hashlib.sha256()
    for line in sorted(f"{quad} .\n" for quad in found):
        told.update(line.encode())
    return told.hexdigest()


def write_dumps(store: Store, plan: Plan, folder: Path) -> list[Written]:
    """Write a dump for each profile of a plan, and return them."""
    return list(_written(store, plan, folder))


def _written(store: Store, plan: Plan, folder: Path) -> Iterator[Written]:
    for form in plan.forms:
        path = folder / dump_name(plan.version, form)
        form.save(store, path)
        dump = Dump(
            url=plan.address + path.name,
            title=f"The whole graph as {form.name}: {form.summary}",
            media_type=form.syntax.media_type,
            size=path.stat().st_size,
            sha256=sha256_of(path),
        )
        yield Written(form, path.name, dump)


def sha256_of(path: Path) -> str:
    """Return the checksum of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(folder: Path) -> str:
    """Return the lines that ``sha256sum -c`` takes, for every file of a folder."""
    return "".join(f"{sha256_of(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
