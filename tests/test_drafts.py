"""A folder takes its name when it is whole; until then, and after any failure, what stood there stands."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.drafts import drafted

if TYPE_CHECKING:
    from pathlib import Path

KILLED = """
import os, sys
from pathlib import Path
from kg.drafts import drafted
with drafted(Path(sys.argv[1])) as draft:
    (draft / "half").touch()
    os.kill(os.getpid(), 9)
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    write(tmp_path / "home/folder", "first")
    return tmp_path / "home/folder"


def write(folder: Path, text: str) -> None:
    folder.parent.mkdir(exist_ok=True)
    with drafted(folder) as draft:
        (draft / text).touch()


def held(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder.parent)) for path in folder.parent.rglob("*"))


def test_a_folder_takes_the_place_of_the_one_before(folder: Path) -> None:
    assert held(folder) == ["folder", "folder/first"]
    write(folder, "second")
    assert held(folder) == ["folder", "folder/second"]


def test_what_fails_leaves_what_stood_there(folder: Path) -> None:
    def fail() -> None:
        with drafted(folder) as draft:
            (draft / "half").touch()
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        fail()
    assert held(folder) == ["folder", "folder/first"]


def test_what_is_killed_leaves_what_stood_there_and_the_next_clears_up(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert (done.returncode, held(folder)) == (-9, [".folder.draft", ".folder.draft/half", "folder", "folder/first"])
    write(folder, "second")
    assert held(folder) == ["folder", "folder/second"]


def test_what_was_killed_between_the_two_renames_is_taken_back(folder: Path) -> None:
    folder.rename(folder.with_name(".folder.old"))
    with pytest.raises(KeyError), drafted(folder):
        raise KeyError
    assert held(folder) == ["folder", "folder/first"]


def test_a_link_to_a_folder_stays_one(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    write(link, "second")
    assert (link.is_symlink(), held(folder)) == (True, ["folder", "folder/second", "link"])
