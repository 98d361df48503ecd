"""The marks of a thing as keys of a claim file or columns of a register.

The other half of ``kg.loaders.marks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.claim import Literal
from kg.iri import compact, term
from kg.keys import CONCEPTS, LABELS, LANG_STRING, POINTERS, TEXTS
from kg.vocab import K_NS
from kg.writers.spelling import refuse, spelt_text

if TYPE_CHECKING:
    from kg.claim import Value

# What came from reference: is an identifier like any other, and goes out as one.
_LITERALS = {named: key for key, named in TEXTS.items() if key != "reference"}
_POINTERS: dict[str, str] = {name: key for key, name in POINTERS.items()}
_CONCEPTS: dict[str, str] = {term(key): key for key in CONCEPTS}
_LABELS = {name: key for key, name in LABELS.items()}


def key_of(mark: tuple[str, Value], place: str) -> tuple[str, str]:
    """Return the key of a mark, and the language of a label. Raises DataError if it has no key."""
    name, value = mark
    key = None
    if not isinstance(value, Literal):
        key = _POINTERS.get(name) or (_CONCEPTS.get(name) if value.startswith(K_NS) else None)
    elif name in _LABELS and value.datatype == LANG_STRING:
        return _LABELS[name], value.language
    elif (key := _LITERALS.get((name, value.datatype))) and value.language not in {"", "en"}:
        key = None
    if key is None:
        raise refuse(place, f"no key of a thing says {compact(name)} {value!r}")
    return key, ""


def spelt_mark(mark: tuple[str, Value], place: str) -> str:
    """Return the value of a mark as a file writes it."""
    name, value = mark
    if isinstance(value, Literal):
        return spelt_text(value.text, place)
    return value.removeprefix(K_NS) if name in _CONCEPTS else compact(value)
