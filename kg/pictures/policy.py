"""What makes a page of ours safe: a policy that forbids all but its own script and style, and data that run nothing."""

from __future__ import annotations

import base64
import hashlib
import json


def json_for_script(data: object) -> str:
    """Return JSON in ASCII that can stand in a script element: no <, > or & is left."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


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
