"""How things are named: CURIEs, IRIs and ids that come from content.

Ids of statements, intervals and readings are the first 20 hex digits of a
sha256 over their content, so that the same content has the same id in every
build. This module does not read times and does not write quads.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kg.claim import Iri, Literal
from kg.errors import UnknownNameError
from kg.vocab import BASE, K_NS, KINDS, S_NS
from kg.when import written

if TYPE_CHECKING:
    from kg.claim import Statement
    from kg.when import Interval, Reading

CURIE = re.compile(r"^(?P<prefix>[a-z]+):(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)$")


def mint(kind: str, slug: str) -> Iri:
    """Return the IRI of a thing from its kind and its slug."""
    return Iri(f"{BASE}{kind}/{slug}")


def term(name: str) -> Iri:
    """Return the IRI of a class, property or concept of the ontology."""
    return Iri(K_NS + name)


def expand(curie: str) -> Iri:
    """Return the IRI that a CURIE such as ``state:armenia`` stands for.

    ``k:`` and ``s:`` names and full http(s) IRIs are taken too. Raises
    UnknownNameError for anything else.
    """
    if curie.startswith(("http://", "https://", "urn:")):
        return Iri(curie)
    prefix, _, slug = curie.partition(":")
    if prefix in {"k", "s"} and re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", slug):
        return Iri((K_NS if prefix == "k" else S_NS) + slug)
    if prefix in KINDS and CURIE.match(curie):
        return mint(prefix, slug)
    raise UnknownNameError(
        f"{curie!r} is not a name here",
        mend=f"write kind:slug in lower-case ASCII, kind one of {', '.join(KINDS)}",
    )


def compact(iri: str) -> str:
    """Return the CURIE of an IRI of ours, or the IRI itself."""
    if iri.startswith(K_NS):
        return "k:" + iri[len(K_NS) :]
    if iri.startswith(S_NS):
        return "s:" + iri[len(S_NS) :]
    if iri.startswith(BASE):
        kind, _, slug = iri[len(BASE) :].partition("/")
        if kind in KINDS and slug:
            return f"{kind}:{slug}"
    return iri


def claim_stem(source: str, start: int) -> str:
    """Return how the ids of claims begin that rest on a passage: its source and start; an ordinal follows."""
    return f"claim:{source.rpartition('/')[2]}-{start}-"


def kind_of(iri: str) -> str:
    """Return the kind of a thing of ours (``event``), or an empty string."""
    head = compact(iri).partition(":")[0]
    return head if head in KINDS else ""


def interval_iri(interval: Interval) -> Iri:
    """Return the id of an interval: hash of bounds, mode, kinds and precision."""
    marks = (interval.mode, interval.begin_kind, interval.end_kind, interval.precision)
    return mint("time", digest(*map(written, interval.bounds), *marks))


def reading_iri(reading: Reading) -> Iri:
    """Return the id of a reading: hash of what was written and of what it was read as."""
    parts = (reading.notation, reading.zone or "", reading.words or "")
    return mint("reading", digest(interval_iri(reading.interval), *parts))


def statement_iri(statement: Statement) -> Iri:
    """Return the id of a statement: hash of subject, predicates with values, interval."""
    facts = [part for name, value in statement.facts for part in (name, _spelt(value))]
    return mint("st", digest(statement.subject, *facts, interval_iri(statement.held)))


def _spelt(value: Iri | Literal) -> str:
    if isinstance(value, Literal):
        return f"{value.text}\x1f{value.datatype}\x1f{value.language}"
    return f"<{value}>"


def digest(*parts: str) -> str:
    """Return the name that content gives: the first 20 hex digits of the sha256 of its parts."""
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:20]
