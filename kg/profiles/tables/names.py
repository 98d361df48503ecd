"""IRIs as the tables write them: short, with a prefix of the ontology where one fits."""

from __future__ import annotations

from functools import lru_cache

from kg.vocab import PREFIXES

_PREFIX = {namespace: name for name, namespace in PREFIXES.items()}


@lru_cache(1 << 16)
def short(iri: str) -> str:
    """Return an IRI with a prefix of the ontology, or as it is where none fits."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX.get(iri[:at])
    return f"{prefix}:{iri[at:]}" if prefix else iri


@lru_cache(1 << 16)
def full(name: str) -> str:
    """Return the IRI of what ``short`` gives."""
    prefix, _, rest = name.partition(":")
    return name if rest.startswith("//") or prefix not in PREFIXES else PREFIXES[prefix] + rest
