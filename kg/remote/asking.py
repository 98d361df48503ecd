"""Asks a SPARQL endpoint a question, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.remote.connection import Connection, Patience
from kg.remote.target import KINDS, Target

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.remote.access import Access

TIMEOUT = 60
"""Seconds that an endpoint may take to answer."""


def ask_endpoint(
    url: str, sparql: str, access: Access | None = None, *, ca: str | None = None
) -> QuerySolutions | QueryBoolean:
    """Return the answer of an endpoint to a SELECT or ASK (SPARQL 1.1 Protocol).

    ``ca`` is a file of certificates to trust besides the system's.
    Raises QueryError if it refuses the query, RemoteError if it cannot be
    reached or answers with anything but SPARQL results in JSON.
    """
    patience = Patience(timeout=TIMEOUT, attempts=2)
    return Connection(Target(KINDS["sparql"], url), access, patience, ca=ca).query(sparql)
