"""The page on profiles shows the same claim in each, and what it shows is read back as the same."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from kg.profiles import FORMS, profile
from kg.profiles.syntax import NP, PROV
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

HEADER = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in {**PREFIXES, "np": NP, "prov": PROV}.items())
SECTION = re.compile(r"^### `([\w-]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = ("trig", "rdf12-trig", "rdf-star", "reification", "graph-each", "wikibase", "jsonld", "nanopub")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/profiles.md").read_text(encoding="utf-8")


def example(page: str, name: str) -> set[ox.Quad]:
    block = BLOCK.search(dict(SECTION.findall(page))[name])
    assert block
    if name == "jsonld":
        file = io.BytesIO()
        profile(name).write([], file)
        text = file.getvalue().decode().replace('"@graph": [', f'"@graph": [{block[1]}')
    else:
        text = block[1] if name == "rdf-star" else HEADER + block[1]
    return set(profile(name).read(io.BytesIO(text.encode())))


@pytest.mark.parametrize("name", SHOWN)
def test_each_example_says_the_same(page: str, name: str) -> None:
    shown, whole = example(page, name), example(page, "trig")
    assert len(whole) == 9
    fact = {quad for quad in whole if quad.predicate.value == PREFIXES["s"] + "location"}
    assert shown == (fact if name == "rdf-star" else whole)


def test_every_form_stands_on_the_page(page: str) -> None:
    assert [name for name in FORMS if f"`{name}`" not in page] == []
