"""All forms in which the graph leaves: profiles, which are one file, folders of tables, and what goes one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kg.errors import UsageError
from kg.profiles.oneway import ONE_WAY, OneWay, one_way_of
from kg.profiles.profile import PROFILES, Profile, profile_of
from kg.profiles.tables import CSV_TABLES, PARQUET, TableFolder

if TYPE_CHECKING:
    from pathlib import Path

Form: TypeAlias = Profile | TableFolder | OneWay
FOLDERS = {folder.name: folder for folder in (PARQUET, CSV_TABLES)}
FORMS: dict[str, Form] = {**PROFILES, **FOLDERS, **ONE_WAY}
"""By name."""


def form_of(path: Path) -> Form:
    """Return the form of a file by its ending, or of a folder by the files in it. Raises UsageError."""
    if not path.is_dir():
        return one_way_of(path.name) or profile_of(path)
    for folder in FOLDERS.values():
        if (path / folder.files.mark).is_file():
            return folder
    raise UsageError(f"{path} holds no tables of a graph", mend=f"say which form it is: {', '.join(FOLDERS)}")
