"""What makes a page of ours safe: a policy that forbids all but its own script and style, and data that run nothing.

The head of every page is written here, and nowhere else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup


def json_for_script(data: object) -> str:
    """Return JSON in ASCII that can stand in a script element: no <, > or & is left."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def page(body: str, *, css: str, scripts: list[str], **values: object) -> str:
    """Return a whole page whose body is a Jinja template of ours, and whose head is the same for every page.

    The scripts and the style are our own files, and all that may run. The body has
    them as ``scripts``; ``values`` are escaped unless they are markup.
    """
    base = Environment(autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_base))
    return base.from_string(body).render(
        policy=csp(css, scripts),
        css=Markup(css),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own files
        **values,
    )


def _base(name: str) -> str:
    return (files("kg.pictures") / "templates" / name).read_text(encoding="utf-8")


def csp(css: str, scripts: list[str]) -> str:
    """Return the content security policy: nothing from elsewhere, only scripts and styles with these hashes."""
    hashes = " ".join(digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {digest(css)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def digest(text: str) -> str:
    """Return a text's hash as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
