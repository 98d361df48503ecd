"""What the keys of claim files and the columns of registers are called, and what they stand for.

One list for those who read and those who write them; it reads and writes nothing.
"""

from __future__ import annotations

from typing import Final

from kg.claim import CLAIM_LISTS, LINKS
from kg.iri import term
from kg.vocab import DCTERMS, GEO, RDF, RDFS, SKOS, XSD

STRING: Final = XSD + "string"
INTEGER: Final = XSD + "integer"
DECIMAL: Final = XSD + "decimal"
LANG_STRING: Final = RDF + "langString"
WKT: Final = GEO + "wktLiteral"
LISTED: Final = (LANG_STRING, INTEGER, DECIMAL)
"""Datatypes of which one cell may hold several values; other texts stay whole."""

LABELS: Final = {"label": RDFS + "label", "altLabel": SKOS + "altLabel"}
"""Names of a thing, by language."""
TEXTS: Final = {
    "identifier": (DCTERMS + "identifier", STRING),
    "reference": (DCTERMS + "identifier", STRING),
    "wkt": (GEO + "asWKT", WKT),
    "latitude": (term("latitude"), DECIMAL),
    "longitude": (term("longitude"), DECIMAL),
    "note": (term("note"), LANG_STRING),
}
"""Marks of a thing that are literals; a note is in English."""
POINTERS: Final = {"organOf": term("organOf"), "source": DCTERMS + "source"}
"""Marks of a thing that point at another."""
CONCEPTS: Final = {"coordinateQuality": "coordinateQualities"}
"""Marks of a thing that are concepts, with their code lists."""
SINGLE: Final = ("wkt", "latitude", "longitude", *CONCEPTS, "note")
"""Marks of a thing that have one value, whatever signs it holds."""
SEVERAL: Final = ("identifier", "reference", *POINTERS)
"""Marks of a thing that may have several values."""


def time_columns(column: str) -> tuple[str, ...]:
    """Return the columns of zone, mode, begin, end and words beside a time, as ``saidZone``.

    Those of ``held`` bear its name only where they would be mistaken.
    """
    if column == "held":
        return ("zone", "mode", "begin", "end", "heldAsWritten")
    return tuple(column + part for part in ("Zone", "Mode", "Begin", "End", "AsWritten"))


THING_COLUMNS: Final = ("id", "type", *SINGLE, *SEVERAL)
SOURCE_COLUMNS: Final = (
    "id", "type", "title", "publisher", "url", "language", "published", *time_columns("published"), "sourceKind",
    "sha256", "characterCount", "note", "reference",
)  # fmt: skip
CLAIM_COLUMNS: Final = (
    "source", "speaker", "stance", "said", *time_columns("said"), "recorded", "passages", *CLAIM_LISTS,
    "gist", "note", "reference", *LINKS,
)  # fmt: skip
"""Columns of the claim as a whole: its further rows leave them empty, or repeat them."""
STATEMENT_COLUMNS: Final = ("subject", "held", *time_columns("held"))
