"""Who one is at a store, and which certificates are trusted: the same for both libraries that speak HTTP here."""

from __future__ import annotations

import ssl
import urllib.request
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from SPARQLWrapper import BASIC, SPARQLWrapper

if TYPE_CHECKING:
    from kg.remote.access import Access
    from kg.remote.target import Target

AGENT = "conflict-kg"


def trusting(ca: str | None) -> ssl.SSLContext:
    """Return what trusts the system's certificates and those in a file."""
    context = ssl.create_default_context()
    if ca:
        context.load_verify_locations(ca)
    return context


def session_for(target: Target, access: Access, context: ssl.SSLContext) -> requests.Session:
    """Return a session of requests that is somebody at a store."""
    session = requests.Session()
    session.headers["User-Agent"] = AGENT
    session.mount("https://", _Trusting(context))
    session.auth = _auth(target, access)
    return session


def opener_for(target: Target, access: Access, context: ssl.SSLContext) -> urllib.request.OpenerDirector:
    """Return an opener of urllib that answers a store which asks for a digest."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    if access.user and target.kind.digest:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, target.url, access.user, access.password)
        handlers.append(urllib.request.HTTPDigestAuthHandler(known))
    return urllib.request.build_opener(*handlers)


class Wrapper(SPARQLWrapper):
    """SPARQLWrapper by an opener of ours: its own is the whole process's, and takes no certificates."""

    def __init__(self, opener: urllib.request.OpenerDirector, target: Target, access: Access) -> None:
        """Be somebody at a store."""
        super().__init__(target.query, updateEndpoint=target.update, agent=AGENT)
        self.opener = opener
        if access.token:
            self.addCustomHttpHeader("Authorization", f"Bearer {access.token}")
        elif access.user and not target.kind.digest:
            self.setHTTPAuth(BASIC)
            self.setCredentials(access.user, access.password)

    def _query(self) -> tuple[Any, str]:
        return self.opener.open(self._createRequest(), timeout=self.timeout), self.returnFormat


class _Trusting(HTTPAdapter):
    """Makes requests trust what a context does, beside what it trusts by itself."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they come
        super().init_poolmanager(*args, ssl_context=self.context, **options)


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


def _auth(target: Target, access: Access) -> AuthBase | None:
    if access.token:
        return _Bearer(access.token)
    if access.user:
        scheme = HTTPDigestAuth if target.kind.digest else HTTPBasicAuth
        return scheme(access.user, access.password)
    return None
