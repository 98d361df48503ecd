"""HTTP to a store: queries and updates through SPARQLWrapper, graphs through requests.

Every request here may be sent twice without harm, and is sent again after a
failure that may pass: a refused or broken connection, no answer in time, 408,
429 (after the time it names), 500, 502, 503, 504. It keeps no state of a push.
"""

from __future__ import annotations

import http.client
import json
import math
import tempfile
import urllib.error
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import requests
from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from SPARQLWrapper import BASIC, DIGEST, GET, INSERT, JSON, POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from kg.errors import QueryError, RemoteError, RemoteFault
from kg.remote.access import Access

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from pyoxigraph import QuerySolutions

    from kg.remote.target import Target

    T = TypeVar("T")

AGENT = "conflict-kg"
LONGEST_IN_ADDRESS = 2000
"""Signs of a query that go into an address; servers refuse longer ones, and a longer query is posted."""
PASSING = {408, 429, 500, 502, 503, 504}
_ACCEPTED = "application/json, text/plain;q=0.5, */*;q=0.1"
_PART = 1 << 16
_TAIL = 200
_IN_MEMORY = 8 << 20
# Virtuoso answers an ASK as if it were a SELECT of a number.
_VIRTUOSO_ASK = b'"__ASK_RETVAL"'
_TRUE, _FALSE = (f'{{"head":{{}},"boolean":{word}}}'.encode() for word in ("true", "false"))
_FAULTS = {
    401: (RemoteFault.REFUSED, "set KG_USER and KG_PASSWORD, or KG_TOKEN"),
    403: (RemoteFault.REFUSED, "the user may not do this there"),
    404: (RemoteFault.ABSENT, "is the address that of the data set? docs/stores.md has them"),
    408: (RemoteFault.SILENT, "give it more time, with --timeout"),
    413: (RemoteFault.TOO_LARGE, "its limit on the size of a request is too small even for a small part"),
    429: (RemoteFault.BUSY, "wait, and say the same again: it goes on where it stopped"),
    507: (RemoteFault.FULL, "make room on the server's disk, and say the same again: it goes on where it stopped"),
}
_AGAIN = "say the same again when the server is well: it goes on where it stopped"
_PASSING_FAULTS = {RemoteFault.UNREACHABLE, RemoteFault.SILENT, RemoteFault.CUT_OFF}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take and how often a request is sent before one gives up, in seconds."""

    timeout: float = 300
    attempts: int = 5
    first_wait: float = 0.5
    longest_wait: float = 30

    def wait(self, state: RetryCallState) -> float:
        """Return the wait before the next attempt: what the server asks for, or twice the last."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, RemoteError) else 0.0
        own = self.first_wait * 2.0 ** (state.attempt_number - 1)
        return float(min(self.longest_wait, max(asked, own)))


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Connection:
    """A store, who one is there, and how patient one is.

    All methods raise RemoteError, and QueryError for what the store refuses as SPARQL.
    """

    def __init__(
        self, target: Target, access: Access | None = None, patience: Patience | None = None, *, ca: str | None = None
    ) -> None:
        """Open no connection yet; ``ca`` is a file of certificates to trust besides the system's."""
        self.target, self.access, self.patience = target, access or Access(), patience or Patience()
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        if ca:
            self._session.verify = ca
        self._session.auth = self._auth()
        self._ca = ca

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean:
        """Return the answer to a SELECT or ASK."""
        return self._results(self._again(lambda: self._spoken(sparql, update=False)))

    def ask(self, sparql: str) -> bool:
        """Return the answer to an ASK."""
        answer = self.query(sparql)
        return isinstance(answer, QueryBoolean) and bool(answer)

    def server(self) -> str:
        """Return what the store calls itself in the ``Server`` header, or ``""``."""

        def look() -> str:
            try:
                with self._session.head(self.target.url, timeout=self.patience.timeout) as response:
                    named = "Apache Jena Fuseki" if "Fuseki-Request-Id" in response.headers else ""
                    return response.headers.get("Server", named)
            except requests.RequestException as error:
                raise self._broken(error) from error

        return self._again(look)

    def update(self, sparql: str) -> None:
        """Send an update, which must be one that does no harm when it comes twice."""
        self._again(lambda: self._spoken(sparql, update=True))

    def add(self, data: bytes, graph: str | None, *, new: bool) -> None:
        """Add triples (N-Triples) to a graph, or without a graph quads (N-Quads).

        ``new``: the graphs were not there before, so that a cut-off load may leave a part.
        """
        kind = self.target.kind
        url = self.target.quads if graph is None else self.target.graphs
        if url is None:
            raise RemoteError(f"{kind.product} takes no files", RemoteFault.ABSENT, mend="send updates")
        params = [("graph", graph)] if graph else []
        if new and kind.bulk:
            params.append((kind.bulk, ""))
        media = "application/n-triples" if graph else kind.quads_type
        # Whoever answers a file with a page has not taken it in: a proxy, a sign-in.
        self._again(lambda: self._sent("POST", url, params, data, media).close())

    @contextmanager
    def graph(self, name: str) -> Iterator[IO[bytes]]:
        """Open the triples of a graph as N-Triples, whole; of a graph that is not there, none."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            self._again(lambda: self._fetched(name, file))
            file.seek(0)
            yield file

    def _fetched(self, name: str, file: IO[bytes]) -> None:
        file.seek(0)
        file.truncate()
        url, accepted = self.target.graphs, "application/n-triples"
        try:
            if url is None:
                data = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"}
                response = self._sent("POST", self.target.query, [], data, None, accepted)
            else:
                response = self._sent("GET", url, [("graph", name)], None, None, accepted)
        except RemoteError as error:
            if error.status == http.client.NOT_FOUND and url is not None:
                return
            raise
        try:
            with response:
                for part in response.iter_content(_PART):
                    file.write(part)
        except requests.RequestException as error:
            raise self._broken(error) from error

    def _sent(  # noqa: PLR0913, PLR0917 - what HTTP has
        self,
        method: str,
        url: str,
        params: list[tuple[str, str]],
        data: bytes | dict[str, str] | None,
        media: str | None,
        accepted: str = _ACCEPTED,
    ) -> requests.Response:
        headers = {"Accept": accepted, **({"Content-Type": media} if media else {})}
        try:
            response = self._session.request(
                method, url, params=params, data=data, headers=headers, timeout=self.patience.timeout, stream=True
            )
        except requests.RequestException as error:
            raise self._broken(error) from error
        page = "html" in response.headers.get("Content-Type", "")
        if response.status_code >= http.client.MULTIPLE_CHOICES or page:
            with response:
                raise self._refused(
                    response.status_code, response.text[:2000], response.headers.get("Retry-After", ""), page=page
                )
        return response

    def _spoken(self, sparql: str, *, update: bool) -> bytes:
        wrapper = self._wrapper(sparql, update=update)
        try:
            response = wrapper.query().response
            body = response.read()
        except SPARQLWrapperException as error:
            raise self._sparql_refused(error) from error
        except urllib.error.HTTPError as error:
            with error:
                text, wait = error.read(2000).decode(errors="replace"), error.headers.get("Retry-After", "")
            raise self._refused(error.code, text, wait) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._broken(error) from error
        if update and b"<html" in body[:500].lower():
            raise self._refused(http.client.OK, body[:2000].decode(errors="replace"), "", page=True)
        return body

    def _wrapper(self, sparql: str, *, update: bool) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.target.query, updateEndpoint=self.target.update, agent=AGENT)
        wrapper.setTimeout(math.ceil(self.patience.timeout))
        wrapper.setReturnFormat(JSON)
        wrapper.setQuery(sparql)
        wrapper.setMethod(POST if update or len(sparql) > LONGEST_IN_ADDRESS else GET)
        # Its guess of the kind of query stumbles over comments.
        wrapper.queryType = INSERT if update else SELECT
        # Its own header names application/json first, which Comunica takes for another format.
        wrapper.addCustomHttpHeader("Accept", _ACCEPTED if update else "application/sparql-results+json")
        wrapper.setOnlyConneg(True)
        if self.access.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.access.token}")
        elif self.access.user:
            wrapper.setHTTPAuth(DIGEST if self.target.kind.digest else BASIC)
            wrapper.setCredentials(self.access.user, self.access.password)
        return wrapper

    def _results(self, body: bytes) -> QuerySolutions | QueryBoolean:
        try:
            return read_results(body)
        except (SyntaxError, ValueError) as error:
            told = f"{self.target.query} answers, but not with results: {error}"
            raise RemoteError(told, RemoteFault.NOT_RDF, mend="is it a SPARQL endpoint, or a proxy?") from error

    def _auth(self) -> AuthBase | None:
        if self.access.token:
            return _Bearer(self.access.token)
        if self.access.user:
            scheme = HTTPDigestAuth if self.target.kind.digest else HTTPBasicAuth
            return scheme(self.access.user, self.access.password)
        return None

    def _again(self, send: Callable[[], T]) -> T:
        retrying = Retrying(
            stop=stop_after_attempt(self.patience.attempts),
            wait=self.patience.wait,
            retry=retry_if_exception(_may_pass),
            reraise=True,
        )
        return retrying(send)

    def _broken(self, error: Exception) -> RemoteError:
        reason = _reason(error)
        if isinstance(error, requests.exceptions.SSLError) or "CERTIFICATE_VERIFY_FAILED" in reason:
            mend = "name the certificate of its maker with --ca FILE"
            return RemoteError(f"{self.target.url} is not trusted: {reason}", RemoteFault.REFUSED, mend=mend)
        if isinstance(error, (requests.Timeout, TimeoutError)) or "timed out" in reason:
            told = f"{self.target.url} did not answer in {self.patience.timeout:g} seconds"
            return RemoteError(told, RemoteFault.SILENT, mend="give it more time, with --timeout")
        cut = isinstance(error, requests.exceptions.ChunkedEncodingError | http.client.IncompleteRead)
        told = f"{self.target.url} {'broke off its answer' if cut else 'does not answer'}: {reason}"
        return RemoteError(told, RemoteFault.CUT_OFF if cut else RemoteFault.UNREACHABLE, mend=_AGAIN)

    def _refused(self, status: int, text: str, wait: str, *, page: bool = False) -> RemoteError:
        if status < http.client.MULTIPLE_CHOICES and page:
            told = f"{self.target.url} answers with a web page, not with data: {_words(text)!r}"
            return RemoteError(told, RemoteFault.NOT_RDF, mend="is there a proxy or a sign-in between?", status=status)
        fault, mend = _FAULTS.get(status, (RemoteFault.FAILED, _AGAIN))
        if status in _FULL and "space" in text.lower():
            fault, mend = _FAULTS[507]
        told = f"{self.target.url} answers {status}: {_words(text)!r}"
        after = float(wait) if wait.isdigit() else 0.0
        return RemoteError(told, fault, mend=mend, status=status, retry_after=after)

    def _sparql_refused(self, error: SPARQLWrapperException) -> Exception:
        text = _words(error.args[0] if error.args else "")
        status = _STATUS.get(type(error).__name__, 500)
        if status == http.client.BAD_REQUEST:
            return QueryError(
                f"{self.target.url} refuses the query: {text}", mend="see the line and column in the message"
            )
        return self._refused(status, text, "")


def read_results(body: bytes) -> QuerySolutions | QueryBoolean:
    """Return what SPARQL results in JSON say, whatever else a server puts beside them.

    Raises SyntaxError and ValueError for what is none.
    """
    if _VIRTUOSO_ASK in body[:200]:
        body = _TRUE if b'"value": "1"' in body else _FALSE
    if b'"metadata"' in body[-_TAIL:]:
        # Comunica adds it behind the rows, where the parser does not take it.
        document = json.loads(body)
        body = json.dumps({key: document[key] for key in ("head", "boolean", "results") if key in document}).encode()
    return parse_query_results(body, format=QueryResultsFormat.JSON)


_STATUS = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414}
"""What SPARQLWrapper makes of a status."""
_FULL = {500, 507}


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, RemoteError) and (error.status in PASSING or error.fault in _PASSING_FAULTS)


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "reason", "") or error).split())[:300]


def _words(text: str) -> str:
    """Return what a page or a message says, without its marks, on one line."""
    import re

    return " ".join(re.sub(r"<(style|script|head).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL).split())[:200]
