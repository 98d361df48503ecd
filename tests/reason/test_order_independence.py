"""What is derived is a function of the claims: whatever their order, how often, and beside what was derived before."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.claim import Case, Claim, Iri, Literal, Source, Statement, Thing, fact_order
from kg.iri import compact, expand, term
from kg.keys import DECIMAL
from kg.quads import case_quads, claim_quads
from kg.reason import derive
from kg.store import DERIVED_GRAPH, canonical, in_memory
from kg.terms import concepts
from kg.vocab import RDFS, SKOS
from kg.when import FOREVER, EndKind, Interval, Mode, Precision, Reading
from tests.reason.harness import CASES, cases, derived_nodes, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)
STANCES = [*["asserts"] * 9, "denies", "denies", "doubts", "promises", "reports", "callsFor", "withdraws"]
LINKS = ["denies", "supersedes", "withdraws", "respondsTo", "reportedIn"]
SPEAKERS = [expand(name) for name in ("org:north-mod", "org:north-mfa", "org:south-mod", "org:yearbook")]
SOURCES = [expand(name) for name in ("source:article", "source:yearbook")]
EVENTS = [expand(name) for name in ("event:one", "event:two", "event:three")]
PLACES = [expand("place:district"), expand("place:town")]
STATES = [expand("state:north"), expand("state:south"), expand("state:ally")]
TREATY, PROVISION = expand("treaty:pact"), expand("provision:pact-4")
OFFICE = expand("office:speaker")
FIGURES = [expand("figure:one"), expand("figure:two")]
CLASSES = {
    "org": "Organisation", "source": "NewsArticle", "event": "Event", "place": "Place", "state": "State",
    "treaty": "Treaty", "provision": "Provision", "figure": "Figure", "office": "Office",
}  # fmt: skip
CLAIMED = ("firstClaim", "secondClaim", "derivedFrom", "accountClaim", "invokedBy", "answeredBy", "supportClaim")
"""Properties of what is derived that name the claims it rests on."""
Facts = tuple[tuple[str, Iri | Literal], ...]


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def number(value: int) -> Literal:
    return Literal(str(value), DECIMAL)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, length = draw(st.integers(-4, 4)), draw(st.integers(1, 6))
    begin, end = NOON + hours(first), NOON + hours(first + length)
    precision = draw(st.sampled_from([Precision.SECOND, Precision.MINUTE, Precision.DAY]))
    match draw(st.sampled_from(["exact", "within", "within", "open", "loose"])):
        case "exact":
            return Interval(begin, begin, end, end, precision=precision)
        case "within":
            return Interval(begin, end, begin, end, Mode.WITHIN, precision=precision)
        case "open":
            return Interval(begin, begin, end, FOREVER, end_kind=EndKind.OPEN, precision=precision)
    return Interval(begin, end, begin, end + hours(1), precision=precision)


def facts(*pairs: tuple[str, st.SearchStrategy[Iri | Literal]]) -> st.SearchStrategy[Facts]:
    """Draw some of the given facts, at least one."""
    each = [st.tuples(st.just(name), values) for name, values in pairs]
    chosen = st.lists(st.one_of(each), min_size=1, max_size=4, unique=True)
    return chosen.map(lambda found: tuple(sorted(found, key=fact_order)))


def concept(*names: str) -> st.SearchStrategy[Iri | Literal]:
    return st.sampled_from([term(name) for name in names])


def one_of(iris: Sequence[Iri]) -> st.SearchStrategy[Iri | Literal]:
    return st.sampled_from(iris)


events, places, agents = one_of(EVENTS), one_of(PLACES), one_of([*STATES, *SPEAKERS[:3]])
kinds = st.tuples(st.just("eventType"), concept("Shelling", "Attack", "Ceasefire", "Meeting"))
told: st.SearchStrategy[Facts] = st.builds(
    lambda kind, more: tuple(sorted({kind, *more}, key=fact_order)),
    kinds,
    facts(("perpetrator", agents), ("participant", agents), ("target", agents), ("location", places)),
)
aspects = facts(
    ("intensity", concept("calm", "intense")), ("initiatedBy", agents), ("brokeredBy", agents),
    ("saidToHaveHeld", concept("held", "broken")), ("assessedAs", concept("lawful", "unlawful")),
)  # fmt: skip
ordered = facts(
    ("startsAfter", events), ("startsAfterEndOf", events), ("endsBefore", events), ("respondsToEvent", events),
    ("causedBy", events), ("startsWithinHours", st.integers(1, 5).map(number)),
    ("clockTime", st.sampled_from([Literal("14:00[Asia/Yerevan]"), Literal("22:00/06:00[Asia/Yerevan]")])),
)  # fmt: skip
Content = tuple[st.SearchStrategy[Iri], st.SearchStrategy[Facts]]
an_event, the_event = st.sampled_from(EVENTS), st.just(EVENTS[0])
tale: Content = (the_event, told)
joined: Content = (st.sampled_from(EVENTS[1:]), facts(("sameEventAs", st.just(EVENTS[0]))))
# Sets of claims about one matter each, since two drawn from all that can be said would seldom meet.
THEMES: dict[str, list[Content]] = {
    "one event": [
        tale,
        tale,
        (the_event, aspects),
        joined,
        (st.just(PLACES[1]), facts(("within", st.just(PLACES[0])))),
    ],
    "ceasefire": [
        (an_event, told),
        (an_event, told),
        (the_event, facts(("saidToHaveHeld", concept("held", "broken")))),
    ],
    "orders": [(an_event, ordered), (an_event, ordered), (an_event, told), joined],
    "figures": [
        (
            st.sampled_from(FIGURES),
            st.builds(
                lambda number, more: tuple(sorted({number, *more}, key=fact_order)),
                st.tuples(st.sampled_from(["amount", "atLeast", "atMost"]), st.integers(1, 4).map(number)),
                facts(
                    ("measure", concept("killed", "duration")),
                    ("countedIn", one_of(EVENTS[:2])),
                    ("countedAt", places),
                    ("countedAmong", concept("civilians", "everyone")),
                    ("unitOfMeasure", concept("hours")),
                ),
            ),
        ),
        tale,
        joined,
    ],
    "treaty": [
        (st.just(TREATY), facts(("party", one_of(STATES)), ("withdrawn", one_of(STATES)))),
        (st.just(TREATY), facts(("party", one_of(STATES)), ("treatyStatus", concept("inForce", "signed")))),
        (st.just(TREATY), st.just((("party", STATES[1]), ("party", STATES[2]), ("provision", PROVISION)))),
        (
            st.just(PROVISION),
            st.just((("obliges", term("collectiveDefence")), ("triggeredBy", term("Attack")))),
        ),
        (the_event, st.just((("eventType", term("Attack")), ("perpetrator", STATES[0]), ("target", STATES[1])))),
        (st.just(EVENTS[1]), st.just((("invoker", STATES[1]), ("invokes", PROVISION), ("respondsToEvent", EVENTS[0])))),
        (st.just(EVENTS[2]), st.just((("answers", EVENTS[1]),))),
    ],
    "places": [
        (st.just(PLACES[1]), facts(("controlledBy", agents), ("recognisedPartOf", one_of(STATES)))),
        (st.sampled_from(SPEAKERS), facts(("holdsOffice", st.just(OFFICE)))),
    ],
}


@st.composite
def claims(draw: st.DrawFn, at: int, pool: Sequence[Statement], size: int) -> Claim:
    others = [Iri(expand(f"claim:made-up-{other}")) for other in range(size) if other != at]
    link = st.tuples(st.sampled_from(LINKS), st.sampled_from(others))
    content = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    return Claim(
        expand(f"claim:made-up-{at}"), draw(st.sampled_from(SOURCES)), draw(st.sampled_from(SPEAKERS)),
        draw(st.sampled_from(STANCES)), Reading(draw(intervals()), "made up", "Asia/Yerevan"), NOON + hours(48),
        "Made up.", content=tuple(content), held=tuple(Reading(one.held, "made up", "UTC") for one in content),
        sourcing=draw(st.sampled_from([*[None] * 7, "unsourced"])),
        links=tuple(draw(st.lists(link, max_size=1))) if draw(st.booleans()) else (),
    )  # fmt: skip


@st.composite
def made_up(draw: st.DrawFn) -> list[Claim]:
    contents = THEMES[draw(st.sampled_from(sorted(THEMES)))]
    # Each kind of content once at least, and some again.
    kinds = [*contents, *draw(st.lists(st.sampled_from(contents), max_size=4))]
    pool = [Statement(draw(subject), draw(content), draw(intervals())) for subject, content in kinds]
    size = draw(st.integers(4, 8))
    return [draw(claims(at, pool, size)) for at in range(size)]


def background() -> list[Quad]:
    """Return what does not depend on the claims: things, sources, and which concept is narrower than which."""
    named = [*SPEAKERS, *EVENTS, *PLACES, *STATES, *FIGURES, TREATY, PROVISION, OFFICE]
    organs = {SPEAKERS[0]: STATES[0], SPEAKERS[1]: STATES[0], SPEAKERS[2]: STATES[1]}
    found = []
    for iri in named:
        label: Facts = ((RDFS + "label", Literal(compact(iri))),)
        marks = (*label, (term("organOf"), organs[iri])) if iri in organs else label
        found.append(("things", Thing(iri, CLASSES[compact(iri).partition(":")[0]], marks)))
    printed = (
        Source(SOURCES[0], "NewsArticle", "Article", SPEAKERS[0]),
        Source(SOURCES[1], "ReferenceWork", "Yearbook", SPEAKERS[3]),
    )
    broader = in_memory(()).quads_for_pattern(None, NamedNode(SKOS + "broader"), None)
    return [*case_quads(Case("made-up", printed, tuple(found), ())), *broader]


BACKGROUND = background()


def quads_of(found: Iterable[Claim]) -> list[Quad]:
    return [*BACKGROUND, *(quad for claim in found for quad in claim_quads(claim))]


def stored(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def derived(found: Iterable[Claim]) -> list[dict[str, set[str]]]:
    return list(derived_nodes(stored(quads_of(found))).values())


@given(made_up(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_in_which_quads_were_added_changes_nothing(found: list[Claim], dice: object) -> None:
    quads = quads_of(found)
    expected = set(derive(stored(quads)))
    dice.shuffle(quads)  # type: ignore[attr-defined] # hypothesis's random
    assert set(derive(stored(quads))) == expected


@given(made_up())
@settings(max_examples=60)
def test_deriving_beside_what_was_derived_before_gives_the_same(found: list[Claim]) -> None:
    store = stored(quads_of(found))
    expected = set(derive(store))
    store.extend(expected)
    assert set(derive(store)) == expected


@given(made_up())
@settings(max_examples=60)
def test_deriving_reads_the_claims_and_writes_only_to_a_graph_of_its_own(found: list[Claim]) -> None:
    store = stored(quads_of(found))
    before = set(store)
    assert {quad.graph_name for quad in derive(store)} <= {NamedNode(DERIVED_GRAPH)}
    assert set(store) == before


@given(made_up())
@settings(max_examples=60)
def test_all_that_is_derived_names_one_rule_and_claims_that_are_there(found: list[Claim]) -> None:
    there = {claim.iri for claim in found}
    rules = {term(name) for name, one in concepts().items() if one.scheme == "rules"}
    for node in derived(found):
        named = {claim for name in CLAIMED for claim in node[name]}
        assert len(node["byRule"]) == 1
        assert node["byRule"] <= rules
        assert named
        assert named <= there


@given(made_up())
@settings(max_examples=60)
def test_all_that_is_derived_is_of_one_kind_and_of_one_certainty(found: list[Claim]) -> None:
    single = ("contradictionKind", "derivedCertainty", "lookalikeReason", "firstStatement", "secondStatement",
              "commonTime", "tightenedTo", "dutyState", "knowledgeCount", "outletCount", "independentCount",
              "answeredAfterAtLeast", "answeredAfterAtMost")  # fmt: skip
    for node in derived(found):
        assert len(node["type"]) == 1
        assert {name: node[name] for name in single if len(node[name]) > 1} == {}


def taken_back(found: Sequence[Claim]) -> set[str]:
    """Return the claims that their own speaker withdrew or superseded, and those that nothing in a source carries."""
    speakers = {claim.iri: claim.speaker for claim in found}
    links = [(claim, name, target) for claim in found for name, target in claim.links]
    back = {t for one, name, t in links if name in {"withdraws", "supersedes"} and speakers.get(t) == one.speaker}
    return back | {claim.iri for claim in found if claim.sourcing == "unsourced"}


@given(made_up())
@settings(max_examples=80)
def test_nothing_but_a_lookalike_rests_on_a_claim_that_was_taken_back(found: list[Claim]) -> None:
    for node in derived(found):
        if term("Lookalike") not in node["type"]:
            assert not {claim for name in CLAIMED for claim in node[name]} & taken_back(found)


@given(made_up())
@settings(max_examples=60)
def test_a_claim_that_only_reports_or_calls_for_contradicts_nobody(found: list[Claim]) -> None:
    silent = {claim.iri for claim in found if claim.stance in {"reports", "callsFor", "withdraws"}}
    for node in derived(found):
        sides = [side & silent for side in (node["firstClaim"], node["secondClaim"])]
        # It can itself be denied by name.
        assert not any(sides) or (term("denialOfClaim") in node["byRule"] and not all(sides))


SCRIPT = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat, Store
from kg.reason import derive
from kg.store import canonical
for path in sorted(Path(sys.argv[1]).iterdir(), key=lambda path: path.stem):
    store = Store()
    store.load(path=str(path), format=RdfFormat.N_QUADS)
    sys.stdout.buffer.write(canonical(derive(store)))
"""


@pytest.mark.parametrize("name", ["ceasefire", "order"])
def test_what_is_derived_is_the_same_bytes_in_every_process(name: str, tmp_path: Path) -> None:
    expected = b""
    for case in sorted(cases(CASES / f"{name}.yaml"), key=lambda one: one.name)[:6]:
        store = store_of(case)
        store.dump(str(tmp_path / f"{case.name}.nq"), format=RdfFormat.N_QUADS)
        expected += canonical(derive(store))
    assert b"Contradiction" in expected
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
        assert subprocess.run(command, env=environment, check=True, capture_output=True).stdout == expected
