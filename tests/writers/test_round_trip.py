"""What a case holds comes back equal from a claim file, from registers and from the graph."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg import recall
from kg.claim import Case, Claim, Iri, Literal, Passage, Source, Statement, Thing, fact_order
from kg.errors import DataError
from kg.iri import compact, expand, reading_iri, statement_iri, term
from kg.keys import DECIMAL, INTEGER, LANG_STRING, WKT
from kg.loaders.case import read_cases
from kg.loaders.literals import canonical_number
from kg.quads import case_quads
from kg.vocab import DCTERMS, GEO, RDFS, SKOS
from kg.when import EndKind, Mode, Reading, instant, read
from kg.writers.document import claim_document
from kg.writers.tables import case_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NASTY = ["a | b", r"a\|b", r"\|", "|", "'", '"', "a: b", "# no", "- x", "yes", "null", "~", "1", "2.50", "2022-09-13",
         "x@en", "@", "{a}", "[b", "a, b", "*a", "&a", "!a", "%a", "two\nlines", "two\n\n  lines", "é\u2028ü", "\\", "=1"]  # fmt: skip
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
LONG = st.lists(st.sampled_from([*NASTY, "of", "the", "night"]), min_size=20, max_size=40).map(" ".join)
TEXT = st.one_of(LETTERS, LETTERS, st.sampled_from(NASTY), LONG).map(str.strip).filter(bool)
SHA = "0123456789abcdef" * 4
PLACES = [expand("place:north-town"), expand("place:south-town")]
ACTORS = [expand("org:north"), expand("org:south"), expand("state:east")]
EVENTS = [expand("event:one"), expand("event:two")]
LANGUAGES = st.sampled_from(["en", "hy", "az", "hy-latn"])
NUMBERS = st.decimals(-999, 999, places=3).map(lambda number: canonical_number(str(number)))
WRITTEN: list[tuple[str, str | None, Mode, EndKind | None, EndKind | None]] = [
    ("2022-09-13", "Asia/Yerevan", Mode.WITHIN, None, None),
    ("2022-09-13", "Asia/Baku", Mode.THROUGHOUT, EndKind.SEEN, EndKind.SEEN),
    ("2022-09-13T00:05+04:00", None, Mode.WITHIN, None, None),
    ("2022-09-13T00:05+04:00", "Asia/Yerevan", Mode.THROUGHOUT, None, None),
    ("2022-09-13T09:00/..", "Europe/Moscow", Mode.THROUGHOUT, None, None),
    ("2022-09-13T09:00/..", "Europe/Moscow", Mode.THROUGHOUT, EndKind.SEEN, None),
    ("[2022-09-12..2022-09-13]/2022-09-14T08:00", "Asia/Yerevan", Mode.THROUGHOUT, None, EndKind.SEEN),
    ("/2022-09", "unknown", Mode.THROUGHOUT, None, None),
    ("2022", "UTC", Mode.THROUGHOUT, None, EndKind.OPEN),
    ("2021", "UTC", Mode.THROUGHOUT, EndKind.UNKNOWN, None),
    ("2022-09~", "Asia/Yerevan", Mode.WITHIN, None, None),
    ("2022-09-13T05:00Z/2022-09-13T12:00+03:00", None, Mode.THROUGHOUT, None, None),
]


@st.composite
def readings(draw: st.DrawFn, said: Reading | None = None) -> Reading:
    notation, zone, mode, begin, end = draw(st.sampled_from(WRITTEN))
    words = draw(st.none() | TEXT)
    return read(notation, zone=zone, mode=mode, begin=begin, end=end, words=words, said=said.interval if said else None)


VALUES: dict[str, st.SearchStrategy[Iri | Literal]] = {
    "location": st.sampled_from(PLACES),
    "eventType": st.sampled_from([term("Shelling"), term("Attack")]),
    "wording": TEXT.map(Literal),
    "name": st.builds(lambda text, tag: Literal(text, LANG_STRING, tag), TEXT, LANGUAGES),
    "strength": st.integers(-9, 9999).map(lambda number: Literal(str(number), INTEGER)),
    "amount": NUMBERS.map(lambda text: Literal(text, DECIMAL)),
}


FACTS = st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name]))
FACT_LISTS = st.lists(FACTS, min_size=1, max_size=5, unique=True)


@st.composite
def claims(draw: st.DrawFn, number: int, sources: Sequence[Source]) -> Claim:
    said = draw(readings())
    held = draw(st.lists(readings(said), max_size=3))
    content = tuple(
        Statement(draw(st.sampled_from(EVENTS)), tuple(sorted(draw(FACT_LISTS), key=fact_order)), reading.interval)
        for reading in held
    )
    starts = draw(st.lists(st.integers(0, 999), max_size=2, unique=True))
    source = draw(st.sampled_from(sources)).iri
    others = st.sampled_from([Iri(expand(f"claim:made-up-{other}")) for other in range(number + 1)])
    stance = draw(st.sampled_from(["denies", "doubts", "reports", *(["asserts"] if held else [])]))
    linked = ["respondsTo", "reportedIn", "supersedes", *(["denies"] if stance == "denies" else [])]
    links = [("denies", draw(others))] if stance == "denies" else []
    links += draw(st.lists(st.tuples(st.sampled_from(linked), others), max_size=3))
    links += draw(st.lists(st.tuples(st.just("addressedTo"), st.sampled_from(ACTORS)), max_size=2))
    return Claim(
        expand(f"claim:made-up-{number}"), source, draw(st.sampled_from(ACTORS)), stance, said,
        draw(st.sampled_from([instant("2026-11-23T10:00Z"), instant("2026-11-24T10:00:05Z")])), draw(TEXT),
        content=content, held=tuple(held), passages=tuple(Passage(source, at, at + 7, SHA) for at in starts),
        certainty=draw(st.sampled_from([None, "flat", "hedged"])), sourcing=draw(st.sampled_from([None, "sourced"])),
        quotation=draw(st.sampled_from([None, "verbatim"])),
        note=draw(st.none() | TEXT), identifiers=tuple(draw(st.lists(TEXT, max_size=2))), links=tuple(links),
    )  # fmt: skip


@st.composite
def sources(draw: st.DrawFn, name: str) -> Source:
    return Source(
        expand(name), draw(st.sampled_from(["NewsArticle", "Dataset"])), draw(TEXT), draw(st.sampled_from(ACTORS)),
        language=draw(st.none() | LANGUAGES), url=draw(st.none() | st.just("https://example.org/a?b=c#d")),
        published=draw(st.none() | readings()), sha256=draw(st.none() | st.just(SHA)),
        character_count=draw(st.none() | st.integers(1, 9999)), note=draw(st.none() | TEXT),
        identifiers=tuple(draw(st.lists(TEXT, max_size=2))),
        source_kind=draw(st.sampled_from([None, "newsReport"])),
    )  # fmt: skip


@st.composite
def marks(draw: st.DrawFn) -> tuple[tuple[str, Iri | Literal], ...]:
    names = st.builds(lambda text, tag: Literal(text, LANG_STRING, tag), TEXT, LANGUAGES)
    found: list[tuple[str, Iri | Literal]] = [(RDFS + "label", draw(names))]
    found += draw(st.lists(st.tuples(st.just(SKOS + "altLabel"), names), max_size=3))
    found += draw(st.lists(st.tuples(st.just(DCTERMS + "identifier"), TEXT.map(Literal)), max_size=2))
    if draw(st.booleans()):
        found += [(term("latitude"), Literal(draw(NUMBERS), DECIMAL)), (term("longitude"), Literal("45.5", DECIMAL))]
        found += [(GEO + "asWKT", Literal("POINT(45.5 39.8)", WKT)), (DCTERMS + "source", expand("source:first"))]
        found += [(term("note"), Literal(draw(TEXT), LANG_STRING, "en")), (term("organOf"), expand("state:east"))]
        found += [(term("coordinateQuality"), term("approximatePoint"))]
    return tuple(sorted(set(found), key=fact_order))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kinds = {"place": "Place", "org": "Organisation", "state": "State", "event": "Event"}
    graph = st.sampled_from(["made-up", "actors"])
    named = [*PLACES, *ACTORS, *EVENTS]
    things = [(draw(graph), Thing(iri, kinds[compact(iri).partition(":")[0]], draw(marks()))) for iri in named]
    found = [draw(sources(name)) for name in ("source:first", "source:second")[: draw(st.integers(1, 2))]]
    number = draw(st.integers(0, 3))
    return Case("made-up", tuple(found), tuple(things), tuple(draw(claims(at, found)) for at in range(number)))


def in_order(case: Case) -> Case:
    """Return a case with all that has no order of its own in the order of ids."""
    return Case(
        case.name,
        tuple(sorted((replace(s, identifiers=_unique(s.identifiers)) for s in case.sources), key=lambda one: one.iri)),
        tuple(sorted(case.things, key=lambda pair: pair[1].iri)),
        tuple(sorted(map(_claim_in_order, case.claims), key=lambda claim: claim.iri)),
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _claim_in_order(claim: Claim) -> Claim:
    return replace(
        claim,
        content=tuple(sorted(set(claim.content), key=statement_iri)),
        held=tuple(sorted(set(claim.held), key=reading_iri)),
        passages=tuple(sorted(set(claim.passages), key=lambda passage: passage.start)),
        links=tuple(sorted(set(claim.links))),
        identifiers=_unique(claim.identifiers),
    )


def by_document(cases: Sequence[Case]) -> list[Case]:
    return _read_back(cases, lambda case: {"claims.yaml": claim_document(case)})


def by_tables(cases: Sequence[Case]) -> list[Case]:
    return _read_back(cases, case_tables)


def _read_back(cases: Sequence[Case], written: Callable[[Case], dict[str, str]]) -> list[Case]:
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            for name, text in written(case).items():
                path = Path(folder) / case.name / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(text.encode())
        return read_cases(Path(folder))


def by_graph(cases: Sequence[Case]) -> list[Case]:
    found = []
    for case in cases:
        store = Store()
        store.bulk_extend(case_quads(case))
        found.append(recall.case_of(store, case.name))
    return found


WAYS = {"claim file": by_document, "registers": by_tables, "graph": by_graph}


@pytest.mark.parametrize("way", WAYS)
@given(case=cases())
@settings(max_examples=60)
def test_a_case_comes_back_equal(way: str, case: Case) -> None:
    assert in_order(WAYS[way]([case])[0]) == in_order(case)


@given(cases())
@settings(max_examples=20)
def test_from_file_to_graph_to_registers_to_graph_nothing_changes(case: Case) -> None:
    graph = by_graph(by_document([case]))
    assert in_order(by_graph(by_tables(graph))[0]) == in_order(case)


@pytest.fixture(scope="module")
def shipped(root: Path) -> list[Case]:
    return read_cases(root / "graphs")


@pytest.mark.parametrize("way", WAYS)
def test_every_case_of_the_repository_comes_back_equal(way: str, shipped: list[Case]) -> None:
    for back, case in zip(WAYS[way](shipped), shipped, strict=True):
        assert back.name == case.name
        for mine, other in zip(vars_of(in_order(back)), vars_of(in_order(case)), strict=True):
            assert mine == other


def vars_of(case: Case) -> list[object]:
    return [*case.sources, *case.things, *case.claims]


CLAIM = Claim(
    expand("claim:made-up-1"), expand("source:first"), ACTORS[0], "reports",
    read("2022-09-13", zone="UTC", mode=Mode.WITHIN), instant("2026-11-23T10:00Z"), "Made up.",
)  # fmt: skip
HELD = read("2022-09-12", zone="UTC", mode=Mode.WITHIN)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gist": "blanks around "}, "blanks"),
        ({"gist": ""}, "empty"),
        ({"said": Reading(HELD.interval, "2022-09-13", "UTC")}, "does not read back"),
        ({"content": (Statement(EVENTS[0], (("location", PLACES[0]),), HELD.interval),)}, "no time as written"),
        ({"held": (HELD,), "content": (Statement(EVENTS[0], (("located", PLACES[0]),), HELD.interval),)}, "'located'"),
        ({"held": (HELD,), "content": (Statement(EVENTS[0], (("location", Literal("x")),), HELD.interval),)}, "value"),
    ],
)
@pytest.mark.parametrize("write", [claim_document, case_tables])
def test_what_would_not_come_back_equal_is_refused(
    write: Callable[[Case], object], changed: dict[str, object], said: str
) -> None:
    write(Case("made-up", (), (), (CLAIM,)))
    with pytest.raises(DataError, match=said):
        write(Case("made-up", (), (), (replace(CLAIM, **changed),)))  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize("write", [claim_document, case_tables])
def test_a_mark_that_no_key_says_is_refused(write: Callable[[Case], object]) -> None:
    thing = Thing(PLACES[0], "Place", ((term("latitudes"), Literal("1", DECIMAL)),))
    with pytest.raises(DataError, match="k:latitudes"):
        write(Case("made-up", (), (("made-up", thing),), ()))


@pytest.mark.parametrize(("name", "alone"), [("claim:first-0-1", True), ("claim:made-up-1", False)])
def test_a_document_is_about_one_source_where_all_claims_are_named_after_it(name: str, *, alone: bool) -> None:
    source = Source(expand("source:first"), "NewsArticle", "Made up", ACTORS[0])
    publisher = Thing(ACTORS[0], "Organisation", ((RDFS + "label", Literal("North", LANG_STRING, "en")),))
    claim = replace(CLAIM, iri=expand(name), passages=(Passage(source.iri, 0, 9, SHA),))
    case = Case("made-up", (source,), (("made-up", publisher),), (claim,))
    assert ("\nsource:\n" in claim_document(case)) is alone
    assert by_document([case]) == [case]


def test_names_stand_by_language_in_a_document_and_with_their_tag_in_a_table() -> None:
    names = [Literal(text, LANG_STRING, tag) for text, tag in (("İstisu", "az"), ("a@b", "en"), ("Istisu", "en"))]
    facts = tuple(sorted((("name", name) for name in names), key=fact_order))
    claim = replace(CLAIM, content=(Statement(PLACES[0], facts, HELD.interval),), held=(HELD,))
    case = Case("made-up", (), (), (claim,))
    assert "name: {en: [Istisu, a@b], az: İstisu}" in claim_document(case)
    assert "Istisu@en | a@b@en | İstisu@az" in case_tables(case)["claims.csv"]


def test_a_document_has_quotes_only_where_yaml_needs_them_and_small_parts_on_one_line() -> None:
    thing = Thing(PLACES[0], "Place", ((RDFS + "label", Literal("North Town", LANG_STRING, "en")),))
    source = Source(expand("source:first"), "NewsArticle", "Made up", ACTORS[0])
    statement = Statement(EVENTS[0], (("location", PLACES[0]), ("location", PLACES[1])), HELD.interval)
    claim = replace(CLAIM, content=(statement,), held=(HELD,), passages=(Passage(source.iri, 0, 9, SHA),))
    document = claim_document(Case("made-up", (source,), (("made-up", thing),), (claim,)))
    assert (
        document
        == f"""\
# yaml-language-server: $schema=../claim-file.schema.json
sources:
  - id: source:first
    type: NewsArticle
    title: Made up
    publisher: org:north
recorded: 2026-11-23T10:00:00Z
zone: UTC
things:
  - {{id: place:north-town, type: Place, label: {{en: North Town}}}}
claims:
  - id: claim:made-up-1
    source: source:first
    speaker: org:north
    stance: reports
    said: {{time: '2022-09-13', mode: someTimeWithin}}
    passages: [{{start: 0, end: 9, sha256: {SHA}}}]
    gist: Made up.
    content:
      - subject: event:one
        held: {{time: '2022-09-12', mode: someTimeWithin}}
        location: [place:north-town, place:south-town]
"""
    )
