"""Claim files: YAML, one per source document, into sources, things and claims.

A file with any fault yields findings and no claims. It does not check what
only the whole graph can tell (``kg.check`` does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.claim import LINKS, Claim, Iri, Literal, Passage, Source, Statement, Thing, fact_order
from kg.errors import KgError
from kg.iri import CURIE, term
from kg.loaders.desk import Written
from kg.loaders.structure import structure_findings
from kg.loaders.yaml_lines import read_page
from kg.terms import predicates
from kg.vocab import DCTERMS, RDF, RDFS, SKOS
from kg.when import instant

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kg.claim import Fact, Value
    from kg.loaders.desk import Desk
    from kg.loaders.yaml_lines import Page, Step
    from kg.when import Interval, Reading

RDFS_LABEL = RDFS + "label"
ALT_LABEL = SKOS + "altLabel"
IDENTIFIER = DCTERMS + "identifier"
LANG_STRING = RDF + "langString"
Node = dict[str, Any]


@dataclass(frozen=True)
class ClaimFile:
    """What one claim file says."""

    source: Source | None
    things: tuple[Thing, ...]
    claims: tuple[Claim, ...]


def read_claim_file(path: Path, desk: Desk) -> ClaimFile:
    """Return the content of a claim file; faults go to the desk, with their lines.

    Raises DataError if the file is not YAML at all.
    """
    page = read_page(path)
    faults = structure_findings(page)
    desk.findings.extend(faults)
    if not isinstance(page.content, dict):
        return ClaimFile(None, (), ())
    return _Reader(page, desk).read()


class _Reader:
    """Walks one page; every step knows its path, so every fault knows its line."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page = page
        self.desk = desk
        self.zone = _text(page.content.get("zone"))
        self.source: Iri | None = None

    def read(self) -> ClaimFile:
        content = self.page.content
        recorded = self._recorded(content.get("recorded"), ("recorded",))
        source = self._source(_node(content.get("source")), ("source",))
        things = [self._thing(_node(node), ("things", at)) for at, node in enumerate(_nodes(content.get("things")))]
        claims = [
            self._claim(_node(node), ("claims", at), recorded) for at, node in enumerate(_nodes(content.get("claims")))
        ]
        return ClaimFile(source, tuple(t for t in things if t), tuple(c for c in claims if c))

    def _source(self, node: Node, at: tuple[Step, ...]) -> Source | None:
        iri = self._defined(node, at)
        self.source = iri
        publisher = self._pointed(node.get("publisher"), (*at, "publisher"))
        published = self._time(node.get("published"), (*at, "published"))
        if iri is None or publisher is None or not _text(node.get("title")):
            return None
        return Source(
            iri, str(node.get("type")), str(node["title"]), publisher,
            language=_text(node.get("language")), url=_text(node.get("url")), published=published,
            sha256=_text(node.get("sha256")), character_count=_whole(node.get("characterCount")),
            note=_text(node.get("note")),
        )  # fmt: skip

    def _thing(self, node: Node, at: tuple[Step, ...]) -> Thing | None:
        iri = self._defined(node, at)
        marks: list[tuple[str, Value]] = [
            *_labels(node.get("label"), RDFS_LABEL),
            *_labels(node.get("altLabel"), ALT_LABEL),
        ]
        if _text(node.get("identifier")):
            marks.append((IDENTIFIER, Literal(str(node["identifier"]))))
        for place, name in self._listed(node.get("organOf"), (*at, "organOf")):
            owner = self._pointed(name, place)
            marks.extend([(term("organOf"), owner)] if owner else [])
        return Thing(iri, str(node.get("type")), tuple(marks)) if iri else None

    def _claim(self, node: Node, at: tuple[Step, ...], recorded: datetime | None) -> Claim | None:
        iri = self._defined(node, at)
        speaker = self._pointed(node.get("speaker"), (*at, "speaker"))
        said = self._time(node.get("said"), (*at, "said"))
        when = self._recorded(node["recorded"], (*at, "recorded")) if "recorded" in node else recorded
        passages = self._passages(node, at)
        self._check_id(node, at, passages)
        contents = [
            self._statement(_node(part), (*at, "content", index), said)
            for index, part in enumerate(_nodes(node.get("content")))
        ]
        links = tuple((name, iri) for name in LINKS for iri in self._links(node, name, at))
        self._check_links(node, at, contents, links)
        if said and when and said.interval.begin_earliest > when:
            self._find(
                (*at, "said"),
                "said-after-recorded",
                f"said {said.notation!r}, after it was recorded",
                "mend one of the two",
            )
        if not (iri and speaker and said and when and self.source):
            return None
        done = [content for content in contents if content]
        return Claim(
            iri, self.source, speaker, str(node.get("stance")), said, when, str(node.get("gist", "")),
            content=tuple(statement for statement, _ in done),
            held=tuple(dict.fromkeys(reading for _, reading in done)),
            passages=passages, certainty=_text(node.get("certainty")), sourcing=_text(node.get("sourcing")),
            note=_text(node.get("note")), links=links,
        )  # fmt: skip

    def _statement(self, node: Node, at: tuple[Step, ...], said: Reading | None) -> tuple[Statement, Reading] | None:
        subject = self._pointed(node.get("subject"), (*at, "subject"))
        held = self._time(node.get("held"), (*at, "held"), said=said.interval if said else None)
        facts: set[Fact] = set()
        for name, written in node.items():
            if name not in predicates():
                continue
            predicate = self.desk.predicate(name, self.page.place((*at, name)))
            for place, text in self._listed(written, (*at, name)):
                value = self.desk.value(predicate, str(text), self.page.place(place)) if predicate else None
                facts |= {(name, value)} if value else set()
        if subject is None or held is None or not facts:
            return None
        return Statement(subject, tuple(sorted(facts, key=fact_order)), held.interval), held

    def _passages(self, node: Node, at: tuple[Step, ...]) -> tuple[Passage, ...]:
        found = []
        for index, part in enumerate(_nodes(node.get("passages"))):
            start, end = _whole(_node(part).get("start")), _whole(_node(part).get("end"))
            if start is None or end is None or self.source is None:
                continue
            if start >= end:
                place = (*at, "passages", index, "end")
                self._find(
                    place,
                    "passage",
                    f"a passage of {start} to {end} is empty",
                    "the end is exclusive, so it must be larger",
                )
                continue
            found.append(Passage(self.source, start, end, str(_node(part).get("sha256"))))
        return tuple(found)

    def _check_id(self, node: Node, at: tuple[Step, ...], passages: tuple[Passage, ...]) -> None:
        # A claim is called source + start of its first passage + ordinal (design section 6).
        name = _text(node.get("id"))
        if not (name and passages and self.source):
            return
        stem = f"claim:{self.source.rpartition('/')[2]}-{passages[0].start}-"
        if not (name.startswith(stem) and name[len(stem) :].isdigit()):
            self._find(
                (*at, "id"),
                "claim-id",
                f"{name!r} is not source, passage and ordinal",
                f"call it {stem}1, or the next free number",
            )

    def _check_links(
        self, node: Node, at: tuple[Step, ...], contents: list[Any], links: tuple[tuple[str, Iri], ...]
    ) -> None:
        stance = node.get("stance")
        empty = not contents and not node.get("content")
        denies = "denies" in dict(links)
        if stance == "denies" and empty and not denies:
            self._find(
                at, "denial-of-nothing", "a denial says what it denies", "add denies: or the content that is denied"
            )
        elif stance == "withdraws" and "withdraws" not in dict(links):
            self._find(
                at, "withdrawal-of-nothing", "a withdrawal says what it withdraws", "add withdraws: with a claim"
            )
        elif stance == "asserts" and empty:
            self._find(at, "empty-claim", "the claim has no content", "add content: with at least one statement")
        if denies and stance != "denies":
            self._find(
                (*at, "denies"),
                "denies-stance",
                f"it denies a claim, but its stance is {stance!r}",
                "write stance: denies",
            )

    def _links(self, node: Node, name: str, at: tuple[Step, ...]) -> tuple[Iri, ...]:
        found = [self._pointed(text, place) for place, text in self._listed(node.get(name), (*at, name))]
        return tuple(iri for iri in found if iri)

    def _time(self, node: object, at: tuple[Step, ...], said: Interval | None = None) -> Reading | None:
        part = _node(node)
        if not _text(part.get("time")) or not _text(part.get("mode")):
            return None
        written = Written(
            str(part["time"]), _text(part.get("zone")) or self.zone, str(part["mode"]),
            _text(part.get("begin")), _text(part.get("end")), _text(part.get("words")), said,
        )  # fmt: skip
        return self.desk.time(written, lambda key: self.page.place((*at, key)))

    def _recorded(self, text: object, at: tuple[Step, ...]) -> datetime | None:
        if text is None:
            return None
        try:
            return instant(str(text))
        except KgError as error:
            self._find(at, "recorded", error.message, "write it in UTC, as 2026-11-23T10:00:00Z")
            return None

    def _defined(self, node: Node, at: tuple[Step, ...]) -> Iri | None:
        name = _text(node.get("id"))
        return self.desk.define(name, self.page.place((*at, "id"))) if name and CURIE.match(name) else None

    def _pointed(self, name: object, at: tuple[Step, ...]) -> Iri | None:
        text = _text(name)
        return self.desk.point(text, self.page.place(at)) if text and CURIE.match(text) else None

    @staticmethod
    def _listed(value: object, at: tuple[Step, ...]) -> list[tuple[tuple[Step, ...], object]]:
        if value is None:
            return []
        if isinstance(value, list):
            return [((*at, index), part) for index, part in enumerate(value)]
        return [(at, value)]

    def _find(self, at: tuple[Step, ...], rule: str, message: str, mend: str) -> None:
        self.desk.find(self.page.place(at), rule, message, mend)


def _node(value: object) -> Node:
    return value if isinstance(value, dict) else {}


def _nodes(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _labels(value: object, name: str) -> list[tuple[str, Literal]]:
    return [
        (name, Literal(str(text), LANG_STRING, language))
        for language, texts in _node(value).items()
        for text in (texts if isinstance(texts, list) else [texts])
    ]
