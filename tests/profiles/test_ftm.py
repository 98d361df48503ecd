"""Statements of FollowTheMoney: valid there to the last value, and nothing that anybody denies is a property."""

from __future__ import annotations

import io
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from followthemoney import model
from followthemoney.cli.cli import cli
from followthemoney.dataset import Dataset
from followthemoney.dataset.util import dataset_name_check
from followthemoney.statement import Statement, StatementEntity, read_statements, write_statements
from hypothesis import example, given
from hypothesis import strategies as st

from kg.iri import expand
from kg.profiles import ONE_WAY
from kg.profiles.ftm.rows import entity_id
from tests.profiles.made_up import claim, denied, fact, graph

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kg.api import Graph
    from kg.claim import Claim, Iri

FORM = ONE_WAY["ftm-statements"]
WORDS = {"description", "notes", "summary", "keywords"}
"""Properties of text, where what is told is told as somebody's word or as ours."""
OF_DENIED_EVENTS = WORDS | {"id", "name", "alias", "wikidataId"}


def out(quads: Iterable[Quad] | Store) -> bytes:
    file = io.BytesIO()
    FORM.write(quads, file)
    return file.getvalue()


def statements(content: bytes) -> list[Statement]:
    return list(read_statements(io.BytesIO(content), "json"))


def entities(content: bytes) -> dict[str, StatementEntity]:
    data_set = Dataset.make({"name": "conflict_kg"})
    groups = groupby(statements(content), key=lambda one: one.canonical_id)
    return {name: StatementEntity.from_statements(data_set, several) for name, several in groups}


def told_as_fact(content: bytes, pairs: Iterable[tuple[Iri, str]]) -> list[str]:
    """Return each subject and value that stand together as a property or as the ends of a link, but for notes."""
    found = []
    of = entities(content)
    values = {name: {v.casefold() for p, v in one.itervalues() if p.name not in WORDS} for name, one in of.items()}
    linked = [
        {v for p, v in one.itervalues() if p.type.name == "entity"}
        for one in of.values()
        if one.schema.edge
        and not any(of[v].schema.name == "Note" for p, v in one.itervalues() if p.type.name == "entity")
    ]
    for subject, value in pairs:
        mine, other = entity_id(subject), entity_id(value) if ":" in value else ""
        if {value, other} & values.get(mine, set()) or {mine, other} in linked:
            found.append(f"{subject} {value}")
    return found


def more_than_told(content: bytes, events: Iterable[Iri]) -> list[str]:
    """Return the properties of events that say more than that they are told of, and in whose words."""
    of = entities(content)
    present = [of[entity_id(event)] for event in events if entity_id(event) in of]
    return [f"{one.id} {p.name}" for one in present for p, _ in one.itervalues() if p.name not in OF_DENIED_EVENTS]


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> bytes:
    return out(graph.store)


def test_the_library_reads_it_and_writes_the_same_bytes(shipped: bytes) -> None:
    again = io.BytesIO()
    write_statements(again, "json", statements(shipped))
    assert again.getvalue() == shipped


def test_ids_are_those_that_the_library_makes_and_each_comes_once(shipped: bytes) -> None:
    found = statements(shipped)
    assert len(found) > 30_000
    assert [one for one in found if one.id != one.generate_key()] == []
    assert max(Counter(one.id for one in found).values()) == 1


def test_no_value_is_one_that_the_library_would_clean_away_or_change(shipped: bytes) -> None:
    faults = []
    for one in statements(shipped):
        dataset_name_check(one.dataset)
        prop = None if one.prop == "id" else model[one.schema].properties[one.prop]
        if prop and (prop.type.clean(one.value, proxy=None) != one.value or prop.validate([one.value])):
            faults.append(one)
    assert faults == []


def test_every_entity_has_what_its_schema_requires_and_every_reference_fits(shipped: bytes) -> None:
    of = entities(shipped)
    assert {one.schema.name for one in of.values()} == {
        "Address", "Event", "Membership", "Note", "Occupancy", "Organization", "Person", "Position", "PublicBody",
        "UnknownLink",
    }  # fmt: skip
    for one in of.values():
        one.schema.validate({"properties": one.properties})
        assert [name for name in one.schema.required if not one.has(name)] == []
        for prop, value in one.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert of[value].schema.is_a(prop.range), f"{one.id} {prop.name} {value}"


def test_lines_are_sorted_as_the_command_line_tool_needs_them_to_aggregate(shipped: bytes, tmp_path: Path) -> None:
    assert shipped.splitlines() == sorted(shipped.splitlines())
    told, made = tmp_path / "x.statements.json", tmp_path / "x.ftm.json"
    told.write_bytes(shipped)
    done = CliRunner().invoke(cli, ["aggregate-statements", "-f", "json", "-i", str(told), "-o", str(made)])
    assert done.exit_code == 0, done.output
    assert len(made.read_bytes().splitlines()) == len(entities(shipped))


def test_every_claim_is_a_note_in_the_words_of_its_speaker(shipped: bytes, graph: Graph) -> None:
    notes = {name: one for name, one in entities(shipped).items() if one.schema.name == "Note"}
    rows = graph.store.query(
        "PREFIX k: <https://w3id.org/conflict-kg/ontology#> SELECT ?c ?stance ?gist ?recorded WHERE {"
        " ?c a k:Claim ; k:stance ?stance ; k:gist ?gist ; k:recorded ?recorded }",
        use_default_graph_as_union=True,
    )
    told = {row["c"].value: row for row in rows}  # type: ignore[union-attr] # a SELECT
    assert set(notes) == {entity_id(iri) for iri in told}
    for iri, row in told.items():
        note = notes[entity_id(iri)]
        stance = row["stance"].value.rpartition("#")[2]
        assert note.first("description").endswith(f" said ({stance}): {row['gist'].value}")  # type: ignore[union-attr] # each has one
        assert note.first_seen == note.last_seen == row["recorded"].value.removesuffix("Z")


def test_nothing_that_anybody_denies_in_the_graph_is_a_property(shipped: bytes, graph: Graph) -> None:
    pairs = denied(graph.store)
    assert len(pairs) > 60
    assert told_as_fact(shipped, pairs) == []
    assert more_than_told(shipped, {subject for subject, _ in pairs if "/event/" in subject}) == []


def test_the_check_finds_what_is_told_as_fact() -> None:
    content = out(graph([claim("a", "person:adams", [fact("holdsOffice", "office:minister")]),
                         claim("b", "event:raid", [fact("eventType", "k:Attack"), fact("location", "place:hill")]),
                         claim("c", "place:hill", [fact("name", "High Hill")])]))  # fmt: skip
    pairs = [
        ("person:adams", expand("office:minister")),
        ("event:raid", expand("place:hill")),
        ("place:hill", "high hill"),
    ]
    assert len(told_as_fact(content, [(expand(subject), value) for subject, value in pairs])) == 3
    assert len(more_than_told(content, [expand("event:raid")])) == 2


def test_the_capture_of_shusha_that_armenia_denied_has_no_date_and_no_place(shipped: bytes) -> None:
    event = entities(shipped)["conflict-kg.event.capture-of-shusha-2020"]
    assert event.get("name") == ["Capture of Shusha, 2020 (as told)"]
    assert {prop.name for prop, _ in event.itervalues()} == {"name", "description", "keywords"}
    assert len([text for text in event.get("description") if " said (denies): Shusha is not " in text]) == 3
    assert len([text for text in event.get("description") if " said (asserts): " in text]) == 2


def test_a_name_that_a_ministry_denies_is_no_alias(shipped: bytes) -> None:
    place = entities(shipped)["conflict-kg.place.farrukh"]
    assert "Farrukh" in place.get("name")
    assert "Farux" in place.get("alias")
    assert "Furukh" not in {value for _, value in place.itervalues()}


def test_a_membership_that_is_denied_is_none(shipped: bytes) -> None:
    members = {one.first("member") for one in entities(shipped).values() if one.schema.name == "Membership"}
    assert "conflict-kg.state.belarus" in members
    assert not members & {"conflict-kg.state.georgia", "conflict-kg.state.azerbaijan"}


def test_a_tenure_keeps_who_says_so_where_and_when_as_written() -> None:
    content = out(graph([claim("a", "person:adams", [fact("holdsOffice", "office:minister")])]))
    (tenure,) = [one for one in entities(content).values() if one.schema.name == "Occupancy"]
    assert tenure.get("holder") == ["conflict-kg.person.adams"]
    assert tenure.get("post") == ["conflict-kg.office.minister"]
    assert tenure.get("description") == [
        "Ministry said (asserts): Gist of a. [Bulletin, Checkers; said 2022-09-13 [Asia/Yerevan]]"
    ]
    assert tenure.get("sourceUrl") == ["https://example.org/bulletin"]
    (date,) = tenure.get_statements("date")
    assert (date.value, date.original_value) == ("2022-09-13", "2022-09-13 [Asia/Yerevan]")
    assert (date.dataset, date.origin, date.first_seen) == ("conflict_kg_bulletin", "claim:a", "2026-11-23T10:00:00")


@pytest.mark.parametrize(
    "weaker",
    [
        {"stance": "denies"}, {"stance": "doubts"}, {"stance": "reports"}, {"stance": "promises"}, {"stance": "callsFor"},
        {"certainty": "hedged"}, {"sourcing": "partlySourced"}, {"sourcing": "unsourced"}, {"links": [("reportedIn", "z")]},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_a_flat_assertion_from_a_source_is_a_note_alone(weaker: dict[str, str]) -> None:
    other = claim("z", "person:brown", [fact("holdsOffice", "office:chief")])
    told = claim("a", "person:adams", [fact("holdsOffice", "office:minister")], **weaker)  # type: ignore[arg-type] # as listed
    of = entities(out(graph([told, other])))
    assert [one.first("holder") for one in of.values() if one.schema.name == "Occupancy"] == [
        "conflict-kg.person.brown"
    ]
    assert of["conflict-kg.claim.a"].get("entity")


@pytest.mark.parametrize("link", ["denies", "withdraws", "supersedes"])
def test_a_claim_that_another_denies_withdraws_or_supersedes_is_a_note_alone(link: str) -> None:
    told = claim("a", "person:adams", [fact("holdsOffice", "office:minister")])
    other = claim("b", "person:brown", [fact("holdsOffice", "office:chief")], links=[(link, "a")])
    of = entities(out(graph([told, other])))
    assert [one.first("holder") for one in of.values() if one.schema.name == "Occupancy"] == [
        "conflict-kg.person.brown"
    ]
    assert ("conflict-kg.claim.b", "conflict-kg.claim.a", link) in {
        (one.first("subject"), one.first("object"), one.first("role"))
        for one in of.values()
        if one.schema.name == "UnknownLink"
    }


def test_a_denied_label_gives_way_to_the_name_of_the_graph() -> None:
    of = entities(
        out(graph([claim("a", "place:hill", [fact("name", "Hill"), fact("name", "Hill too")], stance="denies")]))
    )
    hill = of["conflict-kg.place.hill"]
    assert (hill.get("name"), hill.get("full"), hill.get("alias")) == (["place:hill"], ["place:hill"], [])


def test_an_organ_has_the_country_of_its_state_unless_somebody_denies_that_it_is_one() -> None:
    plain = entities(out(graph([])))["conflict-kg.org.ministry"]
    denial = claim("a", "org:ministry", [fact("parentOrganisation", "state:north")], stance="denies")
    parted = entities(out(graph([denial])))["conflict-kg.org.ministry"]
    assert (plain.get("country"), parted.get("country")) == (["am"], [])


PARTIES = st.sampled_from(["state:north", "state:south", "org:ministry"])
PERSONS = st.sampled_from(["person:adams", "person:brown"])
CONTENT = st.one_of(
    st.tuples(PERSONS, st.sampled_from(["office:minister", "office:chief"]).map(lambda to: [fact("holdsOffice", to)])),
    st.tuples(PARTIES, st.just([fact("memberOf", "org:league")])),
    st.tuples(st.just("org:ministry"), PARTIES.map(lambda to: [fact("parentOrganisation", to)])),
    st.tuples(st.sampled_from(["place:hill", "place:ford"]), st.sampled_from(["Hill", "Ford too", "Berg"]).map(lambda to: [fact("name", to)])),
    st.tuples(
        st.sampled_from(["event:raid", "event:talks"]),
        st.lists(st.sampled_from([fact("location", "place:hill"), fact("participant", "state:north"), fact("phase", "k:ongoing")]), unique=True)
        .map(lambda facts: [fact("eventType", "k:Attack"), *facts]),
    ),
)  # fmt: skip
SLUGS = ("a", "b", "c", "d")


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    made = []
    for slug in SLUGS[: draw(st.integers(1, 4))]:
        subject, facts = draw(CONTENT)
        stance = draw(st.sampled_from(["asserts", "asserts", "denies", "doubts", "withdraws", "promises"]))
        kinds = st.sampled_from(["denies", "withdraws", "supersedes", "respondsTo"])
        others = st.sampled_from([other for other in SLUGS if other != slug])
        links = draw(st.lists(st.tuples(kinds, others), max_size=2, unique=True))
        made.append(claim(slug, subject, facts, stance=stance, links=links, speaker=draw(PARTIES)))
    return made


@example(claims=[claim("a", "place:hill", [fact("name", "Hill")], stance="denies")])
@example(
    claims=[
        claim("a", "event:raid", [fact("eventType", "k:Attack"), fact("location", "place:hill")]),
        claim("b", "event:raid", [fact("participant", "state:north")], stance="denies"),
    ]
)
@given(claims=some_claims())
def test_no_made_up_denial_lets_anything_through(claims: list[Claim]) -> None:
    quads = graph(claims)
    content, pairs = out(quads), denied(quads)
    assert told_as_fact(content, pairs) == []
    assert more_than_told(content, {subject for subject, _ in pairs if "/event/" in subject}) == []
    notes = [one for one in entities(content).values() if one.schema.name == "Note"]
    assert len(notes) == len(claims)


@given(subject=PERSONS, office=st.sampled_from(["office:minister", "office:chief"]), speaker=PARTIES)
def test_what_one_asserts_and_nobody_denies_goes_out(subject: str, office: str, speaker: str) -> None:
    of = entities(out(graph([claim("a", subject, [fact("holdsOffice", office)], speaker=speaker)])))
    (tenure,) = [one for one in of.values() if one.schema.name == "Occupancy"]
    assert (tenure.first("holder"), tenure.first("post")) == (entity_id(expand(subject)), entity_id(expand(office)))


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_quads_does_not_matter(dice: random.Random) -> None:
    quads = graph([
        claim("a", "place:hill", [fact("name", "Berg")]),
        claim("b", "place:hill", [fact("name", "Berg")], speaker="state:south"),
        claim("c", "event:raid", [fact("eventType", "k:Attack"), fact("location", "place:hill")]),
    ])  # fmt: skip
    turned = [*quads]
    dice.shuffle(turned)
    assert out(turned) == out(quads)


def test_two_claims_of_one_source_that_say_the_same_are_one_statement() -> None:
    quads = graph([claim(slug, "place:hill", [fact("name", "Berg")]) for slug in "ba"])
    (name,) = [one for one in statements(out(quads)) if one.value == "Berg"]
    assert (name.prop, name.lang, name.origin) == ("alias", "eng", "claim:a")


def test_a_compressed_file_is_the_same_each_time(tmp_path: Path) -> None:
    paths = [tmp_path / "a.statements.json.gz", tmp_path / "b.statements.json.gz"]
    for path in paths:
        FORM.save(graph([claim("a", "person:adams", [fact("holdsOffice", "office:minister")])]), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].read_bytes().startswith(b"\x1f\x8b")


def test_the_line_that_the_page_shows_is_one_that_the_library_makes(root: Path) -> None:
    page = (root / "docs/profiles.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith('{"canonical_id"')]
    (shown,) = statements(line.encode() + b"\n")
    again = io.BytesIO()
    write_statements(again, "json", [shown])
    assert again.getvalue().decode() == line + "\n"
    assert shown.id == shown.generate_key()
