"""HTTP to a store: queries and updates through SPARQLWrapper, graphs through requests.

Every request here may be sent twice without harm, and is sent again after a
failure that may pass: a refused or broken connection, no answer in time, 408,
429 (after the time it names), 500, 502, 503, 504. It keeps no state of a push.
"""

from __future__ import annotations

import http.client
import math
import re
import tempfile
import urllib.error
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import requests
from pyoxigraph import QueryBoolean
from SPARQLWrapper import GET, INSERT, JSON, POST, POSTDIRECTLY, SELECT
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from kg.errors import QueryError, RemoteError, RemoteFault
from kg.remote.access import Access
from kg.remote.login import Wrapper, opener_for, session_for, trusting
from kg.remote.refusals import broken, may_pass, refused, web_page, words
from kg.remote.results import read_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from pyoxigraph import QuerySolutions

    from kg.remote.target import Target

    T = TypeVar("T")

LONGEST_IN_ADDRESS = 2000
"""Signs of a query that go into an address; servers refuse longer ones, and a longer query is posted."""
_ACCEPTED = "application/json, text/plain;q=0.5, */*;q=0.1"
_N_TRIPLES = "application/n-triples"
_PART = 1 << 16
_MESSAGE = 2000
"""Signs of a server's message that are read."""
_IN_MEMORY = 8 << 20
_MOST_OF_A_FORM = 8 << 20
"""Bytes of a form's field; Virtuoso takes less than 10 MB, and then says that there is no query."""
_MOST_ROWS = "X-SPARQL-MaxRows"
_LIMIT = re.compile(r"\bLIMIT\s+(\d+)(?:\s+OFFSET\s+\d+)?\s*$", re.IGNORECASE)


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


class Connection:
    """A store, who one is there, and how patient one is.

    All methods raise RemoteError, and QueryError for what the store refuses as SPARQL.
    """

    def __init__(
        self, target: Target, access: Access | None = None, patience: Patience | None = None, *, ca: str | None = None
    ) -> None:
        """Open no connection yet; ``ca`` is a file of certificates to trust besides the system's."""
        self.target, self.access, self.patience = target, access or Access(), patience or Patience()
        context = trusting(ca)
        self._session = session_for(target, self.access, context)
        self._opener = opener_for(target, self.access, context)
        self._takes_quads: bool | None = None
        self._longest = 0

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
        if graph is None and kind.loader:
            if len(data) > _MOST_OF_A_FORM:
                raise RemoteError(f"{len(data)} bytes at once", RemoteFault.TOO_LARGE, mend="send less at once")
            self._again(lambda: self._loaded(url, data))
            return
        params = [("graph", graph)] if graph else []
        if new and kind.bulk:
            params.append((kind.bulk, ""))
        media = _N_TRIPLES if graph else kind.quads_type
        # Whoever answers a file with a page has not taken it in: a proxy, a sign-in.
        self._again(lambda: self._sent("POST", url, params, data=data, media=media).close())

    def takes_quads(self) -> bool:
        """Return whether quads of several graphs go into one request; a loader that not all may call is tried once."""
        if self._takes_quads is None:
            url = self.target.quads
            try:
                if url is not None and self.target.kind.loader:
                    self._loaded(url, b"# nothing yet\n")
            except RemoteError:
                url = None
            self._takes_quads = url is not None
        return self._takes_quads

    def _loaded(self, url: str, quads: bytes) -> None:
        form: list[tuple[str, tuple[None, str | bytes]]]
        form = [("query", (None, self.target.kind.loader)), ("nquads", (None, quads))]
        self._sent("POST", url, form=form).close()

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
        url, pages = self.target.graphs, self.target.kind.pages
        if pages:
            self._fetched_in_pages(name, file, pages)
        elif url is None:
            self._copy(self._constructed(f"GRAPH <{name}> {{ ?s ?p ?o }}"), file)
        else:
            try:
                response = self._sent("GET", url, [("graph", name)], accepted=_N_TRIPLES)
            except RemoteError as error:
                if error.status == http.client.NOT_FOUND:
                    return
                raise
            self._copy(response, file)

    def _fetched_in_pages(self, name: str, file: IO[bytes], rows: int) -> None:
        """Ask for page after page until one is shorter than one that the store has given: that one is not cut off."""
        pattern = f"GRAPH <{name}> {{ ?s ?p ?o }}"
        found = self._page(pattern, file, rows, 0)
        if found < self._longest:
            return
        # More than a page, or it may be: pages of one order, which costs the store a sort each.
        file.seek(0)
        file.truncate()
        ordered = f"{{ SELECT ?s ?p ?o {{ {pattern} }} ORDER BY ?s ?p ?o }}"
        taken = 0
        while found := self._page(ordered, file, rows, taken):
            taken += found
            if found < self._longest:
                return

    def _page(self, pattern: str, file: IO[bytes], rows: int, taken: int) -> int:
        """Add a page to a file, and return how many triples it has."""
        start = file.tell()
        self._copy(self._constructed(pattern, f" LIMIT {rows} OFFSET {taken}"), file)
        file.seek(start)
        found = sum(not line.isspace() and not line.startswith(b"#") for line in file)
        self._longest = max(self._longest, found)
        return found

    def _constructed(self, pattern: str, end: str = "") -> requests.Response:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}{end}"
        return self._sent("GET", self.target.query, [("query", query)], accepted=_N_TRIPLES, last=True)

    def _copy(self, response: requests.Response, file: IO[bytes]) -> None:
        try:
            with response:
                for part in response.iter_content(_PART):
                    file.write(part)
        except requests.RequestException as error:
            raise self._broken(error) from error

    def _sent(  # noqa: PLR0913 - what HTTP has
        self,
        method: str,
        url: str,
        params: list[tuple[str, str]] | None = None,
        *,
        data: bytes | dict[str, str] | None = None,
        form: list[tuple[str, tuple[None, str | bytes]]] | None = None,
        media: str | None = None,
        accepted: str = _ACCEPTED,
        last: bool = False,
    ) -> requests.Response:
        """Send a request.

        ``form`` goes as multipart/form-data, which Virtuoso reads four times as fast as the other kind. ``last``
        closes the connection: Virtuoso keeps the end of an answer back until the beginning is acknowledged, for
        which the other side may take 40 ms, unless it has to close.
        """
        headers = {"Accept": accepted, **({"Content-Type": media} if media else {})}
        if last:
            headers["Connection"] = "close"
        wait = self.patience.timeout
        try:
            response = self._session.request(
                method, url, params=params, data=data, files=form, headers=headers, timeout=wait, stream=True
            )
        except requests.RequestException as error:
            raise self._broken(error) from error
        page = "html" in response.headers.get("Content-Type", "") and response.headers.get("Content-Length") != "0"
        if response.status_code >= http.client.MULTIPLE_CHOICES or page:
            with response:
                raise self._refused(
                    response.status_code, response.text[:_MESSAGE], response.headers.get("Retry-After", ""), page=page
                )
        return response

    def _spoken(self, sparql: str, *, update: bool) -> bytes:
        try:
            with self._wrapper(sparql, update=update).query().response as response:
                body, most = bytes(response.read()), response.headers.get(_MOST_ROWS, "")
        except urllib.error.HTTPError as error:
            with error:
                text, wait = error.read(_MESSAGE).decode(errors="replace"), error.headers.get("Retry-After", "")
            if error.code == http.client.BAD_REQUEST:
                told = f"{self.target.url} refuses the query: {words(self.access.hidden_in(text))}"
                raise QueryError(told, mend="see the line and column in the message") from error
            raise self._refused(error.code, text, wait) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._broken(error) from error
        if not update:
            self._whole(most, sparql)
        elif b"<html" in body[:500].lower():
            raise self._refused(http.client.OK, body[:_MESSAGE].decode(errors="replace"), page=True)
        return body

    def _whole(self, most: str, sparql: str) -> None:
        """Raise RemoteError if a store says that it gave as many rows as it ever gives, and more were asked for."""
        asked = _LIMIT.search(sparql)
        if most.isdigit() and not (asked and int(asked[1]) <= int(most)):
            told = f"{self.target.query} gives only the first {most} rows of its answer"
            mend = f"raise that limit there (ResultSetMaxRows in virtuoso.ini), or say LIMIT {most} or less"
            raise RemoteError(told, RemoteFault.CURTAILED, mend=mend)

    def _wrapper(self, sparql: str, *, update: bool) -> Wrapper:
        wrapper = Wrapper(self._opener, self.target, self.access)
        wrapper.setTimeout(math.ceil(self.patience.timeout))
        wrapper.setReturnFormat(JSON)
        wrapper.setQuery(sparql)
        wrapper.setMethod(POST if update or len(sparql) > LONGEST_IN_ADDRESS else GET)
        if update and self.target.kind.bare_updates:
            wrapper.setRequestMethod(POSTDIRECTLY)
        # Its guess of the kind of query stumbles over comments.
        wrapper.queryType = INSERT if update else SELECT
        # Its own header names application/json first, which Comunica takes for another format.
        wrapper.addCustomHttpHeader("Accept", _ACCEPTED if update else "application/sparql-results+json")
        wrapper.setOnlyConneg(True)
        return wrapper

    def _results(self, body: bytes) -> QuerySolutions | QueryBoolean:
        try:
            return read_results(body)
        except (SyntaxError, ValueError) as error:
            told = f"{self.target.query} answers, but not with results: {error}"
            raise RemoteError(told, RemoteFault.NOT_RDF, mend="is it a SPARQL endpoint, or a proxy?") from error

    def _again(self, send: Callable[[], T]) -> T:
        retrying = Retrying(
            stop=stop_after_attempt(self.patience.attempts),
            wait=self.patience.wait,
            retry=retry_if_exception(may_pass),
            reraise=True,
        )
        return retrying(send)

    def _broken(self, error: Exception) -> RemoteError:
        return broken(self.target.url, error, self.patience.timeout)

    def _refused(self, status: int, text: str, wait: str = "", *, page: bool = False) -> RemoteError:
        text = self.access.hidden_in(text)
        if status < http.client.MULTIPLE_CHOICES and page:
            return web_page(self.target.url, status, text)
        return refused(self.target.url, status, text, wait)
