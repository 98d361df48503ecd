"""What an answer that is none, or no answer, means: RemoteError in the user's words, and whether it may pass."""

from __future__ import annotations

import http.client
import re

import requests

from kg.errors import RemoteError, RemoteFault

PASSING = {408, 429, 500, 502, 503, 504}
_FAULTS = {
    401: (RemoteFault.REFUSED, "set KG_USER and KG_PASSWORD, or KG_TOKEN"),
    403: (RemoteFault.REFUSED, "the user may not do this there"),
    404: (RemoteFault.ABSENT, "is the address that of the data set? docs/stores.md has them"),
    408: (RemoteFault.SILENT, "give it more time, with --timeout"),
    413: (RemoteFault.TOO_LARGE, "its limit on the size of a request is too small even for a small part"),
    429: (RemoteFault.BUSY, "wait, and say the same again: it goes on where it stopped"),
    507: (RemoteFault.FULL, "make room on the server's disk, and say the same again: it goes on where it stopped"),
}
_AGAIN = "say the same again when the server is well: a push goes on where it stopped"
_PASSING_FAULTS = {RemoteFault.UNREACHABLE, RemoteFault.SILENT, RemoteFault.CUT_OFF}
_FULL = {500, 507}


def may_pass(error: BaseException) -> bool:
    """Return whether the same request may go well later."""
    return isinstance(error, RemoteError) and (error.status in PASSING or error.fault in _PASSING_FAULTS)


def broken(url: str, error: Exception, timeout: float) -> RemoteError:
    """Return the error for a server that did not answer, or not to the end, in ``timeout`` seconds."""
    reason = _reason(error)
    if isinstance(error, requests.exceptions.SSLError) or "CERTIFICATE_VERIFY_FAILED" in reason:
        mend = "name the certificate of its maker with --ca FILE"
        return RemoteError(f"{url} is not trusted: {reason}", RemoteFault.REFUSED, mend=mend)
    if isinstance(error, (requests.Timeout, TimeoutError)) or "timed out" in reason:
        told = f"{url} did not answer in {timeout:g} seconds"
        return RemoteError(told, RemoteFault.SILENT, mend="give it more time, with --timeout")
    cut = isinstance(error, requests.exceptions.ChunkedEncodingError | http.client.IncompleteRead)
    told = f"{url} {'broke off its answer' if cut else 'does not answer'}: {reason}"
    return RemoteError(told, RemoteFault.CUT_OFF if cut else RemoteFault.UNREACHABLE, mend=_AGAIN)


def refused(url: str, status: int, text: str, wait: str = "") -> RemoteError:
    """Return the error for a status and what came with it; ``wait`` is the Retry-After header."""
    fault, mend = _FAULTS.get(status, (RemoteFault.FAILED, _AGAIN))
    if status in _FULL and "space" in text.lower():
        fault, mend = _FAULTS[507]
    after = float(wait) if wait.isdigit() else 0.0
    told = f"{url} answers {status}: {words(text)!r}"
    return RemoteError(told, fault, mend=mend, status=status, retry_after=after)


def web_page(url: str, status: int, text: str) -> RemoteError:
    """Return the error for a page where data were asked for."""
    told = f"{url} answers with a web page, not with data: {words(text)!r}"
    return RemoteError(told, RemoteFault.NOT_RDF, mend="is there a proxy or a sign-in between?", status=status)


def words(text: str) -> str:
    """Return what a page or a message says, without its marks, on one line."""
    return " ".join(re.sub(r"<(style|script|head).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL).split())[:200]


def _reason(error: Exception) -> str:
    inner = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else error
    told = " ".join(str(getattr(inner, "reason", "") or error).split())
    return re.sub(r"^<?HTTPS?Connection\(.*?\): ", "", told)[:300]
