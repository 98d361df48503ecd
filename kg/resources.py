"""Where the data folders are, in an installed wheel and in a checkout alike.

It finds folders and does not read what is in them.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import UnknownNameError

FOLDERS = ("graphs", "ontology", "queries")
"""The data folders; a wheel carries them under ``kg/_data/`` (pyproject)."""
DERIVED = "derived"
"""The folder under ``graphs/`` that holds what is derived; it is no case."""


def data_dir(name: str) -> Path:
    """Return the folder ``ontology``, ``queries`` or ``graphs``.

    Raises UnknownNameError for another name, or where the folder is missing.
    """
    if name not in FOLDERS:
        raise UnknownNameError(f"no data folder is called {name!r}", mend=f"one of {', '.join(FOLDERS)}")
    package = Path(__file__).resolve().parent
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise UnknownNameError(
        f"the data folder {name!r} is neither in the wheel nor beside {package}", mend="reinstall conflict-kg"
    )
