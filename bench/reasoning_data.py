"""Made-up claims after the patterns of the curated graph, about things of their own, as cases and as quads.

Nothing here is drawn by chance: every choice is a hash of a number, so that the
same size gives the same bytes on every machine. Things come in stories: twenty
things of one region and a few days, told by both sides, by others and by the
outlets that pass on what ministries say. It does not derive or query.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize
from reasoning_patterns import (
    DAY,
    FOLDERS,
    MINUTE,
    PATTERNS,
    TREATIES,
    day_of,
    kind_of,
    name_of,
    order_of,
    size_of,
    within,
)
from shapes_data import drawn, skewed

from kg.claim import Case, Claim, Iri, Literal, Source, Statement, Thing, fact_order
from kg.iri import mint
from kg.quads import LANG_STRING, case_quads
from kg.vocab import K_NS, RDFS
from kg.when import Interval, Precision, Reading, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

RECORDED = datetime(2026, 11, 25, tzinfo=UTC)
OUTLETS, CHUNK = 200, 500
CLASSES = {"figure": "Figure", "place": "Place", "person": "Person", "treaty": "Treaty", "provision": "Provision"}


def write(count: int, path: Path) -> int:
    """Write so many claims, with what they need, as N-Quads; return how many quads were written."""
    quads = 0
    with path.open("wb") as file:
        for case in cases(count):
            found = dict.fromkeys(case_quads(case))
            quads += len(found)
            file.write(serialize(found, format=RdfFormat.N_QUADS) or b"")
    return quads


def cases(count: int) -> Iterator[Case]:
    """Yield so many claims in cases of a few thousand; the first has the states, ministries and outlets, too."""
    left, number, cast = count, 0, tuple(_cast())
    while left:
        claims: list[Claim] = []
        things = list(cast)
        for one in range(number, number + CHUNK):
            things += _things(one)
            claims += claims_about(one)[: max(0, left - len(claims))]
        known = tuple(("made-things", thing) for thing in things)
        yield Case(f"made-{number}", tuple(_sources(claims)), known, tuple(claims))
        left, number, cast = left - len(claims), number + CHUNK, ()


def claims_about(number: int) -> list[Claim]:
    """Return all claims about one thing, in the order in which they were made."""
    found: list[Claim] = []
    for telling in range(size_of(number)):
        found.append(_claim(number, telling, found))
    return found


def _claim(number: int, telling: int, earlier: Sequence[Claim]) -> Claim:
    seed = number * 1009 + telling
    speaker, publisher = _speaker(seed)
    # What is talked of much is talked of long.
    said_day = day_of(number) + timedelta(days=drawn(seed, 20, 3) + telling // 4)
    said = _minute(said_day + drawn(seed, 21, 1440) * MINUTE) if drawn(seed, 22, 3) == 0 else _day(said_day)
    source = mint("source", f"made-{publisher.rpartition('/')[2].removeprefix('made-')}-{said_day:%Y-%m-%d}")
    stance, links, content = _stance(seed, speaker, earlier)
    if not content:
        facts, held = PATTERNS[kind_of(number)](number, seed, speaker, said)
        facts = (*facts, *order_of(number, seed, earlier))
        content = (Statement(name_of(number), tuple(sorted(set(facts), key=fact_order)), held),)
    return Claim(
        iri=mint("claim", f"made-{number}-{telling}"),
        source=source,
        speaker=speaker,
        stance=stance,
        said=_reading(said),
        recorded=RECORDED,
        gist=f"Made-up claim {telling} about thing {number}.",
        content=content,
        held=tuple(_reading(statement.held) for statement in content),
        links=links,
        sourcing="unsourced" if drawn(seed, 23, 200) == 0 else None,
    )


def _speaker(seed: int) -> tuple[Iri, Iri]:
    """Return who speaks and whose page it stands on: outlets pass on both ministries, and speak for themselves."""
    publisher = mint("org", f"made-outlet-{skewed(seed, 24, OUTLETS)}")
    share = drawn(seed, 25, 100)
    side = "a" if share < 38 else "b" if share < 76 else "third" if share < 86 else ""
    if not side:
        return publisher, publisher
    return mint("org", f"made-{side}-{'mod' if drawn(seed, 26, 10) < 7 else 'mfa'}"), publisher


def _stance(
    seed: int, speaker: Iri, earlier: Sequence[Claim]
) -> tuple[str, tuple[tuple[str, Iri], ...], tuple[Statement, ...]]:
    """Return the stance of a claim, its links, and the content where it is that of another claim."""
    target = earlier[drawn(seed, 27, len(earlier))] if earlier else None
    share = drawn(seed, 28, 1000)
    if target and target.speaker != speaker and share < 90:
        # Half of the denials name the claim; some only doubt; most of what is met here is said again.
        links: tuple[tuple[str, Iri], ...] = (("denies", target.iri),) if share < 20 else ()
        return ("denies" if share < 30 else "doubts" if share < 35 else "asserts"), links, target.content
    own = [claim for claim in earlier if claim.speaker == speaker]
    if own and share < 130:
        return "asserts", (("withdraws" if share < 95 else "supersedes", own[-1].iri),), ()
    return ("reports" if share > 992 else "promises" if share > 982 else "asserts"), (), ()


def _day(day: datetime) -> Interval:
    return within(day, DAY, Precision.DAY)


def _minute(begin: datetime) -> Interval:
    return within(begin, MINUTE, Precision.MINUTE)


def _reading(interval: Interval) -> Reading:
    notation = f"{written(interval.begin_earliest)}/{written(interval.end_latest)}"
    return Reading(interval, notation, "UTC" if interval.precision is Precision.MINUTE else "Asia/Yerevan")


def _named(kind: str, slug: str, name: str, *marks: tuple[str, Iri]) -> Thing:
    label = (RDFS + "label", Literal(f"Made-up {slug}", LANG_STRING, "en"))
    return Thing(mint(kind, f"made-{slug}"), name, (label, *marks))


def _cast() -> Iterator[Thing]:
    for side in ("a", "b", "third"):
        yield _named("state", side, "State")
        for organ in ("mod", "mfa"):
            yield _named("org", f"{side}-{organ}", "GovernmentBody", (K_NS + "organOf", mint("state", f"made-{side}")))
    yield from (_named("org", f"outlet-{number}", "NewsOrganisation") for number in range(OUTLETS))
    yield from (_named("place", f"region-{number}", "Place") for number in range(40))
    yield from (_named("provision", f"{treaty}-2", "Provision") for treaty in range(TREATIES))


def _things(number: int) -> Iterator[Thing]:
    kind = kind_of(number)
    slug = name_of(number).rpartition("/made-")[2]
    yield _named(FOLDERS.get(kind, "event"), slug, CLASSES.get(kind, "Event"))
    if kind == "person" or number % 200 == 0:
        yield _named("office", str(number), "Office")


def _sources(claims: Sequence[Claim]) -> Iterator[Source]:
    publishers: dict[Iri, Iri] = {}
    for claim in claims:
        slug = claim.source.rpartition("/")[2]
        publishers[claim.source] = mint("org", slug[: -len("-2000-01-01")])
    for iri, publisher in sorted(publishers.items()):
        yield Source(iri, "NewsArticle", f"Made-up page {iri.rpartition('/')[2]}", publisher, language="en")
