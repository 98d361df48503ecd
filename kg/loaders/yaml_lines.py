"""YAML with the line of every key and item, and nothing turned into a date or a double.

Reads one file into plain dicts, lists and strings, with a way to ask which
line a path stands on. It knows nothing about claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kg.errors import DataError, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ruamel.yaml.nodes import ScalarNode

Step = str | int


class _Verbatim(RoundTripConstructor):
    """Keeps a timestamp as the text it was written as: ``kg.when`` reads times."""


def _as_text(constructor: RoundTripConstructor, node: ScalarNode) -> str:  # noqa: ARG001 - ruamel's signature
    return str(node.value)


_Verbatim.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
# A double would lose digits of a decimal.
_Verbatim.add_constructor("tag:yaml.org,2002:float", _as_text)


class Page:
    """One YAML file: its plain content, and the line of each part of it."""

    def __init__(self, path: Path, root: object) -> None:
        """Keep the file's name and ruamel's tree."""
        self.path = path
        self._root = root
        self.content: Any = _plain(root)

    def line(self, steps: Sequence[Step]) -> int:
        """Return the 1-based line of a path, or of the nearest part above it."""
        node, line = self._root, 1
        for step in steps:
            found = _position(node, step)
            if found is None:
                return line
            line = found
            node = node[step]  # type: ignore[index] # _position has seen that it is there
        return line

    def place(self, steps: Sequence[Step]) -> str:
        """Return ``file:line`` of a path."""
        return f"{self.path}:{self.line(steps)}"


def read_page(path: Path, text: str | None = None) -> Page:
    """Return the content of a YAML file with its lines; ``text`` is read in place of the file.

    Raises DataError (one finding, with the line) for what is not YAML, for a
    key written twice and for bytes that are not UTF-8.
    """
    yaml = YAML(typ="rt")
    yaml.Constructor = _Verbatim
    try:
        return Page(path, yaml.load(path.read_text(encoding="utf-8") if text is None else text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = " ".join(str(error.problem or error.context).split())
        raise DataError([Finding(f"{path}:{line}", "yaml", problem, "mend the YAML here")]) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise DataError([Finding(f"{path}:1", "yaml", str(error), "write the file as UTF-8 YAML 1.2")]) from error


def _position(node: object, step: Step) -> int | None:
    if isinstance(node, CommentedMap) and step in node:
        return int(node.lc.key(step)[0]) + 1
    if isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
        return int(node.lc.item(step)[0]) + 1
    return None


def _plain(node: object) -> object:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    # ruamel's own numbers remember their layout; plain ones do not.
    return int(node) if isinstance(node, int) else str(node)
