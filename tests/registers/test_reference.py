"""The registers carry the reference facts, all of them and no others, and hang together.

The comparison needs ``../shared/reference`` and is skipped without it, unless
``KG_REQUIRE_ALL=1``; the tests of the registers by themselves always run.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import TypeAlias

import pytest

Row: TypeAlias = dict[str, str]

ROOT = Path(__file__).resolve().parents[2]
REGISTERS = ROOT / "graphs" / "registers"
REFERENCE = ROOT.parent / "shared" / "reference"

THINGS = ("things-organisations", "things-persons", "things-places", "things-treaties")
CLAIMS = ("organisations", "treaties", "treaty-parties")
COMPARED = ("organisations", "treaties", "treaty_parties")
CLAIM_LINKS = ("denies", "respondsTo", "supersedes")
PLAIN_COLUMNS = {
    *(
        "id",
        "source",
        "speaker",
        "onBehalfOf",
        "stance",
        "said",
        "saidZone",
        "recorded",
        "subject",
        "held",
        "zone",
        "mode",
    ),
    *("begin", "end", "heldAsWritten", "sourcing", "gist", "note", "reference", *CLAIM_LINKS),
}
CURIE = re.compile(r"(?:state|org|person|office|treaty|provision|place|source):[a-z0-9-]+")
DATE_COLUMNS = ("start_edtf", "end_edtf", "signed_edtf", "in_force_edtf")
SOURCE_COLUMNS = ("source_id", "source_id2", "also_sources")
SIGNATURE = {"signatory", "signedBy"}
SEED = "S094"


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def register(name: str) -> list[Row]:
    return read(REGISTERS / f"{name}.csv")


def values(cell: str) -> list[str]:
    return [value for value in cell.split(" | ") if value]


def all_claims() -> list[Row]:
    return [row for name in CLAIMS for row in register(name)]


def claim_ids() -> set[str]:
    return {f"claim:{name}-{row['id']}" for name in CLAIMS for row in register(name)}


def thing_ids() -> set[str]:
    return {row["id"] for name in THINGS for row in register(name)}


def contents(row: Row) -> dict[str, str]:
    """Return the predicates of a claim that have a value."""
    return {column: cell for column, cell in row.items() if column not in PLAIN_COLUMNS and cell}


def reference(name: str) -> list[Row]:
    path = REFERENCE / f"{name}.csv"
    if not path.exists():
        if os.environ.get("KG_REQUIRE_ALL") == "1":
            pytest.fail(f"{path} is absent, and KG_REQUIRE_ALL=1 asks for it")
        pytest.skip(f"the reference facts are not here: {path} is absent")
    return read(path)


def left_out() -> set[tuple[str, str]]:
    return {(row["reference"], row["column"]) for row in register("left_out")}


def source_reference() -> dict[str, str]:
    return {row["id"]: row["reference"] for row in register("sources")}


# --- the registers by themselves ---------------------------------------------------------


@pytest.mark.parametrize("name", [*THINGS, "sources", *CLAIMS])
def test_ids_of_a_register_are_unique_and_sorted(name: str) -> None:
    ids = [row["id"] for row in register(name)]
    assert ids == sorted(set(ids))


def test_no_thing_stands_in_two_registers() -> None:
    ids = [row["id"] for name in THINGS for row in register(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", [*THINGS, "sources", *CLAIMS, "left_out"])
def test_a_file_is_plain_utf8_with_line_feeds_and_full_rows(name: str) -> None:
    data = (REGISTERS / f"{name}.csv").read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")
    rows = list(csv.reader(data.decode("utf-8").splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_organ_belongs_to_a_known_thing() -> None:
    known = thing_ids()
    assert [
        row["id"] for name in THINGS for row in register(name) if row["organOf"] and row["organOf"] not in known
    ] == []


def test_every_claim_names_a_known_source_speaker_and_subject() -> None:
    known, sources = thing_ids(), set(source_reference())
    bad = [
        row["id"]
        for row in all_claims()
        if row["source"] not in sources or row["speaker"] not in known or row["subject"] not in known
    ]
    assert bad == []


def test_every_curie_in_a_claim_resolves() -> None:
    known = thing_ids() | set(source_reference())
    written = [(row["id"], value) for row in all_claims() for cell in contents(row).values() for value in values(cell)]
    assert [pair for pair in written if CURIE.fullmatch(pair[1]) and pair[1] not in known] == []


def test_every_claim_that_another_points_at_exists() -> None:
    known = claim_ids()
    links = [(row["id"], link) for row in all_claims() for column in CLAIM_LINKS for link in values(row[column])]
    assert links
    assert [pair for pair in links if pair[1] not in known] == []


def test_every_claim_has_content_a_gist_and_three_clocks() -> None:
    needed = ("stance", "said", "saidZone", "recorded", "held", "zone", "mode", "sourcing", "gist")
    bad = [row["id"] for row in all_claims() if not contents(row) or not all(row[column] for column in needed)]
    assert bad == []


def test_a_claim_says_only_one_thing_of_its_subject_unless_it_words_a_provision() -> None:
    # Who signed for a signatory is said of the signature, not of the treaty alone.
    several = [row for row in all_claims() if len(contents(row)) > 1 and contents(row).keys() != SIGNATURE]
    assert [row["id"] for row in several if not row["subject"].startswith("provision:")] == []


def test_nine_states_are_said_to_be_parties_of_the_collective_security_treaty_in_its_first_term() -> None:
    rows = [
        row
        for row in register("treaty-parties")
        if row["subject"] == "treaty:collective-security-treaty" and row["party"] and row["stance"] == "asserts"
    ]
    ended = {row["party"] for row in rows if row["held"] == "1994-04-20/1999-04-20"}
    lasting = {row["party"] for row in rows if row["held"] == "1994-04-20/.."}
    assert ended == {"state:azerbaijan", "state:georgia", "state:uzbekistan"}
    assert lasting == {f"state:{n}" for n in ("armenia", "belarus", "kazakhstan", "kyrgyzstan", "russia", "tajikistan")}


def test_no_claim_ends_the_membership_of_armenia() -> None:
    rows = [row for row in all_claims() if row["subject"] == "state:armenia" and row.get("memberOf")]
    assert rows
    assert all(row["held"].endswith("/..") and row["stance"] == "asserts" for row in rows)


# --- both ways with the reference ----------------------------------------------------------


@pytest.mark.parametrize("name", COMPARED)
def test_every_row_of_the_reference_is_claimed_or_left_out(name: str) -> None:
    carried = {row["reference"] for row in all_claims()} | {reference_id for reference_id, _ in left_out()}
    assert [row["id"] for row in reference(name) if row["id"] not in carried] == []


@pytest.mark.parametrize("name", ["organisations", "treaties"])
def test_every_organisation_and_treaty_of_the_reference_is_a_thing(name: str) -> None:
    carried = {row["reference"] for thing in THINGS for row in register(thing)}
    assert [row["id"] for row in reference(name) if row["id"] not in carried] == []


def test_every_reference_that_a_row_names_exists() -> None:
    known = {row["id"] for name in (*COMPARED, "sources", "places", "persons_offices") for row in reference(name)}
    rows = [row for name in (*THINGS, "sources", *CLAIMS, "left_out") for row in register(name)]
    named = {name for row in rows for name in values(row["reference"])}
    assert sorted(named - known - {"*"}) == []


@pytest.mark.parametrize("name", COMPARED)
def test_every_date_of_a_reference_row_is_held_in_a_claim_of_that_row(name: str) -> None:
    held: dict[str, str] = {}
    for row in all_claims():
        held[row["reference"]] = held.get(row["reference"], "") + " " + row["held"]
    missing = [
        (row["id"], column, date)
        for row in reference(name)
        for column in DATE_COLUMNS
        for date in row.get(column, "").split("/")
        if date and date not in held.get(row["id"], "") and (row["id"], column) not in left_out()
    ]
    assert missing == []


@pytest.mark.parametrize("name", COMPARED)
def test_every_source_of_a_reference_row_speaks_in_a_claim_of_that_row(name: str) -> None:
    sources = source_reference()
    spoken: dict[str, set[str]] = {}
    for row in all_claims():
        spoken.setdefault(row["reference"], set()).add(sources[row["source"]])
    missing = [
        (row["id"], column, source)
        for row in reference(name)
        for column in SOURCE_COLUMNS
        for source in row.get(column, "").split(";")
        if source and source not in spoken.get(row["id"], set()) and (row["id"], f"{column} {source}") not in left_out()
    ]
    assert missing == []


def test_every_source_of_the_compared_rows_is_listed_and_the_seed_is_not() -> None:
    listed = set(source_reference().values())
    cited = {
        source
        for name in COMPARED
        for row in reference(name)
        for column in SOURCE_COLUMNS
        for source in row.get(column, "").split(";")
        if source
    }
    assert sorted(cited - listed) == []
    assert SEED not in listed


def test_addresses_and_languages_of_sources_are_those_of_the_reference() -> None:
    known = {row["id"]: row for row in reference("sources")}
    ours = [row for row in register("sources") if row["reference"] and row["url"]]
    assert [row["id"] for row in ours if row["url"] != known[row["reference"]]["url"]] == []
    assert [row["id"] for row in ours if known[row["reference"]]["lang"] not in ("", row["language"])] == []


def test_a_row_left_out_says_why() -> None:
    assert [row for row in register("left_out") if not row["reason"]] == []


def test_unsourced_rows_of_the_reference_are_not_passed_off_as_sourced() -> None:
    doubtful = {row["id"] for name in COMPARED for row in reference(name) if row["unsourced"] in {"part", "all"}}
    found: dict[str, set[str]] = {}
    for row in all_claims():
        # A claim from a source of our own finding may mend what the reference had no source for.
        found.setdefault(row["reference"], set()).add(
            row["sourcing"] if source_reference()[row["source"]] else "mended"
        )
    assert [
        key for key in sorted(doubtful) if not found.get(key, set()) & {"partlySourced", "unsourced", "mended"}
    ] == []
