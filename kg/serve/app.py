"""The routes of the server, over Starlette: ``/``, ``/sparql``, ``/explorer``, ``/editor``, ``/data/``.

It reads requests and writes responses; workers compute the answers (``pool``).
A request whose Host is not this machine's is refused, so that no page of a
foreign name that points at it (DNS rebinding) can read what is here.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from kg.metadata import ABOUT, dataset_triples, figures_of, service_triples, written_as
from kg.serve.explore import Explore, editor, editor_file
from kg.serve.files import Files
from kg.serve.formats import GRAPHS, HTML, best
from kg.serve.gate import Adding, Origins
from kg.serve.page import POLICY, page
from kg.serve.pool import Pool
from kg.serve.protocol import MOST, RefusedError, Sent, asks_nothing, request_of
from kg.serve.worker import Answer, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from starlette.requests import Request

    from kg.metadata import Figures
    from kg.serve.pool import Limits

BUSY, CLOSED = 503, 499
SLOWEST = 10
"""Seconds in which a client has to send its query."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
"""On every response; with CORS the last is left out."""


@dataclass
class Served:
    """What is served, and how: the folder of a snapshot, limits, origins that may read, files of a release."""

    data: Path
    limits: Limits
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = LOOPBACK
    """Names by which clients may call the server; ``*`` is any."""
    release: Path | None = None
    on_start: Callable[[], None] = lambda: None
    on_request: Callable[[], None] = lambda: None
    pool: Pool = field(init=False)
    explore: Explore = field(init=False)
    _figures: asyncio.Task[Figures] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Make the pool; it starts with the application."""
        self.pool = Pool(self.data, self.limits)
        self.explore = Explore(self.data)

    async def figures(self) -> Figures:
        """Return the figures of the graph, counted when they are first asked for."""
        if self._figures is None:
            self._figures = asyncio.create_task(asyncio.to_thread(lambda: figures_of(Store.read_only(str(self.data)))))
        return await asyncio.shield(self._figures)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Run the workers as long as the application runs."""
        try:
            await self.pool.start()
            self.on_start()
            yield
        finally:
            await self.pool.close()

    async def root(self, _: Request) -> Response:
        """Show what is here."""
        return HTMLResponse(page(ABOUT, await self.figures(), released=self.release is not None))

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or describe the service."""
        self.on_request()
        try:
            sent = await _sent(request)
            if asks_nothing(sent):
                return await self._described(request, service=True)
            asked = request_of(sent)
        except RefusedError as error:
            return _response(refusal(error.status, error.sentence))
        answer = await _unless_gone(request, self.pool.ask(asked))
        return _response(answer)

    async def void(self, request: Request) -> Response:
        """Describe the data set."""
        return await self._described(request, service=False)

    async def _described(self, request: Request, *, service: bool) -> Response:
        accept = request.headers.get("accept", "")
        offered = {**GRAPHS, HTML: None} if service else GRAPHS
        media_type = best(accept, offered)
        if media_type is None:
            return _response(refusal(406, f"a description is sent as {', '.join(GRAPHS)}"))
        if media_type == HTML:
            return Response(status_code=303, headers={"location": "/", "vary": "accept"})
        try:
            endpoint = NamedNode(f"{request.base_url}sparql").value
        except ValueError:
            return _response(refusal(400, "the Host of the request is no name of a machine"))
        figures = await self.figures()
        triples = list(dataset_triples(ABOUT, figures, endpoint=endpoint))
        if service:
            triples += service_triples(endpoint, ABOUT, figures)
        return _response(Answer(200, media_type, written_as(triples, GRAPHS[media_type])))


def application(served: Served) -> Starlette:
    """Return the application, with the checks before it."""
    routes = [
        Route("/", served.root),
        Route("/explorer", served.explore.page),
        Route("/editor", editor),
        Route("/editor/{name}", editor_file),
        Route("/sparql", served.sparql, methods=["GET", "POST"]),
        Route("/.well-known/void", served.void),
        *([Mount("/data", Files(directory=served.release))] if served.release else []),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(served.hosts), www_redirect=False),
        Middleware(Adding, headers=_headers(served)),
        Middleware(Origins, allowed=served.origins),
        *(
            [Middleware(CORSMiddleware, allow_origins=list(served.origins), allow_methods=["GET", "POST"])]
            if served.origins
            else []
        ),
    ]
    return Starlette(routes=routes, middleware=middleware, lifespan=served.lifespan)


def _headers(served: Served) -> dict[str, str]:
    kept = dict(HEADERS)
    if served.origins:
        del kept["cross-origin-resource-policy"]
    return kept


async def _sent(request: Request) -> Sent:
    try:
        async with asyncio.timeout(SLOWEST):
            body = await _body(request)
    except TimeoutError as error:
        raise RefusedError(408, f"the query did not come within {SLOWEST} s") from error
    return Sent(
        method=request.method,
        content_type=request.headers.get("content-type", "").partition(";")[0].strip().lower(),
        address=request.url.query,
        body=body,
        accept=", ".join(request.headers.getlist("accept")),
    )


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise RefusedError(413, f"a query may have {MOST} bytes")
    return bytes(body)


async def _unless_gone(request: Request, asking: Coroutine[None, None, Answer]) -> Answer:
    """Return an answer, or end the query when the client has gone: its worker is free for others."""
    task, gone = asyncio.create_task(asking), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()
    return refusal(CLOSED, "nobody waits for the answer") if task.cancelled() or not task.done() else task.result()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(answer: Answer) -> Response:
    headers = {"vary": "accept"} | ({"retry-after": "5"} if answer.status == BUSY else {})
    return Response(answer.body, answer.status, headers, answer.media_type)
