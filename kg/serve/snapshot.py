"""A store as it is now, to be served while ``kg build`` writes the next one.

The files of a store are never changed once they are whole, so a snapshot is a
folder of links to them, which costs no room; where links are not possible, it
is a copy. It ends with the server, or when the next one starts.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.store import shipped_files, store_data, write_store

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = ".kg-serve-"
_LOCK = "lock"
_TRIES = 3


@contextmanager
def snapshot(folder: Path | None) -> Iterator[Path]:
    """Give the folder of a store as it is now, or without a folder of the graph that comes with the package.

    Raises UnknownNameError if there is no store in the folder.
    """
    with _place(folder) as place:
        if folder is None:
            write_store(place / "data", [path.read_bytes() for path in shipped_files()])
            yield store_data(place / "data")
        else:
            _take(folder, place / "data")
            yield place / "data"


def _take(folder: Path, data: Path) -> None:
    for left in range(_TRIES, 0, -1):
        try:
            shutil.copytree(store_data(folder), data, copy_function=_linked)
        except (FileNotFoundError, shutil.Error) as error:
            # A build has put the next store in its place while this one was linked.
            shutil.rmtree(data, ignore_errors=True)
            if left == 1:
                raise UnknownNameError(f"the store in {str(folder)!r} is being rebuilt", mend="try again") from error
        else:
            return


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)
    return target


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    parent = _parent(folder)
    _sweep(parent)
    place = Path(tempfile.mkdtemp(prefix=NAME, dir=parent))
    try:
        with (place / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _parent(folder: Path | None) -> Path:
    # Links work on one file system only; a medium that cannot be written is copied from.
    beside = folder.resolve().parent if folder else None
    return beside if beside and os.access(beside, os.W_OK) else Path(tempfile.gettempdir())


def _sweep(parent: Path) -> None:
    """Remove what a server left that was killed."""
    for old in parent.glob(f"{NAME}*"):
        if old.is_symlink() or old.stat().st_uid != os.getuid() or (old / _LOCK).is_symlink():
            continue
        with suppress(OSError), (old / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(old, ignore_errors=True)
