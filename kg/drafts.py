"""A folder that is written beside its name, and takes the name only when it is whole.

Files are for ``kg.store.write_whole`` and ``kg.profiles.syntax``.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which then stands under the name in the place of what stood there.

    Where the block fails, or is killed, what stood there is left as it was. Only
    between two renames at the end it has another name, from which the next draft
    of that name takes it back.
    """
    folder = folder.resolve()
    draft, old = (folder.with_name(f".{folder.name}.{what}") for what in ("draft", "old"))
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (draft, old):
        shutil.rmtree(left, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        _exchange(draft, folder, old)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _exchange(draft: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
