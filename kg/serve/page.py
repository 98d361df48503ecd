"""The page at the root of the server: what is here, and a form for a query. It needs no script.

It is a plain string; what the explorer shows there is another matter.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.metadata import About, Figures

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "textarea{width:100%;height:14rem;font:14px/1.4 ui-monospace,monospace;box-sizing:border-box}"
    "code{font:14px ui-monospace,monospace}select,button{font:inherit}"
)
_EXAMPLE = """PREFIX k: <https://w3id.org/conflict-kg/ontology#>
SELECT ?speaker ?gist WHERE {
  ?claim a k:Claim ; k:speaker ?speaker ; k:stance k:denies ; k:gist ?gist .
}
ORDER BY ?speaker ?gist
LIMIT 20"""
POLICY = (
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The Content-Security-Policy under which the page works: its own style, and nothing else."""


def page(about: About, figures: Figures, *, released: bool) -> str:
    """Return the page as HTML."""
    links = [
        ("explorer", "network, timeline, map and list of what is here"),
        ("editor", "a SPARQL editor (YASGUI)"),
        ("sparql", "the endpoint; without a query, its service description"),
        (".well-known/void", "what the data set is and holds (VoID and DCAT)"),
        *([("data/", "the files of the release")] if released else []),
    ]
    listed = "".join(f'<li><a href="/{path}"><code>/{path}</code></a>: {escape(what)}</li>' for path, what in links)
    held = f"{figures.claims:,} claims from {figures.sources:,} sources, {figures.triples:,} triples"
    forms = "".join(f"<option>{name}</option>" for name in ("csv", "tsv", "json", "xml", "ttl", "nt"))
    return _whole(
        about.title,
        f"<h1>{escape(about.title)}</h1><p>{escape(about.description)}</p><p>{held}.</p><ul>{listed}</ul>"
        f'<form action="/sparql" method="get"><p><label for="query">A query (SPARQL 1.1; the default graph is the '
        f'union of all)</label></p><textarea id="query" name="query" spellcheck="false">{escape(_EXAMPLE)}</textarea>'
        f'<p><label>as <select name="format">{forms}</select></label> <button>Ask</button></p></form>',
    )


def listing(title: str, names: Sequence[tuple[str, int | None]]) -> str:
    """Return a page with the names that a folder holds, and the size of each in bytes if it has one."""
    told = [(name, "" if size is None else f" {size:,} bytes") for name, size in names]
    items = "".join(f'<li><a href="./{quote(name)}"><code>{escape(name)}</code></a>{size}</li>' for name, size in told)
    return _whole(title, f"<h1>{escape(title)}</h1><ul>{items}</ul>")


def _whole(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>{body}</body></html>\n'
    )
