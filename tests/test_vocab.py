"""The constants are the terms of the ontology, no fewer and no more."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kg import vocab
from kg.terms import classes, concepts, properties, schemes
from kg.vocab import K_NS, KINDS, PREFIXES


def constants(holder: type) -> list[str]:
    return sorted(value for name, value in vars(holder).items() if name.isupper())


@pytest.mark.parametrize(
    ("holder", "names"),
    [
        (vocab.Class, list(classes())),
        (vocab.Property, list(properties())),
        (vocab.Concept, list(concepts())),
        (vocab.Scheme, list(schemes())),
    ],
)
def test_constants_and_ontology_are_equal_both_ways(holder: type, names: list[str]) -> None:
    assert names
    assert constants(holder) == sorted(K_NS + name for name in names)


def test_every_kind_of_thing_is_a_prefix() -> None:
    assert tuple(sorted(KINDS)) == vocab.KINDS
    assert set(KINDS) < set(PREFIXES)


def test_it_imports_nothing_of_the_package() -> None:
    tree = ast.parse(Path(vocab.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "typing"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
