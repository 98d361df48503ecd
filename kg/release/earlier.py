"""The release before: found in a folder, a file or a store, and read back.

It compares nothing (``changes`` does).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.errors import UnknownNameError
from kg.profiles import PROFILES, profile_of
from kg.release.plan import NAME
from kg.store import CURRENT, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.profiles import Profile


def earlier(place: Path) -> tuple[str, Store]:
    """Return the name of an earlier release, and its graph in memory or on disk.

    Raises UnknownNameError where there is none, DataError for a file that cannot be read.
    """
    if not place.exists():
        raise UnknownNameError(f"there is no {str(place)!r}", mend="name the folder of the last release, or a dump")
    if (place / CURRENT).is_file():
        return place.name, open_store(place)
    form, file = _dump_in(place) if place.is_dir() else (_form_of(place), place)
    store = Store()
    store.bulk_extend(form.load(file))
    return file.name, store


def _dump_in(folder: Path) -> tuple[Profile, Path]:
    dumps = [(form, path) for path in sorted(folder.glob(f"{NAME}-*_*")) if (form := _named(path))]
    if not dumps:
        raise UnknownNameError(f"no dump is in {str(folder)!r}", mend="name the folder of a release, a dump or a store")
    # Those that lose nothing come first.
    return min(dumps, key=lambda one: bool(one[0].cannot))


def _form_of(path: Path) -> Profile:
    """Return the profile that a dump's name spells out, as ours do, or that its ending tells of."""
    return _named(path) or profile_of(path)


def _named(path: Path) -> Profile | None:
    return PROFILES.get(path.name.rpartition("_")[2].partition(".")[0])
