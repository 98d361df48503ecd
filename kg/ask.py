"""The catalogue of questions: one ``.rq`` file each, with a header and defaults.

Reads the header (grlc's ``#+`` lines), puts parameters in the place of the
defaults, and runs the question. Queries themselves live in ``queries/`` and
run unchanged in any SPARQL 1.1 engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kg.errors import Finding, QueryError, UnknownNameError, UsageError
from kg.iri import expand
from kg.loaders.names import mend_for
from kg.resources import data_dir
from kg.vocab import XSD
from kg.when import instant, window, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from pyoxigraph import Store

Answer = QuerySolutions | QueryBoolean | QueryTriples
DATE_TIME = NamedNode(XSD + "dateTime")
KINDS = ("iri", "dateTime", "day", "string")
NEEDED = ("summary", "question", "params", "returns", "tags")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what it asks, its parameters and its SPARQL."""

    name: str
    summary: str
    question: str
    params: Mapping[str, str]
    """Names of parameters with their kind: iri, dateTime, day or string."""
    returns: Mapping[str, str]
    tags: tuple[str, ...]
    text: str


def questions(folder: Path | None = None) -> dict[str, Question]:
    """Return the catalogue by name, sorted."""
    place = folder or data_dir("queries")
    return {path.stem: read_question(path) for path in sorted(place.glob("*.rq"))}


def read_question(path: Path) -> Question:
    """Return the question of a file. Raises QueryError if its header is not whole."""
    text = path.read_text(encoding="utf-8")
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header: dict[str, Any] = YAML(typ="safe").load("\n".join(lines)) or {}
    except YAMLError as error:
        raise QueryError(f"{path}: the header is not YAML: {error}", mend="write #+ key: value lines") from error
    missing = [key for key in NEEDED if key not in header]
    if missing:
        raise QueryError(f"{path}: the header lacks {', '.join(missing)}", mend="see queries/README.md")
    params = {str(name): str(kind) for name, kind in (header["params"] or {}).items()}
    for name, kind in params.items():
        if kind not in KINDS:
            raise QueryError(f"{path}: parameter {name!r} is a {kind!r}", mend=f"one of {', '.join(KINDS)}")
    returns = {str(name): str(kind) for name, kind in header["returns"].items()}
    tags = tuple(str(tag) for tag in header["tags"])
    return Question(path.stem, str(header["summary"]), str(header["question"]), params, returns, tags, text)


def find_question(name: str, folder: Path | None = None) -> Question:
    """Return the question of that name. Raises UnknownNameError with the nearest."""
    known = questions(folder)
    if name not in known:
        raise UnknownNameError(f"no question is called {name!r}", mend=mend_for(name, known, "kg ask lists them"))
    return known[name]


def filled(question: Question, values: Mapping[str, str]) -> str:
    """Return the SPARQL with the given parameters in the place of the defaults, wherever these stand.

    A value becomes an RDF term and nothing else, whatever it holds. Raises
    UsageError for a parameter that the question does not have, UnknownNameError
    and TimeError for values that cannot be read.
    """
    text = question.text
    for name, value in values.items():
        if name not in question.params:
            mend = mend_for(name, question.params, f"it takes {', '.join(question.params) or 'no parameters'}")
            raise UsageError(f"{question.name!r} has no parameter {name!r}", mend=mend)
        text = _replaced(text, name, question.params[name], value)
    return text


def _replaced(text: str, name: str, kind: str, value: str) -> str:
    if kind == "day":
        begin, end = window(value)
        head, block = rf"VALUES \(\?{name}Begin \?{name}End\) {{", f"({_term(begin)} {_term(end)})"
    else:
        head, block = rf"VALUES \?{name} {{", _scalar(kind, value)
    pattern = re.compile("(" + head.replace(" ", r"\s*") + r")([^}]*)\}")
    if not pattern.search(text):
        raise QueryError(f"the query has no VALUES block for {name!r}", mend="write VALUES ?name { default }")
    return pattern.sub(lambda found: f"{found.group(1)} {block} }}", text)


def _scalar(kind: str, value: str) -> str:
    if kind == "iri":
        try:
            return str(NamedNode(expand(value)))
        except ValueError as error:
            raise UnknownNameError(f"{value!r} is not an IRI", mend="write kind:slug, as state:armenia") from error
    if kind == "dateTime":
        return _term(instant(value))
    return str(RdfLiteral(value))


def _term(moment: datetime) -> str:
    return str(RdfLiteral(written(moment), datatype=DATE_TIME))


def run(store: Store, sparql: str, *, union: bool = True) -> Answer:
    """Return the answer of any SPARQL 1.1 query, the default graph being the union.

    Raises QueryError for what does not parse or cannot be run.
    """
    try:
        return store.query(sparql, use_default_graph_as_union=union)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}", mend="see the line and column in the message") from error


def header_findings(path: Path) -> list[Finding]:
    """Return what is wrong with a question file, for ``kg check``."""
    try:
        question = read_question(path)
        for name, kind in question.params.items():
            block = rf"VALUES\s*\(\s*\?{name}Begin" if kind == "day" else rf"VALUES\s*\?{name}\s*\{{"
            if not re.search(block, question.text):
                return [Finding(f"{path}:1", "question", f"no VALUES block for {name!r}", "add one with a default")]
    except QueryError as error:
        return [Finding(f"{path}:1", "question", error.message, error.mend)]
    return []
