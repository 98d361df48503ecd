"""A release is written whole or not at all, never over what is no release; wrong wishes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

GOOD = ("--version", "0.1.0", "--date", "2026-11-30")


def refused(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["release", *words])
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--version", "1 0", "--date", "2026-11-30"), "'1 0' is no version"),
        (("--version", "../x", "--date", "2026-11-30"), "'../x' is no version"),
        (("--version", "1.0", "--date", "30.11.2026"), "'30.11.2026' is no day"),
        (("--version", "1.0", "--date", "20261130"), "'20261130' is no day"),
        ((*GOOD, "--base", "https://example.org/data"), "is no folder; end it with a slash"),
        ((*GOOD, "--base", "no address/"), "is no IRI"),
        ((*GOOD, "--profile", "docx"), "'docx' is not one of"),
    ],
)
def test_a_wrong_wish_is_named(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, told = refused(str(tmp_path / "out"), *words)
    assert (code, said in told) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over_unless_it_is_a_release(small: Path, tmp_path: Path) -> None:
    out, store = tmp_path / "out", str(small)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter").write_text("dear", encoding="utf-8")
    assert refused(str(tmp_path / "home"), *GOOD) == (
        2,
        f"kg: {tmp_path}/home is there already; name another folder, or say --force\n",
    )
    code, told = refused(str(tmp_path / "home"), *GOOD, "--force")
    assert (code, "is no release, and is not written over" in told) == (2, True)
    assert (tmp_path / "home" / "letter").read_text(encoding="utf-8") == "dear"
    assert "there is no folder" in refused(str(tmp_path / "none" / "out"), *GOOD)[1]
    few = ("--store", store, "--profile", "nquads")
    assert refused(str(out), *GOOD, *few)[0] == 0
    assert refused(str(out), *GOOD, *few)[0] == 2
    # The release that is replaced can be the one that is compared with.
    code, told = refused(str(out), "--version", "0.2.0", "--date", "2026-12-01", *few, "--force", "--against", str(out))
    assert (code, told) == (0, f"wrote {out}: 0 changes\n")
    assert sorted(path.name for path in out.glob("*.gz")) == ["conflict-kg-0.2.0_nquads.nq.gz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out"]


def test_where_something_fails_nothing_is_left(
    small: Path, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "pylode.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pylode'\")\n", encoding="utf-8"
    )
    here = run.__globals__["HERE"]
    path = f"{here}:{tmp_path / 'without'}"
    done = run(tmp_path, "release", "out", *GOOD, "--store", str(small), PYTHONPATH=path)
    assert done.returncode == 2
    assert done.stderr.endswith("No module named 'pylode'; pip install 'conflict-kg[release]'\n")
    assert [path.name for path in tmp_path.iterdir()] == ["without"]
    code, told = refused(str(tmp_path / "out"), *GOOD, "--store", str(small), "--against", str(tmp_path / "none"))
    assert (code, "name the folder of the last release" in told) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["without"]
