"""The explorer over what is served, and a SPARQL editor beside it (YASGUI, bundled with the package).

Pages are made when they are first asked for, and a few are kept: what is served does not change.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from pyoxigraph import Store
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.api import Graph
from kg.errors import KgError
from kg.pictures.explorer import explorer
from kg.pictures.policy import digest

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

_KEPT = 8
_LONGEST = 300
_START = """
Yasgui.Yasqe.defaults.autocompleters = [];
Yasgui.Yasqe.defaults.value = document.getElementById("example").textContent;
Yasgui.defaults.persistenceId = null;
const endpoint = new URL("/sparql", location).href;
Yasgui.defaults.requestConfig = { ...Yasgui.defaults.requestConfig, endpoint, method: "POST" };
new Yasgui(document.getElementById("yasgui"));
"""
_EXAMPLE = """PREFIX k: <https://w3id.org/conflict-kg/ontology#>
SELECT ?speaker ?stance ?gist WHERE {
  ?claim a k:Claim ; k:speaker ?speaker ; k:stance ?stance ; k:gist ?gist .
} ORDER BY ?speaker ?gist LIMIT 20"""
EDITOR_POLICY = (
    f"default-src 'none'; script-src 'self' {digest(_START)}; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
"""The editor asks this server and no other; it styles its own elements."""


class Explore:
    """The pages over the snapshot in a folder."""

    def __init__(self, data: Path) -> None:
        """Make no page yet."""
        self.data = data
        self._pages: OrderedDict[str, asyncio.Task[str]] = OrderedDict()

    async def page(self, request: Request) -> Response:
        """Return the explorer of the whole graph, or of what was said about ``?about=``: a source or a thing."""
        about = request.query_params.get("about", "")[:_LONGEST]
        try:
            text = await self._made(about)
        except KgError as error:
            return PlainTextResponse(f"{error}\n", 404)
        # The page has a policy of its own, stricter than that of any header here.
        return HTMLResponse(text, headers={"content-security-policy": "frame-ancestors 'none'"})

    async def _made(self, about: str) -> str:
        if about not in self._pages:
            self._pages[about] = asyncio.create_task(asyncio.to_thread(self._drawn, about))
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        try:
            return await asyncio.shield(self._pages[about])
        except KgError:
            self._pages.pop(about, None)
            raise

    def _drawn(self, about: str) -> str:
        graph = Graph(Store.read_only(str(self.data)))
        only = graph.names_of(about) if about else ()
        return explorer(graph.view(title=about or "conflict-kg", only=only))


async def editor(_: Request) -> Response:
    """Return the page of the editor."""
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>SPARQL editor</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/editor/yasgui.min.css"></head>'
        f'<body><p><a href="/">What is here</a> <a href="/explorer">Explorer</a></p><div id="yasgui"></div>'
        f'<pre id="example" hidden>{escape(_EXAMPLE)}</pre>'
        f'<script src="/editor/yasgui.min.js"></script><script>{_START}</script></body></html>\n'
    )
    return HTMLResponse(page, headers={"content-security-policy": EDITOR_POLICY})


async def editor_file(request: Request) -> Response:
    """Return the script or the style of the editor."""
    name = request.path_params["name"]
    types = {"yasgui.min.js": "text/javascript", "yasgui.min.css": "text/css"}
    if name not in types:
        return PlainTextResponse("there is no such file\n", 404)
    data = (files("kg.pictures.explorer") / "web" / "dist" / name).read_bytes()
    return Response(data, media_type=types[name])
