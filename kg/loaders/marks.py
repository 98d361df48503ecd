"""The marks of a thing, from the keys of a claim file or the columns of a register alike.

``kg.keys`` says which key is which property. It reads no files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.claim import Literal, fact_order
from kg.iri import term
from kg.keys import CONCEPTS, LABELS, LANG_STRING, POINTERS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.claim import Value
    from kg.loaders.desk import Desk

Mark = tuple[str, "Value"]


def mark(key: str, text: str, place: str, desk: Desk) -> Mark | None:
    """Return the property and value of a key of a thing; a value that is none is a finding."""
    if key in POINTERS:
        owner = desk.point(text, place)
        return (POINTERS[key], owner) if owner else None
    if key in CONCEPTS:
        concept = desk.entry(CONCEPTS[key], text, place, key)
        return (term(key), term(concept)) if concept else None
    name, datatype = TEXTS[key]
    if datatype == LANG_STRING:
        return name, Literal(text, LANG_STRING, "en")
    value = desk.literal(text, datatype, place, key)
    return (name, value) if value else None


def label(key: str, tag: str, text: str, place: str, desk: Desk) -> Mark | None:
    """Return a name of a thing in a language; a tag that is none is a finding."""
    value = desk.tagged(text, tag, place, key)
    return (LABELS[key], value) if value else None


def sorted_marks(marks: Iterable[Mark | None]) -> tuple[Mark, ...]:
    """Return marks in one order, each once, without those that could not be read."""
    return tuple(sorted({one for one in marks if one}, key=fact_order))
