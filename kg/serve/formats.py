"""What a client may get, by media type: rows of a SELECT, triples of a CONSTRUCT, descriptions of the service.

Reads the Accept header through mimeparse. It writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Rows and truth values; the first is what a client gets that takes anything."""
GRAPHS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Triples."""
HTML: Final = "text/html"
_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
}
SHORT: Final = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "ttl": (None, "text/turtle"),
    "nt": (None, "application/n-triples"),
}
"""What ``format=`` in an address stands for: a form of rows, and one of triples."""
_CLIENTS_SAY: Final = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "rdf": "xml",
    "rdf+xml": "xml",
    "json-ld": "json",
}
"""What SPARQLWrapper and others write there, beside media types."""


def named(form: str) -> tuple[str | None, str | None] | None:
    """Return the forms of rows and of triples that ``format=`` stands for, or None if it is not known.

    With a slash it is read as an Accept header would be.
    """
    if "/" in form:
        found = best(form, ROWS), best(form, GRAPHS)
        return found if any(found) else None
    return SHORT.get(_CLIENTS_SAY.get(form.replace(" ", "+"), form))


def best(accept: str, offered: Mapping[str, object]) -> str | None:
    """Return the media type of those offered that a client prefers, or None if it takes none of them.

    The first one wins a tie. A header that cannot be read takes anything (RFC 9110 12.5.1 lets a server ignore it).
    """
    import mimeparse  # type: ignore[import-untyped] # it publishes no types

    names = [*offered, *(alias for alias, name in _ALIASES.items() if name in offered)]
    try:
        # It prefers the last of equals.
        chosen = str(mimeparse.best_match(names[::-1], accept or "*/*"))
    except mimeparse.MimeTypeParseException:
        return next(iter(offered))
    return _ALIASES.get(chosen, chosen) or None
