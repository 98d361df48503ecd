"""Claim files: YAML, one per source document, into sources, things and claims.

A file with any fault yields findings and no claims. It does not check what
only the whole graph can tell (``kg.check`` does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.claim import LINKS, Claim, Passage, Source, Statement, Thing, fact_order
from kg.iri import CURIE, claim_stem
from kg.keys import LABELS, LANG_STRING, SEVERAL, SINGLE
from kg.loaders.desk import Written
from kg.loaders.marks import label, mark, sorted_marks
from kg.loaders.rules import broken_by, empty_passage, out_of_order
from kg.loaders.structure import structure_findings
from kg.loaders.yaml_lines import read_page
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kg.claim import Fact, Iri
    from kg.loaders.desk import Desk
    from kg.loaders.marks import Mark
    from kg.loaders.rules import Broken
    from kg.loaders.yaml_lines import Page, Step
    from kg.when import Interval, Reading

Node = dict[str, Any]
At = tuple["Step", ...]


@dataclass(frozen=True)
class ClaimFile:
    """What one claim file says."""

    sources: tuple[Source, ...]
    things: tuple[tuple[str | None, Thing], ...]
    """Pairs of the graph that the file names for a thing, and the thing."""
    claims: tuple[Claim, ...]


def read_claim_file(path: Path, desk: Desk, text: str | None = None) -> ClaimFile:
    """Return the content of a claim file; faults go to the desk, with their lines.

    ``text`` is read in place of the file. Raises DataError if it is not YAML at all.
    """
    page = read_page(path, text)
    desk.findings.extend(structure_findings(page))
    if not isinstance(page.content, dict):
        return ClaimFile((), (), ())
    return _Reader(page, desk).read()


class _Reader:
    """Walks one page; every step knows its path, so every fault knows its line."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page = page
        self.desk = desk
        self.zone = _text(page.content.get("zone"))
        self.only: Iri | None = None
        """The source of all claims, in a file about one source."""

    def read(self) -> ClaimFile:
        content = self.page.content
        recorded = self._recorded(content.get("recorded"), ("recorded",))
        sources = [self._source(node, at) for node, at in self._described(content)]
        things = [
            (_text(_node(node).get("graph")), self._thing(_node(node), ("things", at)))
            for at, node in enumerate(_nodes(content.get("things")))
        ]
        claims = [
            self._claim(_node(node), ("claims", at), recorded) for at, node in enumerate(_nodes(content.get("claims")))
        ]
        return ClaimFile(
            tuple(s for s in sources if s),
            tuple((graph, thing) for graph, thing in things if thing),
            tuple(c for c in claims if c),
        )

    def _described(self, content: Node) -> Iterator[tuple[Node, At]]:
        """Yield the sources that the file describes; the one of ``source:`` is that of all its claims."""
        if "source" in content:
            node = _node(content["source"])
            self.only = self._defined(node, ("source",))
            yield node, ("source",)
        for index, part in enumerate(_nodes(content.get("sources"))):
            yield _node(part), ("sources", index)

    def _source(self, node: Node, at: At) -> Source | None:
        iri = self.only if at == ("source",) else self._defined(node, at)
        publisher = self._pointed(node.get("publisher"), (*at, "publisher"))
        published = self._time(node.get("published"), (*at, "published"))
        if iri is None or publisher is None or not _text(node.get("title")):
            return None
        return Source(
            iri, str(node.get("type")), str(node["title"]).strip(), publisher,
            language=_text(node.get("language")), url=_text(node.get("url")), published=published,
            sha256=_text(node.get("sha256")), character_count=_whole(node.get("characterCount")),
            note=_text(node.get("note")), identifiers=self._references(node),
            source_kind=_text(node.get("sourceKind")),
        )  # fmt: skip

    @staticmethod
    def _references(node: Node) -> tuple[str, ...]:
        found = (_text(text) for _, text in _listed(node.get("reference"), ()))
        return tuple(sorted({text for text in found if text}))

    def _thing(self, node: Node, at: At) -> Thing | None:
        iri = self._defined(node, at)
        marks = sorted_marks(self._marks(node, at))
        return Thing(iri, str(node.get("type")), marks) if iri else None

    def _marks(self, node: Node, at: At) -> Iterator[Mark | None]:
        for key in LABELS:
            for language, texts in _node(node.get(key)).items():
                for place, text in _listed(texts, (*at, key, language)):
                    if words := _text(text):
                        yield label(key, language, words, self.page.place(place), self.desk)
        for key in (*SINGLE, *SEVERAL):
            for place, text in _listed(node.get(key), (*at, key)):
                if words := _text(text) or _digits(text):
                    yield mark(key, words, self.page.place(place), self.desk)

    def _claim(self, node: Node, at: At, recorded: datetime | None) -> Claim | None:
        iri = self._defined(node, at)
        source = self._claim_source(node, at)
        speaker = self._pointed(node.get("speaker"), (*at, "speaker"))
        said = self._time(node.get("said"), (*at, "said"))
        when = self._recorded(node["recorded"], (*at, "recorded")) if "recorded" in node else recorded
        passages = self._passages(node, at, source)
        self._check_id(node, at, passages)
        found = [
            self._statement(_node(part), (*at, "content", index), said)
            for index, part in enumerate(_nodes(node.get("content")))
        ]
        links = tuple((name, iri) for name in LINKS for iri in self._links(node, name, at))
        stance = str(node.get("stance"))
        self._note(broken_by(stance, dict(links), has_content=bool(node.get("content"))), at)
        self._note(out_of_order(said, when), at)
        if not (iri and speaker and said and when and source):
            return None
        content = [pair for pair in found if pair]
        return Claim(
            iri, source, speaker, stance, said, when, str(node.get("gist", "")).strip(),
            content=tuple(dict.fromkeys(statement for statement, _ in content)),
            held=tuple(dict.fromkeys(reading for _, reading in content)),
            passages=passages, note=_text(node.get("note")), identifiers=self._references(node),
            links=tuple(dict.fromkeys(links)),
            certainty=_text(node.get("certainty")), sourcing=_text(node.get("sourcing")),
            quotation=_text(node.get("quotation")),
        )  # fmt: skip

    def _claim_source(self, node: Node, at: At) -> Iri | None:
        """Return the source of a claim: that of the file, or the one that it names."""
        if "source" in self.page.content:
            if "source" in node:
                message, mend = (
                    "the file is about one source, and the claim names its own",
                    "drop one, or write sources:",
                )
                self._find((*at, "source"), "claim-source", message, mend)
            return self.only
        if "source" not in node:
            self._find(at, "missing-key", "'source' is missing", "add source: here, as the file has several")
        return self._pointed(node.get("source"), (*at, "source"))

    def _statement(self, node: Node, at: At, said: Reading | None) -> tuple[Statement, Reading] | None:
        subject = self._pointed(node.get("subject"), (*at, "subject"))
        held = self._time(node.get("held"), (*at, "held"), said=said.interval if said else None)
        facts = {fact for name in node if name in predicates() for fact in self._facts(name, node[name], (*at, name))}
        if subject is None or held is None or not facts:
            return None
        return Statement(subject, tuple(sorted(facts, key=fact_order)), held.interval), held

    def _facts(self, name: str, written: object, at: At) -> Iterator[Fact]:
        predicate = predicates()[name]
        if predicate.datatype == LANG_STRING and isinstance(written, dict):
            yield from self._by_language(name, written, at)
            return
        for place, text in _listed(written, at):
            value = self.desk.value(predicate, str(text).strip(), self.page.place(place))
            if value:
                yield name, value

    def _by_language(self, name: str, written: Node, at: At) -> Iterator[Fact]:
        """Yield the texts of a map of languages, as labels of things have it too."""
        for tag, texts in written.items():
            for place, text in _listed(texts, (*at, tag)):
                words = _text(text)
                value = self.desk.tagged(words, tag, self.page.place(place), name) if words else None
                if value:
                    yield name, value

    def _passages(self, node: Node, at: At, source: Iri | None) -> tuple[Passage, ...]:
        found = []
        for index, part in enumerate(_nodes(node.get("passages"))):
            start, end = _whole(_node(part).get("start")), _whole(_node(part).get("end"))
            if start is None or end is None or source is None:
                continue
            self._note(empty_passage(start, end), (*at, "passages", index))
            found.append(Passage(source, start, end, str(_node(part).get("sha256"))))
        return tuple(found)

    def _check_id(self, node: Node, at: At, passages: tuple[Passage, ...]) -> None:
        # In a file about one source a claim is called source + start of its first passage + ordinal
        # (design section 6); what was gathered from several keeps the names that it had.
        name = _text(node.get("id"))
        if not (name and passages and self.only):
            return
        stem = claim_stem(self.only, passages[0].start)
        if not (name.startswith(stem) and name[len(stem) :].isdigit()):
            message, mend = f"{name!r} is not source, passage and ordinal", f"call it {stem}1, or the next free number"
            self._find((*at, "id"), "claim-id", message, mend)

    def _links(self, node: Node, name: str, at: At) -> tuple[Iri, ...]:
        found = [self._pointed(text, place) for place, text in _listed(node.get(name), (*at, name))]
        return tuple(iri for iri in found if iri)

    def _time(self, node: object, at: At, said: Interval | None = None) -> Reading | None:
        part = _node(node)
        if not _text(part.get("time")) or not _text(part.get("mode")):
            return None
        written = Written(
            str(part["time"]).strip(), _text(part.get("zone")) or self.zone, str(part["mode"]),
            _text(part.get("begin")), _text(part.get("end")), _text(part.get("words")), said,
        )  # fmt: skip
        return self.desk.time(written, lambda key: self.page.place((*at, key)))

    def _recorded(self, text: object, at: At) -> datetime | None:
        return self.desk.recorded(str(text), self.page.place(at)) if text is not None else None

    def _defined(self, node: Node, at: At) -> Iri | None:
        name = _text(node.get("id"))
        return self.desk.define(name, self.page.place((*at, "id"))) if name and CURIE.match(name) else None

    def _pointed(self, name: object, at: At) -> Iri | None:
        text = _text(name)
        return self.desk.point(text, self.page.place(at)) if text and CURIE.match(text) else None

    def _note(self, broken: Iterable[Broken], at: At) -> None:
        for one in broken:
            self._find((*at, one.part) if one.part else at, one.rule, one.message, one.mend)

    def _find(self, at: At, rule: str, message: str, mend: str) -> None:
        self.desk.find(self.page.place(at), rule, message, mend)


def _listed(value: object, at: At) -> list[tuple[At, object]]:
    """Return the values of a key that may have one or several, each with its path."""
    if value is None:
        return []
    if isinstance(value, list):
        return [((*at, index), part) for index, part in enumerate(value)]
    return [(at, value)]


def _node(value: object) -> Node:
    return value if isinstance(value, dict) else {}


def _nodes(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _digits(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
