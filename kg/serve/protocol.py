"""The SPARQL 1.1 Protocol: from what a client sends to a request that a worker answers, or a refusal.

Reads query strings, forms and bodies (section 2.1 of the protocol). It computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.serve.formats import GRAPHS, ROWS, SHORT, best, named
from kg.serve.guard import names_its_data, reaches_out
from kg.serve.worker import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST = 1_000_000
"""Bytes of a body."""
_REFUSED = {"update", "using-graph-uri", "using-named-graph-uri"}


class RefusedError(Exception):
    """What a client asks for is not done here: a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        """Keep both."""
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sent: method, content type (without parameters), query string, body, Accept header."""

    method: str
    content_type: str
    address: str
    body: bytes
    accept: str


def asks_nothing(sent: Sent) -> bool:
    """Return whether it is a GET without a query: the client wants to know what is here."""
    return sent.method in {"GET", "HEAD"} and not any(name in {"query", "update"} for name, _ in _pairs(sent.address))


def request_of(sent: Sent) -> Request:
    """Return the request. Raises RefusedError for what is no query, or one that this server does not answer."""
    pairs = _pairs(sent.address)
    if sent.method == "POST":
        pairs += _posted(sent)
    if any(name in _REFUSED for name, _ in pairs):
        raise RefusedError(403, "this endpoint is read-only: it takes queries, and no updates")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise RefusedError(400, f"{len(queries)} queries were sent: send one, as query=")
    (query,) = queries
    if reaches_out(query):
        raise RefusedError(400, "this endpoint asks no other server: take SERVICE out, also as the prefix of a name")
    default, several = (_iris(name, pairs) for name in ("default-graph-uri", "named-graph-uri"))
    chosen = bool(default or several)
    rows, graph = _forms(sent.accept, [value for name, value in pairs if name == "format"])
    return Request(
        query=query,
        union=not chosen and not names_its_data(query),
        default=default if chosen else None,
        named=several if chosen else None,
        rows=rows,
        graph=graph,
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise RefusedError(400, f"what was sent is not a form in UTF-8: {error}") from error


def _posted(sent: Sent) -> list[tuple[str, str]]:
    if sent.content_type == UPDATE:
        return [("update", "")]
    if sent.content_type not in {FORM, QUERY}:
        raise RefusedError(415, f"post a query as {QUERY}, or a form as {FORM}")
    try:
        text = sent.body.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the body is not UTF-8: {error}") from error
    return [("query", text)] if sent.content_type == QUERY else _pairs(text)


def _iris(name: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    found = [value for key, value in pairs if key == name]
    try:
        return [NamedNode(value).value for value in found]
    except ValueError as error:
        raise RefusedError(400, f"{name} is not an IRI: {error}") from error


def _forms(accept: str, wanted: Sequence[str]) -> tuple[str | None, str | None]:
    if not wanted:
        return best(accept, ROWS), best(accept, GRAPHS)
    found = named(wanted[-1])
    if found is None:
        raise RefusedError(400, f"format={wanted[-1]} is not known: one of {', '.join(SHORT)}")
    return found
