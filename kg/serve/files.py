"""The files of a release at ``/data/``: by their media types, with a list of what a folder holds.

Starlette's StaticFiles finds and sends them, and lets nobody out of the folder.
"""

from __future__ import annotations

from http.client import OK
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from kg.profiles import PROFILES
from kg.serve.page import listing

if TYPE_CHECKING:
    import os

    from starlette.responses import Response
    from starlette.types import Scope

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
"""What a page of a release may do: look as it says. No script runs, nothing is fetched."""
_COMPRESSED = {".gz": "application/gzip", ".zst": "application/zstd"}
_TYPES = {form.syntax.suffix: form.syntax.media_type for form in PROFILES.values()} | {
    ".md": "text/markdown", ".cff": "application/yaml", ".csv": "text/csv", ".json": "application/json",
    ".html": "text/html", ".jsonl": "application/jsonl",
}  # fmt: skip


class Files(StaticFiles):
    """A folder, read-only; what begins with a dot is not there."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the list of a folder."""
        if any(part.startswith(".") for part in Path(path).parts):
            raise HTTPException(404)
        found, stat = self.lookup_path(path)
        if stat and S_ISDIR(stat.st_mode):
            return _listed(Path(found), path, scope)
        response = await super().get_response(path, scope)
        if response.status_code == OK:
            response.headers["content-type"] = media_type_of(found)
            response.headers["content-security-policy"] = POLICY
        return response


def media_type_of(path: str | os.PathLike[str]) -> str:
    """Return the media type of a file by its name; compressed, it is that of the compression."""
    ending = Path(path).suffix
    kind = _COMPRESSED.get(ending) or _TYPES.get(ending) or "text/plain"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _listed(folder: Path, path: str, scope: Scope) -> Response:
    if scope["method"] not in {"GET", "HEAD"}:
        raise HTTPException(405, headers={"allow": "GET, HEAD"})
    if not scope["path"].endswith("/"):
        # Only the last name, so that no path can be made to lead to another machine.
        return RedirectResponse(quote(Path(scope["path"]).name) + "/")
    inside = sorted(entry for entry in folder.iterdir() if not entry.name.startswith(".") and not entry.is_symlink())
    names = [f"{entry.name}/" if entry.is_dir() else entry.name for entry in inside]
    sizes = [None if entry.is_dir() else entry.stat().st_size for entry in inside]
    title = "/data/" if path in {"", "."} else f"/data/{path}/"
    return HTMLResponse(listing(title, list(zip(names, sizes, strict=True))))
