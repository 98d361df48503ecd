"""Asks a SPARQL endpoint: the same questions, over HTTP, through SPARQLWrapper.

Reads only; loading into a remote store is another matter. It opens no local
store and prints nothing.
"""

from __future__ import annotations

import json
import urllib.error
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat, parse_query_results
from SPARQLWrapper import GET, JSON, POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from kg.errors import QueryError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions

TIMEOUT = 60
"""Seconds that an endpoint may take to answer."""

LONGEST_IN_ADDRESS = 2000
"""Signs of a query that go into an address; servers refuse longer ones, and a longer query is posted."""

_TAIL = 200


def ask_endpoint(url: str, sparql: str) -> QuerySolutions | QueryBoolean:
    """Return the answer of an endpoint to a SELECT or ASK (SPARQL 1.1 Protocol).

    Raises QueryError if it cannot be reached, refuses the query, or answers
    with anything but SPARQL results in JSON.
    """
    wrapper = SPARQLWrapper(url, agent="conflict-kg")
    wrapper.setTimeout(TIMEOUT)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(sparql)
    wrapper.setMethod(POST if len(sparql) > LONGEST_IN_ADDRESS else GET)
    # Its own header names application/json first, which Comunica takes for another format.
    wrapper.addCustomHttpHeader("Accept", "application/sparql-results+json")
    wrapper.setOnlyConneg(True)
    # Its guess of the kind of query stumbles over comments; SELECT and ASK are sent alike.
    wrapper.queryType = SELECT
    try:
        return read_results(wrapper.query().response.read())
    except (SPARQLWrapperException, urllib.error.URLError, OSError) as error:
        reason = " ".join(str(error).split())[:300]
        raise QueryError(f"{url} does not answer: {reason}", mend="check the address and the server") from error
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{url} answers, but not with results: {error}", mend="is it a SPARQL endpoint?") from error


def read_results(body: bytes) -> QuerySolutions | QueryBoolean:
    """Return what SPARQL results in JSON say, whatever else a server puts beside them.

    Raises SyntaxError and ValueError for what is none.
    """
    if b'"metadata"' in body[-_TAIL:]:
        # Comunica adds it behind the rows, where the parser does not take it.
        document = json.loads(body)
        body = json.dumps({key: document[key] for key in ("head", "boolean", "results") if key in document}).encode()
    return parse_query_results(body, format=QueryResultsFormat.JSON)
