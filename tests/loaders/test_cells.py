"""Cells of registers: each kind of fault is a finding on its line, and what is right is read as meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.claim import Literal
from kg.errors import DataError
from kg.iri import compact, expand, term
from kg.keys import DECIMAL, INTEGER, LANG_STRING, WKT
from kg.loaders.case import read_cases
from kg.vocab import DCTERMS, GEO, RDFS

if TYPE_CHECKING:
    from pathlib import Path

    from kg.claim import Case, Value

SHA = "0123456789abcdef" * 4
FILES = {
    "sources.csv": f"""\
id,type,title,publisher,sourceKind,sha256,characterCount,reference
source:paper,NewsArticle,A paper,org:paper,newsReport,{SHA},900,R1 | R2
""",
    "things-made-up.csv": """\
id,type,label@en,label@hy,wkt,latitude,longitude,coordinateQuality,source,note
org:paper,NewsOrganisation,The Paper,,,,,,,
org:unit,ArmedForce,The Unit,,,,,,,
place:town,Place,Town,Քաղաք,POINT(45.67 39.84),39.840,+45.67,approximatePoint,source:paper,North | or south of the river.
event:march,Event,A march,,,,,,,
figure:march,Figure,A figure,,,,,,,
""",
    "said.csv": f"""\
id,source,speaker,stance,said,saidZone,saidMode,recorded,passages,subject,held,zone,mode,name,strength,amount,location,gist,reference
march,source:paper,org:paper,asserts,2022-09-14,UTC,,2026-11-23T10:00:00Z,0-152 {SHA} | 300-310 {SHA},event:march,2022-09-13,UTC,throughout,,,,place:town,They marched.,R1 | R2
march,,,,,,,,,figure:march,2022-09-13,UTC,throughout,,,10.0,,,
march,,org:paper,,2022-09-14,UTC,,,,org:unit,2022-09-12,UTC,throughout,,0120,,,They marched.,
town,source:paper,org:paper,asserts,2022-09-14,UTC,throughout,2026-11-23T10:00:00Z,,place:town,2022-09-13,UTC,throughout,Town@en | İstisu@az,,,,It is called so.,
""",
}
"""A case without faults; each test changes one text of it."""


def read(folder: Path, changes: dict[str, tuple[str, str]]) -> Case:
    case = folder / "made-up"
    case.mkdir()
    for name, text in FILES.items():
        old, new = changes.get(name, ("", ""))
        assert old in text
        (case / name).write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return read_cases(folder)[0]


def findings(folder: Path, name: str, old: str, new: str) -> list[tuple[str, str, str]]:
    try:
        read(folder, {name: (old, new)})
    except DataError as error:
        return [(f.place.rpartition("/")[2], f.rule, f"{f.message}; {f.mend}") for f in error.findings]
    return []


FAULTS = [
    # Rows of one claim: a cell of the whole claim may be empty or the same, and not another.
    ("said.csv", "march,,org:paper,", "march,,org:unit,", 4, "differing-cell", ["'speaker'", "'org:unit'", "'org:paper'", "line 2"]),
    ("said.csv", ",They marched.,\n", ",They ran.,\n", 4, "differing-cell", ["'gist'", "'They ran.'", "'They marched.'"]),
    ("said.csv", "march,,org:paper,,2022-09-14,UTC,,", "march,,org:paper,,2022-09-14,UTC,throughout,", 4, "differing-cell", ["'saidMode'", "'throughout'", "''"]),
    ("said.csv", "event:march,2022-09-13,UTC,throughout,,,,place:town,", ",,,,,,,,", 2, "empty-statement", ["states nothing"]),
    ("said.csv", "figure:march,2022-09-13,UTC,throughout,,,10.0", "figure:march,2022-09-13,UTC,throughout,,,", 3, "empty-statement", ["predicate"]),
    ("said.csv", "figure:march,2022-09-13,UTC,throughout", ",2022-09-13,UTC,throughout", 3, "missing-cell", ["'subject'"]),
    ("said.csv", "\ntown,", "\nsaid,source:paper,org:paper,asserts,2022-09-14,UTC,,2026-11-23T10:00:00Z,,,,,,,,,,Nothing.,\ntown,", 5, "empty-claim", ["no content"]),
    # Passages.
    ("said.csv", "0-152 ", "0..152 ", 2, "passage", ["'0..152 ", "start-end sha256"]),
    ("said.csv", f"300-310 {SHA}", "300-310 abc", 2, "passage", ["'300-310 abc'"]),
    ("said.csv", "300-310 ", "310-300 ", 2, "passage", ["310 to 300", "exclusive"]),
    # Names with their language.
    ("said.csv", "Town@en", "Town", 5, "language", ["name", "'Town'", "İstisu@az"]),
    ("said.csv", "Town@en", "Town@", 5, "language", ["'Town@'"]),
    ("said.csv", "Town@en", "Town@e_n", 5, "language", ["'Town@e_n'"]),
    ("said.csv", "Town@en", "@en", 5, "language", ["'@en'"]),
    # Numbers.
    ("said.csv", "10.0", "ten", 3, "number", ["amount", "'ten'"]),
    ("said.csv", "10.0", "1e1", 3, "number", ["'1e1'"]),
    ("said.csv", "10.0", '"10,5"', 3, "number", ["'10,5'"]),
    ("said.csv", "0120", "120.5", 4, "number", ["strength", "'120.5'", "whole"]),
    ("sources.csv", "900", "many", 2, "number", ["characterCount", "'many'"]),
    # Entries of code lists, and hashes.
    ("sources.csv", "newsReport", "newsReprt", 2, "unknown-concept", ["sourceKind", "newsReport"]),
    ("sources.csv", "newsReport", "approximatePoint", 2, "unknown-concept", ["sourceKind", "'approximatePoint'"]),
    ("sources.csv", SHA, SHA.upper(), 2, "not-a-name", ["sha256"]),
    ("sources.csv", "sourceKind", "sourceKnd", 1, "unknown-column", ["sourceKind"]),
    ("sources.csv", "reference", "title", 1, "column-twice", ["'title'"]),
    ("things-made-up.csv", "approximatePoint", "roughPoint", 4, "unknown-concept", ["coordinateQuality", "'roughPoint'"]),
    # Coordinates, and names of things.
    ("things-made-up.csv", "POINT(45.67 39.84)", "45.67 39.84", 4, "wkt", ["'45.67 39.84'", "longitude first"]),
    ("things-made-up.csv", "39.840", "39°50", 4, "number", ["latitude", "39°50"]),
    ("things-made-up.csv", "+45.67", "45.67E", 4, "number", ["longitude", "'45.67E'"]),
    ("things-made-up.csv", ",source:paper,", ",source:papr,", 4, "unknown-id", ["source:paper"]),
    ("things-made-up.csv", "label@hy", "label@h_y", 4, "language", ["label", "'h_y'"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "line", "rule", "said"), FAULTS)
def test_each_fault_is_one_finding_on_its_line(
    tmp_path: Path, name: str, old: str, new: str, line: int, rule: str, said: list[str]
) -> None:
    found = findings(tmp_path, name, old, new)
    assert [(place, kind) for place, kind, _ in found] == [(f"{name}:{line}", rule)], found
    assert all(part in found[0][2] for part in said), found[0][2]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("said.csv", "march,,org:paper,", "march,,,"),
        ("said.csv", "march,,org:paper,", "march,source:paper, org:paper ,"),
        ("said.csv", f" | 300-310 {SHA}", ""),
        ("said.csv", "Town@en", "Town@en-GB"),
        ("said.csv", "Town@en", "town@home@en"),
        ("said.csv", "10.0", "-.5"),
        ("said.csv", "0120", "+7"),
        ("sources.csv", "newsReport", "k:newsReport"),
        ("sources.csv", "newsReport", ""),
        ("sources.csv", f"{SHA},900", ","),
        ("things-made-up.csv", "approximatePoint", ""),
        ("things-made-up.csv", "POINT(45.67 39.84)", '"LINESTRING(45.1 39.8, 45.2 39.9)"'),
        ("things-made-up.csv", "39.840,+45.67", "-39,45."),
        ("things-made-up.csv", "label@hy", "altLabel@hy-Latn"),
    ],
)
def test_what_is_written_rightly_has_no_finding(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert findings(tmp_path, name, old, new) == []


def test_several_rows_are_one_claim_with_all_that_its_cells_say(tmp_path: Path) -> None:
    claims = {compact(claim.iri): claim for claim in read(tmp_path, {}).claims}
    assert set(claims) == {"claim:said-march", "claim:said-town"}
    march = claims["claim:said-march"]
    assert [compact(one.subject) for one in march.content] == ["event:march", "figure:march", "org:unit"]
    assert [reading.notation for reading in march.held] == ["2022-09-13", "2022-09-12"]
    assert [(p.start, p.end, p.sha256) for p in march.passages] == [(0, 152, SHA), (300, 310, SHA)]
    assert march.identifiers == ("R1", "R2")
    assert str(march.said.interval.mode) == "someTimeWithin"
    assert str(claims["claim:said-town"].said.interval.mode) == "throughout"
    facts: list[tuple[str, Value]] = [fact for one in claims["claim:said-town"].content for fact in one.facts]
    names = {value.language: value.text for _, value in facts if isinstance(value, Literal)}
    assert names == {"en": "Town", "az": "İstisu"}


@pytest.mark.parametrize("amount", ["10", "10.0", "+10.", "010.00"])
def test_equal_numbers_are_one_value_however_they_are_written(tmp_path: Path, amount: str) -> None:
    case = read(tmp_path, {"said.csv": ("10.0", amount)})
    facts = {fact for claim in case.claims for one in claim.content for fact in one.facts}
    assert ("amount", Literal("10", DECIMAL)) in facts
    assert ("strength", Literal("120", INTEGER)) in facts


def test_things_and_sources_have_what_their_columns_say(tmp_path: Path) -> None:
    case = read(tmp_path, {})
    (source,) = case.sources
    assert (source.source_kind, source.sha256, source.character_count) == ("newsReport", SHA, 900)
    assert source.identifiers == ("R1", "R2")
    (town,) = [thing for _, thing in case.things if thing.kind == "Place"]
    assert set(town.marks) == {
        (RDFS + "label", Literal("Town", LANG_STRING, "en")),
        (RDFS + "label", Literal("Քաղաք", LANG_STRING, "hy")),
        (GEO + "asWKT", Literal("POINT(45.67 39.84)", WKT)),
        (term("latitude"), Literal("39.84", DECIMAL)),
        (term("longitude"), Literal("45.67", DECIMAL)),
        (term("coordinateQuality"), term("approximatePoint")),
        (term("note"), Literal("North | or south of the river.", LANG_STRING, "en")),
        (DCTERMS + "source", expand("source:paper")),
    }
