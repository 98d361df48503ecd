"""A claim file: the YAML document of a case, as ``kg.loaders`` reads it and people do.

Keys stand in one order, small parts on one line, quotes only where YAML needs
them. It leaves out the comments of the file that the case came from.
"""

from __future__ import annotations

import io
import itertools
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Self

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import FoldedScalarString

from kg.claim import CLAIM_LISTS, LINKS, Literal
from kg.iri import claim_stem, compact
from kg.keys import DECIMAL, INTEGER
from kg.when import written
from kg.writers.marks import key_of, spelt_mark
from kg.writers.spelling import can_spell, spelt_text, spelt_time, spelt_value, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ruamel.yaml.nodes import ScalarNode

    from kg.claim import Case, Claim, Passage, Source, Statement, Thing
    from kg.when import Interval, Reading

SCHEMA_LINE = "# yaml-language-server: $schema=../claim-file.schema.json\n"
ENDLESS = 1_000_000
"""Width of a line for ruamel, which loses signs where it folds quoted text; long texts are folded here."""
WIDTH = 110
SHORT = {"id", "type", "label", "altLabel", "identifier", "organOf", "graph"}
"""A thing with no other keys stands on one line."""


class Plain(str):
    """A number or an instant: text that YAML may read as more than text, written without quotes."""

    __slots__ = ("tag",)

    def __new__(cls, text: str, tag: str) -> Self:
        """Return the text with the short name of its YAML tag."""
        plain = super().__new__(cls, text)
        plain.tag = tag
        return plain

    tag: str


class _Representer(RoundTripRepresenter):
    """Knows how to write Plain."""


def _plain(representer: RoundTripRepresenter, text: Plain) -> ScalarNode:
    node: ScalarNode = representer.represent_scalar(f"tag:yaml.org,2002:{text.tag}", str(text))
    return node


def _text(representer: RoundTripRepresenter, text: str) -> ScalarNode:
    # In a row ruamel writes ?0 without quotes, and reads it back as a key.
    style = "'" if text.startswith("?") else None
    node: ScalarNode = representer.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_Representer.add_representer(Plain, _plain)
_Representer.add_representer(str, _text)


def claim_document(case: Case) -> str:
    """Return a case as one claim file. Raises DataError for what no claim file can say."""
    zone = _usual_zone(case)
    recorded = Counter(claim.recorded for claim in case.claims).most_common(1)
    usual = written(recorded[0][0]) if recorded else "1970-01-01T00:00:00Z"
    only = _only_source(case)
    body = CommentedMap()
    if only:
        body["source"] = source_node(only, zone)
    else:
        body["sources"] = [source_node(source, zone) for source in case.sources]
    body["recorded"] = Plain(usual, "timestamp")
    if zone:
        body["zone"] = zone
    if case.things:
        body["things"] = [_thing(thing, graph if graph != case.name else None) for graph, thing in case.things]
    body["claims"] = [_claim(claim, zone, usual, named=only is None) for claim in case.claims]
    return SCHEMA_LINE + dumped(body)


def editor() -> YAML:
    """Return ruamel's reader and writer, set as claim files are laid out."""
    yaml = YAML(typ="rt")
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = ENDLESS
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def dumped(node: object) -> str:
    """Return a YAML document."""
    file = io.StringIO()
    editor().dump(node, file)
    return file.getvalue()


def _usual_zone(case: Case) -> str | None:
    """Return the commonest zone, which the file then gives to all times that name none."""
    times: list[tuple[Reading, Interval | None]] = [(s.published, None) for s in case.sources if s.published]
    times += [(claim.said, None) for claim in case.claims]
    times += [(reading, claim.said.interval) for claim in case.claims for reading in claim.held]
    zones = Counter(reading.zone for reading, _ in times)
    zone = zones.most_common(1)[0][0] if zones else None
    # A time without a zone, or with two offsets, would be read in that of the file.
    return zone if all(can_spell(reading, said, zone) for reading, said in times) else None


def _only_source(case: Case) -> Source | None:
    """Return the source that a file of one source is about, if all claims are named after it."""
    if len(case.sources) != 1 or any(claim.source != case.sources[0].iri for claim in case.claims):
        return None
    return case.sources[0] if all(_named_by_passage(claim) for claim in case.claims) else None


def _named_by_passage(claim: Claim) -> bool:
    if not claim.passages:
        return True
    stem = claim_stem(claim.source, claim.passages[0].start)
    name = compact(claim.iri)
    return name.startswith(stem) and name[len(stem) :].isdigit()


def prose(text: str) -> str | FoldedScalarString:
    """Return a text so that it stands folded over several lines if it is long and only words and blanks."""
    if len(text) <= WIDTH or not text.isprintable() or "  " in text:
        return text
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    folded: FoldedScalarString = FoldedScalarString(text)
    ends = itertools.accumulate(len(line) + 1 for line in lines[:-1])
    # ruamel looks here for the blanks at which a line ends.
    folded.fold_pos = [end - 1 for end in ends]  # type: ignore[attr-defined] # ruamel sets it so, and declares it nowhere
    return folded


def flow(pairs: Mapping[str, object]) -> CommentedMap:
    """Return a map that stands on one line, without the keys that have no value."""
    node = CommentedMap((key, value) for key, value in pairs.items() if value)
    node.fa.set_flow_style()
    return node


def _row(values: Iterable[object]) -> CommentedSeq:
    node = CommentedSeq(values)
    node.fa.set_flow_style()
    return node


def _one_or_row(values: list[str]) -> object:
    return values[0] if len(values) == 1 else _row(values)


def _by_language(texts: Mapping[str, list[str]]) -> CommentedMap:
    return flow({language: _one_or_row(values) for language, values in texts.items()})


def _time(reading: Reading, place: str, zone: str | None, said: Interval | None = None) -> CommentedMap:
    spelling = spelt_time(reading, place, said, zone)
    keys = ("time", "zone", "mode", "begin", "end", "words")
    return flow({key: getattr(spelling, key) for key in keys})


def source_node(source: Source, zone: str | None) -> CommentedMap:
    """Return a source as it stands in a claim file whose times are in a zone."""
    name = compact(source.iri)
    texts = {"title": source.title, "publisher": compact(source.publisher), "language": source.language}
    texts |= {"url": source.url}
    node = CommentedMap({"id": name, "type": source.kind})
    node.update({key: spelt_text(text, name) for key, text in texts.items() if text is not None})
    if source.published:
        node["published"] = _time(source.published, name, zone)
    if source.source_kind:
        node["sourceKind"] = source.source_kind
    if source.sha256:
        node["sha256"] = source.sha256
    if source.character_count is not None:
        node["characterCount"] = source.character_count
    if source.note is not None:
        node["note"] = prose(spelt_text(source.note, name))
    if source.identifiers:
        node["reference"] = _one_or_row([spelt_text(text, name) for text in source.identifiers])
    return node


def _thing(thing: Thing, graph: str | None) -> CommentedMap:
    name = compact(thing.iri)
    node = CommentedMap({"id": name, "type": thing.kind})
    labels: dict[str, dict[str, list[str]]] = {"label": {}, "altLabel": {}}
    marks: dict[str, list[str]] = {}
    for mark in thing.marks:
        key, language = key_of(mark, name)
        texts = labels[key].setdefault(language, []) if language else marks.setdefault(key, [])
        texts.append(spelt_mark(mark, name))
    for key, by_language in labels.items():
        if by_language:
            node[key] = _by_language(by_language)
    node.update({key: _one_or_row(_numbers(key, texts)) for key, texts in marks.items()})
    if graph:
        node["graph"] = graph
    if set(node) <= SHORT:
        node.fa.set_flow_style()
    return node


def _numbers(key: str, texts: list[str]) -> list[str]:
    return [Plain(text, "float") for text in texts] if key in {"latitude", "longitude"} else texts


def _claim(claim: Claim, zone: str | None, usual: str, *, named: bool) -> CommentedMap:
    name, recorded = compact(claim.iri), written(claim.recorded)
    links = {link: [compact(iri) for key, iri in claim.links if key == link] for link in LINKS}
    pointers = {link: _one_or_row(iris) for link, iris in links.items() if iris}
    before = ("onBehalfOf", "addressedTo", "reportedIn")
    node = CommentedMap({"id": name})
    if named:
        node["source"] = compact(claim.source)
    node["speaker"] = compact(claim.speaker)
    node.update({link: pointers[link] for link in before if link in pointers})
    node["stance"] = claim.stance
    node.update({name: mark for name in CLAIM_LISTS if (mark := getattr(claim, name))})
    node["said"] = _time(claim.said, name, zone)
    if recorded != usual:
        node["recorded"] = Plain(recorded, "timestamp")
    if claim.passages:
        node["passages"] = _row(passage_node(passage) for passage in claim.passages)
    node["gist"] = prose(spelt_text(claim.gist, name))
    if claim.note is not None:
        node["note"] = prose(spelt_text(claim.note, name))
    if claim.identifiers:
        node["reference"] = _one_or_row([spelt_text(text, name) for text in claim.identifiers])
    node.update({link: value for link, value in pointers.items() if link not in before})
    content = [_statement(claim, statement, held, zone) for statement, held in stated(claim)]
    return node if not content else CommentedMap({**node, "content": content})


def passage_node(passage: Passage) -> CommentedMap:
    """Return a passage as it stands in a claim file."""
    node = CommentedMap({"start": passage.start, "end": passage.end, "sha256": passage.sha256})
    node.fa.set_flow_style()
    return node


def _statement(claim: Claim, statement: Statement, held: Reading, zone: str | None) -> CommentedMap:
    name = compact(claim.iri)
    node = CommentedMap({"subject": compact(statement.subject)})
    node["held"] = _time(held, name, zone, claim.said.interval)
    values: dict[str, list[str]] = {}
    names: dict[str, dict[str, list[str]]] = {}
    for predicate, value in statement.facts:
        text = spelt_value(predicate, value, name)
        if isinstance(value, Literal) and value.language:
            names.setdefault(predicate, {}).setdefault(value.language, []).append(spelt_text(value.text, name))
            continue
        number = isinstance(value, Literal) and value.datatype in {INTEGER, DECIMAL}
        plain = Plain(text, "float" if "." in text else "int") if number else text
        values.setdefault(predicate, []).append(plain)
    node.update({key: _one_or_row(texts) for key, texts in values.items()})
    node.update({key: _by_language(texts) for key, texts in names.items()})
    return node
