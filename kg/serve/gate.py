"""What stands before every request: pages of other origins are turned away, and every response gets its headers.

Who may call the machine by which name is for Starlette's TrustedHostMiddleware.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Origins:
    """Refuses what a browser sends for a page of another origin; following a link here is no such thing.

    The page could not read the answer, but it could keep the machine busy.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        """Take the origins that may ask; ``*`` is any."""
        self.app, self.allowed = app, frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        alien = "" if scope["type"] != "http" or "*" in self.allowed else self._alien(Headers(scope=scope))
        if alien:
            told = f"pages of {alien} may not ask here; kg serve --cors ORIGIN lets those of an origin\n"
            await PlainTextResponse(told, 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _alien(self, headers: Headers) -> str:
        origin = headers.get("origin")
        if origin is None:
            sent_by_page = headers.get("sec-fetch-mode", "navigate") != "navigate"
            return "another site" if sent_by_page and headers.get("sec-fetch-site") == "cross-site" else ""
        own = urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        return "" if own or origin in self.allowed else repr(origin)


class Adding:
    """Adds headers to every response that does not set them itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        """Take the headers."""
        self.app, self.headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    found.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)
