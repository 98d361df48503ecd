"""What others wrote stays outside: no file of ../shared, no sentence of the seed article (design section 9)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST = 60  # code points; shorter strings may agree by chance
SMALLEST = 64  # bytes; an empty or tiny file may agree by chance
PLAIN = str.maketrans("\u201c\u201d\u2018\u2019\u2013", "\"\"''-")


@pytest.fixture(scope="module")
def shared(repo: Path) -> Path:
    """Return the folder of texts and data of others, which may not be here."""
    folder = repo.parent / "shared"
    if not (folder / "seed" / "article.txt").is_file():
        pytest.skip("../shared is not here, so there is nothing to compare with")
    return folder


def flat(text: str) -> str:
    """Return text in one line, lower case, plain quotes: what re-wrapping or quoting changes is gone."""
    plain = text.translate(PLAIN)
    return " ".join(re.sub(r"[\s>|#*]+", " ", plain).split()).casefold()


def sentences(text: str) -> set[str]:
    """Return the lines and sentences of a text that are long enough to be somebody's."""
    lines = [flat(line) for line in text.splitlines()]
    parts = [part for line in lines for part in re.split(r"(?<=[.!?])\s+", line)]
    return {part for part in [*lines, *parts] if len(part) >= SHORTEST}


def copied(page: str, wanted: set[str]) -> list[str]:
    """Return the sentences that occur in a page, however it is wrapped."""
    inside = flat(page)
    return sorted(sentence for sentence in wanted if sentence in inside)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_no_file_of_others_is_in_the_repository(repo: Path, ours: list[Path], shared: Path) -> None:
    theirs = {digest(p): p for part in ("seed", "data") for p in (shared / part).rglob("*") if p.is_file()}
    big = [path for path in ours if path.stat().st_size >= SMALLEST]
    assert {str(p.relative_to(repo)): str(theirs[d]) for p in big if (d := digest(p)) in theirs} == {}


def test_no_sentence_of_the_seed_article_is_in_the_repository(repo: Path, ours: list[Path], shared: Path) -> None:
    wanted = sentences((shared / "seed" / "article.txt").read_text(encoding="utf-8"))
    assert wanted
    pages = {path.relative_to(repo): path.read_bytes().decode("utf-8", errors="replace") for path in ours}
    assert {str(name): found for name, page in pages.items() if (found := copied(page, wanted))} == {}


def test_every_sentence_of_the_article_would_be_found(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    wrapped = "gist: >\n    " + text.replace(" ", "\n    ")
    assert set(copied(wrapped, sentences(text))) == sentences(text)


MADE_UP = "On a quiet morning nobody fired at anybody along the whole of the long border."


def test_a_copied_sentence_is_found_however_it_is_wrapped() -> None:
    assert copied("# note:\n#   " + MADE_UP.replace(" ", "\n#   "), sentences(MADE_UP)) == [MADE_UP.casefold()]


def test_own_words_are_left_alone() -> None:
    assert copied("Nobody fired along the border that morning.", sentences(MADE_UP)) == []


def test_short_lines_are_nobodys() -> None:
    assert sentences("It rained.\nThe border was quiet.") == set()
