"""Claim files of several sources, and values in them: faults on their lines, the rest as meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.claim import Literal
from kg.errors import DataError
from kg.iri import compact, term
from kg.keys import DECIMAL, LANG_STRING, WKT
from kg.loaders.case import read_cases
from kg.vocab import GEO

if TYPE_CHECKING:
    from pathlib import Path

    from kg.claim import Case

GOOD = """\
sources:
  - {id: source:first, type: NewsArticle, title: The first, publisher: org:paper, sourceKind: newsReport}
  - {id: source:second, type: Dataset, title: The second, publisher: org:paper, reference: [R1, R2]}
recorded: 2026-11-23T10:00:00Z
zone: Asia/Yerevan
things:
  - {id: org:paper, type: NewsOrganisation, label: {en: The Paper}}
  - {id: figure:dead, type: Figure, label: {en: The dead}}
  - id: place:town
    type: Place
    label: {en: Town}
    wkt: POINT(45.67 39.84)
    latitude: 39.840
    longitude: 45
    coordinateQuality: approximatePoint
claims:
  - id: claim:second-1
    source: source:second
    speaker: org:paper
    stance: asserts
    said: {time: "2022-09-14T09:00", mode: someTimeWithin}
    gist: A made-up claim.
    reference: [R3, R4]
    content:
      - subject: place:town
        held: {time: "2022-09-14", mode: throughout}
        name: {en: Town, az: [İstisu, a@b]}
      - subject: figure:dead
        held: {time: "2022-09-14", mode: throughout}
        amount: 10.0
"""
ONE = """\
source: {id: source:first, type: NewsArticle, title: The first, publisher: org:paper, sourceKind: newsReport}
"""
SEVERAL = GOOD[: GOOD.index("recorded:")]
NAMED = "    source: source:second\n"
NAMES = "{en: Town, az: [İstisu, a@b]}"


def read(folder: Path, text: str) -> Case:
    case = folder / "made-up"
    case.mkdir()
    (case / "made-up.yaml").write_text(text, encoding="utf-8")
    return read_cases(folder)[0]


def findings(folder: Path, text: str) -> list[tuple[int, str, str]]:
    try:
        read(folder, text)
    except DataError as error:
        return [(int(f.place.rpartition(":")[2]), f.rule, f"{f.message}; {f.mend}") for f in error.findings]
    return []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "said"),
    [
        (NAMED, "    source: source:third\n", 18, "unknown-id", "source:third"),
        (NAMED, "", 17, "missing-key", "'source' is missing"),
        (SEVERAL, ONE + SEVERAL, 2, "one-source", "stand both"),
        (SEVERAL, "", 1, "one-source", "neither"),
        (SEVERAL, ONE, 16, "claim-source", "names its own"),
        ("sourceKind: newsReport", "sourceKind: newsReprt", 2, "unknown-value", "newsReport"),
        ("coordinateQuality: approximatePoint", "coordinateQuality: roughPoint", 15, "unknown-value", "roughPoint"),
        ("POINT(45.67 39.84)", "45.67 39.84", 12, "wkt", "longitude first"),
        ("latitude: 39.840", "latitude: north", 13, "number", "'north'"),
        ("longitude: 45", "longitude: 45E", 14, "number", "'45E'"),
        ("amount: 10.0", "amount: ten", 30, "number", "'ten'"),
        (NAMES, "Town", 27, "language", "'Town'"),
        (NAMES, "[Town@en, Town@e_n]", 27, "language", "'Town@e_n'"),
        (NAMES, "{en: Town, a_z: İstisu}", 27, "language", "'a_z'"),
        (NAMES, "{}", 27, "empty-statement", "value"),
        (NAMES, "{en: 5}", 27, "structure", "5"),
        ("amount: 10.0", "amount: {en: 10.0}", 30, "structure", "en"),
    ],
)
def test_each_fault_is_found_on_its_line(tmp_path: Path, old: str, new: str, line: int, rule: str, said: str) -> None:
    assert old in GOOD
    found = findings(tmp_path, GOOD.replace(old, new, 1))
    assert any((at, kind) == (line, rule) and said in text for at, kind, text in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (NAMED, "    source: source:first\n"),
        (SEVERAL, SEVERAL.replace("source:second", "source:third")),
        ("POINT(45.67 39.84)", "LINESTRING(45.1 39.8, 45.2 39.9)"),
        ("latitude: 39.840", 'latitude: "-39.8"'),
        (NAMES, "Town@en"),
        (NAMES, "[Town@en, İstisu@az]"),
        (NAMES, "{hy-Latn: K'aghak'}"),
        ("amount: 10.0", "amount: [10, 11.5]"),
    ],
)
def test_what_is_written_rightly_has_no_finding(tmp_path: Path, old: str, new: str) -> None:
    text = GOOD.replace(old, new, 1)
    text = text.replace(NAMED, NAMED.replace("second", "third")) if "source:third" in new else text
    assert findings(tmp_path, text) == []


def test_a_file_about_one_source_gives_it_to_all_its_claims(tmp_path: Path) -> None:
    case = read(tmp_path, GOOD.replace(SEVERAL, ONE).replace(NAMED, ""))
    assert [compact(claim.source) for claim in case.claims] == ["source:first"]


def test_several_sources_their_claims_and_values_are_read_as_meant(tmp_path: Path) -> None:
    case = read(tmp_path, GOOD)
    assert [compact(source.iri) for source in case.sources] == ["source:first", "source:second"]
    assert [source.source_kind for source in case.sources] == ["newsReport", None]
    assert [source.identifiers for source in case.sources] == [(), ("R1", "R2")]
    (claim,) = case.claims
    assert (compact(claim.source), claim.identifiers) == ("source:second", ("R3", "R4"))
    assert {fact for one in claim.content for fact in one.facts} == {
        ("name", Literal("Town", LANG_STRING, "en")),
        ("name", Literal("İstisu", LANG_STRING, "az")),
        ("name", Literal("a@b", LANG_STRING, "az")),
        ("amount", Literal("10", DECIMAL)),
    }
    (town,) = [thing for _, thing in case.things if thing.kind == "Place"]
    marks = dict(town.marks)
    assert marks[GEO + "asWKT"] == Literal("POINT(45.67 39.84)", WKT)
    assert marks[term("latitude")] == Literal("39.84", DECIMAL)
    assert marks[term("longitude")] == Literal("45", DECIMAL)
    assert marks[term("coordinateQuality")] == term("approximatePoint")


@pytest.mark.parametrize("written", ["[Town@en, İstisu@az]", "{en: Town, az: İstisu}", "{az: [İstisu], en: [Town]}"])
def test_names_are_the_same_by_language_and_with_their_tag(tmp_path: Path, written: str) -> None:
    (claim,) = read(tmp_path, GOOD.replace(NAMES, written)).claims
    assert claim.content[0].facts == (
        ("name", Literal("Town", LANG_STRING, "en")),
        ("name", Literal("İstisu", LANG_STRING, "az")),
    )
