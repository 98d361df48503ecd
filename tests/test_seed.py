"""The seed article, as issue 2 asks for it: hours, days, denials, perspectives."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kg import recall
from kg.api import cut
from kg.iri import expand
from kg.pictures import draw

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph
    from kg.claim import Claim

K = "PREFIX k: <https://w3id.org/conflict-kg/ontology#> PREFIX event: <https://w3id.org/conflict-kg/event/> "
SABOTAGE = K + "SELECT ?who WHERE { event:sabotage-2022-09-12 k:perpetrator ?who }"
CEASEFIRE = K + "SELECT ?by WHERE { event:ceasefire-2022-09-13 k:brokeredBy ?by }"


def seed_claims(graph: Graph) -> dict[str, Claim]:
    stem = expand("claim:seed-article-0").removesuffix("0")
    return {c.iri.removeprefix(stem): c for c in recall.claims(graph.store) if c.iri.startswith(stem)}


def test_first_report_at_0005_in_yerevan_is_monday_evening_in_utc(graph: Graph) -> None:
    held = seed_claims(graph)["153-1"].content[0].held
    assert held.begin_latest == datetime(2022, 9, 12, 20, 5, tzinfo=UTC)
    assert held.begin_latest.strftime("%A") == "Monday"
    assert held.begin_latest.astimezone(ZoneInfo("Asia/Yerevan")).strftime("%A %H:%M") == "Tuesday 00:05"


def test_as_of_0800_is_the_fourteenth(graph: Graph) -> None:
    claim = seed_claims(graph)["0-2"]
    assert claim.content[0].held.end_earliest == datetime(2022, 9, 14, 4, tzinfo=UTC)
    assert "0800" in (claim.held[0].words or "")


def test_the_ceasefire_hour_is_0600_utc(graph: Graph) -> None:
    held = seed_claims(graph)["2463-1"].content[0].held
    assert held.begin_earliest == held.begin_latest == datetime(2022, 9, 13, 6, tzinfo=UTC)


def test_monday_night_lies_on_both_sides_of_0005(graph: Graph) -> None:
    held = seed_claims(graph)["1983-1"].content[1].held
    others = [s.held for s in seed_claims(graph)["1983-1"].content]
    first_report = datetime(2022, 9, 12, 20, 5, tzinfo=UTC)
    assert any(h.begin_earliest < first_report < h.end_latest for h in [held, *others])


def test_certain_and_possible_differ_at_0500_utc_on_the_thirteenth(graph: Graph) -> None:
    query = K + "SELECT DISTINCT ?event WHERE { ?event a k:Event ; k:eventType ?type }"
    found = {
        certainty: {row["event"] for row in graph.slice(at="2022-09-13T05:00Z", certainty=certainty).rows(query)}
        for certainty in ("certain", "possible")
    }
    told_elsewhere = {"advance-2022-09", "ceasefire-2022-09-13-0900-baku", "clashes-2022-09", "displacement-2022-09"}
    assert found["certain"] == {"event:attacks-2022-09-13", *(f"event:{name}" for name in told_elsewhere)}
    assert found["certain"] < found["possible"]
    assert "event:appeal-to-russia-2022-09-13" in found["possible"]
    assert "event:ceasefire-2022-09-13" not in found["possible"]


def test_a_reader_at_0930_in_yerevan_knows_of_no_ceasefire(graph: Graph) -> None:
    for certainty in ("certain", "possible"):
        before = graph.slice(as_known="2022-09-13T09:30[Asia/Yerevan]", certainty=certainty)
        after = graph.slice(as_known="2022-09-13T10:01[Asia/Yerevan]", certainty=certainty)
        assert before.rows(CEASEFIRE) == []
        assert after.rows(CEASEFIRE) == [{"by": "state:russia"}]


def test_the_sabotage_claim_stands_beside_its_denial(graph: Graph) -> None:
    assert graph.slice().rows(SABOTAGE) == [{"who": "state:armenia"}]
    answers = {(row["denier"], row["deniedSpeaker"]) for row in _rows(graph, "who-denied-what")}
    assert ("org:armenia-government", "state:azerbaijan") in answers


def test_the_two_sides_slices_disagree_about_the_sabotage(graph: Graph) -> None:
    assert graph.slice(according_to="state:azerbaijan").rows(SABOTAGE) == [{"who": "state:armenia"}]
    assert graph.slice(according_to="state:armenia").rows(SABOTAGE) == []
    both = graph.slice(according_to=["state:armenia", "state:azerbaijan"])
    assert both.rows(SABOTAGE) == [{"who": "state:armenia"}]


def test_the_paragraph_printed_twice_is_one_claim_with_two_passages(graph: Graph) -> None:
    claim = seed_claims(graph)["985-1"]
    assert [(p.start, p.end) for p in claim.passages] == [(985, 1394), (1430, 1839)]
    assert len({p.sha256 for p in claim.passages}) == 1


def test_every_passage_reproduces_the_text_of_the_article(graph: Graph, shared: Path) -> None:
    data = (shared / "seed" / "article.txt").read_bytes()
    text = data.decode()
    passages = [passage for claim in seed_claims(graph).values() for passage in claim.passages]
    assert len(passages) >= 17
    for passage in passages:
        assert hashlib.sha256(text[passage.start : passage.end].encode()).hexdigest() == passage.sha256
    parts = [passage for passage in passages if (passage.start, passage.end) != (0, len(text))]
    covered = {index for passage in parts for index in range(passage.start, passage.end)}
    starts = {line: text.index(line) for line in text.splitlines()}
    left_out = [line for line, start in starts.items() if not covered & set(range(start, start + len(line)))]
    assert left_out == ["Ministry of Defense of Azerbaijan"]


def test_what_the_prime_minister_calls_for_is_not_a_fact_of_any_slice(graph: Graph) -> None:
    query = K + "SELECT ?e WHERE { ?e k:answers event:appeal-to-russia-2022-09-13 }"
    assert graph.slice().rows(query) == []
    assert graph.slice(stances=("callsFor",)).rows(query) == [{"e": "event:russian-help-2022-09"}]


def test_organs_speak_for_their_state_unless_told_otherwise(graph: Graph) -> None:
    query = K + "SELECT ?m WHERE { event:shelling-jermuk-verin-shorzha-2022-09-14 k:means ?m }"
    found = {row["m"] for row in graph.slice(according_to="state:armenia").rows(query)}
    assert found == {"k:artillery", "k:largeCalibre", "k:mortar"}
    assert graph.slice(cut(according_to="state:armenia", organs=False)).rows(query) == []


def test_the_picture_in_the_readme_is_that_of_the_graph(graph: Graph, root: Path) -> None:
    view = graph.view(title="What was said, 12 to 14 September 2022", only=graph.names_of("source:seed-article"))
    drawn = draw(view, "svg", zone="Asia/Yerevan")
    assert (root / "docs" / "seed-article.svg").read_text(encoding="utf-8") == drawn, "run: make generate"


def _rows(graph: Graph, name: str) -> list[dict[str, str]]:
    from kg.api import dicts

    return dicts(graph.ask(name))
