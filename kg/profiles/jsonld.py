"""JSON-LD 1.1 with the context of the ontology inside: an entry for each node, an object for each named graph.

Written and read in one pass (the form of W3C's Streaming JSON-LD: types and ids
come first). Does not nest nodes, and asks no network for a context.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, groupby
from typing import IO, TYPE_CHECKING, Any, Final, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.profiles.syntax import Syntax, as_file, parts, within_rdf11
from kg.resources import data_dir
from kg.vocab import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TYPE: Final = RDF + "type"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SMALL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Those that a JSON number holds in every tool, and that come back as they were written."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A key of the context: how the values under it are read."""

    key: str
    type: str = ""
    """``@id``, ``@vocab``, a datatype, or empty for plain strings."""
    language: str = ""
    by_language: bool = False

    def takes(self, value: object) -> bool:
        if not isinstance(value, Literal):
            return self.type in {"@id", "@vocab"}
        if value.language:
            return self.by_language or self.language == value.language
        return not (self.by_language or self.language) and value.datatype.value == (self.type or XSD + "string")


@dataclass(frozen=True, slots=True)
class _Names:
    """What the context makes shorter."""

    prefixes: Mapping[str, str]
    """Prefix by namespace."""
    terms: Mapping[str, tuple[_Term, ...]]
    """By the IRI of the property."""
    keys: Mapping[str, str]
    """What each key of the context stands for."""
    vocabulary: str

    def clashes(self, quads: Iterable[Quad]) -> frozenset[str]:
        """Return the prefixes that are schemes of IRIs in these quads: ``event:x`` would be taken for a CURIE."""
        iris = (iri for quad in quads for iri in _iris(quad))
        schemes = {iri.partition(":")[0] for iri in iris}
        return frozenset(schemes & set(self.prefixes.values()))

    def without(self, prefixes: frozenset[str]) -> _Names:
        kept = {space: prefix for space, prefix in self.prefixes.items() if prefix not in prefixes}
        return replace(self, prefixes=kept)

    def iri(self, term: object) -> str:
        if isinstance(term, BlankNode):
            return str(term)
        iri = cast("NamedNode", term).value
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and cut < len(iri) else iri

    def word(self, term: object) -> str:
        """Return the name of a class or concept, without a prefix where it is one of ours."""
        iri = term.value if isinstance(term, NamedNode) else ""
        name = iri.removeprefix(self.vocabulary)
        return name if _NAME.fullmatch(name) and self.keys.get(name, iri) == iri else self.iri(term)

    def term(self, predicate: str, value: object) -> _Term | None:
        return next((term for term in self.terms.get(predicate, ()) if term.takes(value)), None)


def _iris(quad: Quad) -> Iterator[str]:
    for term in (quad.subject, quad.predicate, quad.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


@cache
def context() -> dict[str, Any]:
    """Return the context that stands in each file: the ontology's, without what only claim files need.

    There a time is an object with keys of its own, and ``time:`` inside it no prefix.
    """
    whole = json.loads((data_dir("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {name: _plain(entry) for name, entry in whole.items() if entry != "@included"}


def _plain(entry: Any) -> Any:  # noqa: ANN401 # JSON
    return {key: value for key, value in entry.items() if key != "@context"} if isinstance(entry, dict) else entry


@cache
def _names() -> _Names:
    texts = {name: entry for name, entry in context().items() if isinstance(entry, str)}
    described = {name: entry for name, entry in context().items() if isinstance(entry, dict)}
    vocabulary = texts.pop("@vocab")
    terms: dict[str, list[_Term]] = {}
    for name, entry in sorted(described.items()):
        by_language = entry.get("@container") == "@language"
        term = _Term(name, entry.get("@type", ""), entry.get("@language", ""), by_language)
        # The key that is called as the property goes first: zoneAsWritten, and not a claim file's zone.
        several = terms.setdefault(entry["@id"], [])
        several.insert(0 if entry["@id"].endswith(f"#{name}") else len(several), term)
    spaces = {iri: name for name, iri in texts.items() if iri[-1] in "/#"}
    keys = texts | {name: entry["@id"] for name, entry in described.items()}
    return _Names(spaces, {iri: tuple(several) for iri, several in terms.items()}, keys, vocabulary)


@cache
def _head() -> str:
    entries = ",\n".join(f"    {_json(name)}: {_json(entry)}" for name, entry in context().items())
    return f'{{\n  "@context": {{\n{entries}\n  }},\n  "@graph": ['


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(quads: Iterable[Quad], out: IO[bytes]) -> None:
    out.write(_head().encode())
    for text in _objects(quads):
        out.write(text.encode())  # a file that compresses may know no writelines
    out.write(b"\n  ]\n}\n")


def _objects(quads: Iterable[Quad]) -> Iterator[str]:
    comma = ""
    for graph, several in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            nodes, indent, names, end = several, "    ", _names(), ""
        else:
            head, names = _graph_head(graph)
            yield f"{comma}\n    {head}"
            nodes, indent, comma, end = several, "      ", "", "\n    ]}"
        for _, group in groupby(nodes, key=lambda quad: quad.subject):
            yield f"{comma}\n{indent}{_node(list(group), names, indent)}"
            comma = ","
        yield end


def _graph_head(graph: NamedNode | BlankNode) -> tuple[str, _Names]:
    names = _names()
    clash = names.clashes([Quad(graph, NamedNode(_TYPE), graph)])
    names = names.without(clash)
    return f'{{{_local(clash, ", ")}"id": {_json(names.iri(graph))}, "@graph": [', names


def _local(prefixes: frozenset[str], end: str) -> str:
    return f'"@context": {_json(dict.fromkeys(sorted(prefixes)))}{end}' if prefixes else ""


def _node(quads: list[Quad], names: _Names, indent: str) -> str:
    # A prefix that is also the scheme of an IRI here is no prefix in this node.
    clash = names.clashes(quads)
    names = names.without(clash)
    types = [names.word(quad.object) for quad in quads if _is_type(quad)]
    entries: dict[str, Any] = {"type": types, "id": [names.iri(quads[0].subject)]}
    for quad in quads:
        if not _is_type(quad):
            _add(entries, quad, names)
    lines = [f"{_json(key)}: {_json(_single(values))}" for key, values in entries.items() if values]
    inside = indent + "  "
    return f"{{\n{inside}{_local(clash, f',{chr(10)}{inside}')}" + f",\n{inside}".join(lines) + f"\n{indent}}}"


def _is_type(quad: Quad) -> bool:
    return quad.predicate.value == _TYPE and not isinstance(quad.object, Literal)


def _single(values: Any) -> Any:  # noqa: ANN401 # JSON
    if isinstance(values, dict):
        return {language: _single(texts) for language, texts in values.items()}
    return values[0] if len(values) == 1 else values


def _add(entries: dict[str, Any], quad: Quad, names: _Names) -> None:
    value = within_rdf11(quad).object
    term = names.term(quad.predicate.value, value)
    if term is None:
        entries.setdefault(names.iri(quad.predicate), []).append(_told(value, names))
    elif term.by_language and isinstance(value, Literal):
        entries.setdefault(term.key, {}).setdefault(value.language, []).append(value.value)
    elif isinstance(value, Literal):
        entries.setdefault(term.key, []).append(_plainest(value))
    else:
        name = names.word(value) if term.type == "@vocab" else names.iri(value)
        entries.setdefault(term.key, []).append(name)


def _plainest(value: Literal) -> int | str:
    """Return the number of a small integer, or the text of any other literal."""
    small = value.datatype.value == XSD + "integer" and _SMALL_INTEGER.fullmatch(value.value)
    return int(value.value) if small else value.value


def _told(value: object, names: _Names) -> object:
    """Return a value with all that it is, for a key that says nothing of its values."""
    if not isinstance(value, Literal):
        return {"@id": names.iri(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    plainest = _plainest(value)
    if value.datatype.value == XSD + "string" or isinstance(plainest, int):
        return plainest
    return {"@type": names.iri(value.datatype), "@value": plainest}


def _read(file: IO[bytes]) -> Iterator[Quad]:
    # A file of ours is read as it comes; in others ids may stand last, so that each is held whole.
    head = _head().encode()
    start = file.read(len(head))
    form = RdfFormat.STREAMING_JSON_LD if start == head else RdfFormat.JSON_LD
    try:
        yield from parse(as_file(chain([start], parts(file))), format=form)
    except SyntaxError as error:
        if "LoadDocumentCallback" in str(error):
            raise SyntaxError("its @context is an address, and nothing is fetched: put the context inside") from error
        raise


JSON_LD = Syntax(".jsonld", RdfFormat.JSON_LD.media_type, _write, _read)
