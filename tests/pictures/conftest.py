"""A small realistic view in our own words, and one whose every text is hostile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kg.view import Fact, Said, Site, Thing, View
from kg.when.model import BEGINNING, FOREVER, EndKind, Interval, Mode, Precision

BASE = "https://w3id.org/conflict-kg/"
SPEAKERS = {
    "org/armenia-mod": "Ministry of Defence of Armenia",
    "org/azerbaijan-mod": "Ministry of Defence of Azerbaijan",
    "org/russia-mfa": "Ministry of Foreign Affairs of Russia",
    "org/armenia-government": "Government of Armenia",
    "org/the-article": "The article itself",
}
THINGS = {
    "state/armenia": "Armenia",
    "state/azerbaijan": "Azerbaijan",
    "state/russia": "Russia",
    "place/goris": "Goris",
    "place/jermuk": "Jermuk",
    "place/sotk": "Sotk",
    "place/verin-shorzha": "Verin Shorzha",
    "place/kalbajar": "Kalbajar",
    "place/lachin": "Lachin",
    "place/dashkasan": "Dashkasan",
    "event/shelling-first-night": "Shelling of the first night",
    "event/shelling-second-morning": "Shelling of the second morning",
    "event/sabotage": "Sabotage across the border",
    "event/response": "Response of units in place",
    "event/crossing": "Crossing of Monday night",
    "event/truce": "Truce of Tuesday",
    "event/flare-ups": "Flare-ups since the war",
    "treaty/friendship-1997": "Treaty of friendship",
    "concept/artillery": "artillery",
}
HOSTILE = (
    "</script><script>window.hurt = 1</script>",
    '"><img src=x onerror="window.hurt = 1">',
    "see href=javascript:window.hurt=1 <b>bold</b>",
    "${window.hurt = 1}{{ 7 * 7 }}{% raw %}",
    "]]> <!-- -->",
    "\u202edesrever\u202c \u2066x\u2069",
    "nul\x00 bell\x07 esc\x1b \ufffe",
    "long " * 2000,
    "__proto__",
    "constructor",
    "\u2028line\u2029 & 'quoted'",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "+1-1 | two",
)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 9, day, hour, minute, tzinfo=UTC)


def throughout(begin: datetime, end: datetime) -> Interval:
    return Interval(begin, begin, end, end)


def within(begin: datetime, end: datetime) -> Interval:
    return Interval(begin, end, begin, end, mode=Mode.WITHIN)


def still(begin: datetime, begin_latest: datetime, said: datetime) -> Interval:
    return Interval(begin, begin_latest, said, FOREVER, end_kind=EndKind.OPEN)


def at(moment: datetime) -> Interval:
    return Interval.around(moment, precision=Precision.MINUTE)


HELD = {
    "first-night": still(utc(12, 20, 5), utc(12, 20, 5), utc(12, 22)),
    "sabotage": within(utc(12, 14), utc(12, 20, 30)),
    "response": still(utc(12, 20), utc(12, 22, 30), utc(12, 22, 40)),
    "crossing": within(utc(12, 14), utc(13, 2)),
    "call": Interval(BEGINNING, FOREVER, BEGINNING, FOREVER, begin_kind=EndKind.UNKNOWN, end_kind=EndKind.UNKNOWN),
    "truce": Interval(utc(13, 6), utc(13, 6), utc(13, 6, 1), FOREVER, end_kind=EndKind.UNKNOWN),
    "ongoing": still(utc(13, 6), utc(14, 4), utc(14, 4, 1)),
    "artillery": still(utc(13, 20), utc(14, 4), utc(14, 5)),
    "calmer": still(utc(13, 6), utc(14, 3), utc(14, 5)),
    "targets": throughout(utc(12, 20, 5), utc(14, 5)),
    "flare-ups": still(
        datetime(2020, 11, 9, 21, tzinfo=UTC),
        datetime(2020, 11, 10, 20, tzinfo=UTC),
        datetime(2022, 9, 14, 12, tzinfo=UTC),
    ),
    "treaty": still(
        datetime(1997, 8, 28, 20, tzinfo=UTC),
        datetime(1997, 8, 29, 20, tzinfo=UTC),
        datetime(2022, 9, 14, 12, tzinfo=UTC),
    ),
}
FACTS = (
    ("first-night", "event/shelling-first-night", "location", "place/goris"),
    ("first-night", "event/shelling-first-night", "location", "place/jermuk"),
    ("first-night", "event/shelling-first-night", "location", "place/sotk"),
    ("first-night", "event/shelling-first-night", "perpetrator", "state/azerbaijan"),
    ("sabotage", "event/sabotage", "perpetrator", "state/armenia"),
    ("sabotage", "event/sabotage", "location", "place/dashkasan"),
    ("sabotage", "event/sabotage", "location", "place/kalbajar"),
    ("sabotage", "event/sabotage", "location", "place/lachin"),
    ("response", "event/response", "perpetrator", "state/azerbaijan"),
    ("response", "event/response", "location", "place/kalbajar"),
    ("response", "event/response", "location", "place/lachin"),
    ("crossing", "event/crossing", "perpetrator", "state/azerbaijan"),
    ("crossing", "event/crossing", "location", "state/armenia"),
    ("call", "state/armenia", "invokes", "treaty/friendship-1997"),
    ("truce", "event/truce", "mediator", "state/russia"),
    ("truce", "event/truce", "party", "state/armenia"),
    ("truce", "event/truce", "party", "state/azerbaijan"),
    ("ongoing", "event/shelling-second-morning", "perpetrator", "state/azerbaijan"),
    ("artillery", "event/shelling-second-morning", "location", "place/jermuk"),
    ("artillery", "event/shelling-second-morning", "location", "place/verin-shorzha"),
    ("artillery", "event/shelling-second-morning", "means", "concept/artillery"),
    ("calmer", "state/azerbaijan", "fighting", "less along most of the line"),
    ("targets", "event/shelling-first-night", "target", "civilian"),
    ("targets", "event/shelling-first-night", "target", "military"),
    ("flare-ups", "event/flare-ups", "party", "state/armenia"),
    ("flare-ups", "event/flare-ups", "party", "state/azerbaijan"),
    ("treaty", "state/armenia", "partyTo", "treaty/friendship-1997"),
    ("treaty", "state/russia", "partyTo", "treaty/friendship-1997"),
)


def fact(name: str, subject: str, predicate: str, value: str) -> Fact:
    thing = value in THINGS
    return Fact(BASE + f"st/{name}", BASE + subject, predicate, BASE + value if thing else value, thing, HELD[name])


def claim(number: int, speaker: str, stance: str, said: Interval, gist: str, **more: object) -> Said:
    names = more.pop("on", ())
    denied = more.pop("denied", ())
    assert isinstance(names, tuple)
    assert isinstance(denied, tuple)
    words = {key: str(value) for key, value in more.items()}
    return Said(
        claim=BASE + f"claim/article-{number:02}",
        speaker=BASE + speaker,
        speaker_label=SPEAKERS[speaker],
        stance=stance,
        said=said,
        gist=gist,
        statements=tuple(BASE + f"st/{name}" for name in names),
        denies=tuple(BASE + f"claim/article-{n:02}" for n in denied),
        held_as_written=words.get("held_words"),
        said_as_written=words.get("said_words"),
        zone_as_written=words.get("zone"),
        source=BASE + "source/article",
        passages=((number * 100, number * 100 + 80),),
    )


ARTICLE = throughout(utc(14, 4, 1), utc(14, 20))
CLAIMS = (
    claim(
        1, "org/azerbaijan-mod", "asserts", within(utc(12, 20), utc(12, 22)),
        "Armenian forces carried out sabotage towards Dashkasan, Kalbajar and Lachin.", on=("sabotage",),
    ),
    claim(
        2, "org/armenia-mod", "reports", within(utc(12, 20, 10), utc(12, 23)),
        "Artillery, mortars and drones began to strike Goris, Sotk and Jermuk five minutes after midnight.",
        on=("first-night",), held_words="at 0005 local time", zone="GMT +4",
    ),
    claim(
        3, "org/azerbaijan-mod", "asserts", at(utc(12, 22, 40)),
        "Units stationed there are answering decisively, to keep soldiers and workers in Kalbajar and Lachin safe.",
        on=("response",),
    ),
    claim(
        4, "org/armenia-government", "denies", within(utc(13, 1), utc(13, 9)),
        "The talk of Armenian sabotage is one more invention.", on=("sabotage",), denied=(1,),
    ),
    claim(
        5, "org/armenia-government", "asserts", within(utc(13, 1), utc(13, 14)),
        "Recordings show Azerbaijani soldiers entering Armenian territory during the night to Tuesday.",
        on=("crossing",), held_words="Monday night",
    ),
    claim(
        6, "org/armenia-government", "callsFor", within(utc(13, 2), utc(13, 8)),
        "Russia should do what the treaty of friendship obliges it to do.", on=("call",),
    ),
    claim(
        7, "org/russia-mfa", "asserts", at(utc(13, 6)),
        "A truce that Russia negotiated is in force from nine in the morning, Moscow time.",
        on=("truce",), held_words="at 0900 Moscow Time", zone="Europe/Moscow",
    ),
    claim(
        8, "org/armenia-mod", "denies", at(utc(14, 4)),
        "No truce holds: the attacks went on until eight in the morning.",
        on=("truce",), denied=(7,), held_words="as of 0800 local time", zone="Asia/Yerevan",
    ),
    claim(9, "org/armenia-mod", "asserts", at(utc(14, 4)), "The attacks are still going on.", on=("ongoing",)),
    claim(
        10, "org/armenia-mod", "asserts", at(utc(14, 5)),
        "Guns still fire on Jermuk and Verin Shorzha, though most of the line is calmer.", on=("artillery", "calmer"),
    ),
    claim(
        11, "org/armenia-mod", "asserts", at(utc(14, 5)),
        "What is hit is civilian as well as military.", on=("targets",),
    ),
    claim(
        12, "org/azerbaijan-mod", "denies", within(utc(14, 6), utc(14, 12)),
        "Nothing civilian is aimed at.", on=("targets",), denied=(11,),
    ),
    claim(
        13, "org/the-article", "asserts", ARTICLE,
        "Fighting has flared up again and again since the war of 2020 ended.", on=("flare-ups",),
    ),
    claim(
        14, "org/the-article", "asserts", ARTICLE,
        "Armenia and Russia are bound by a treaty of friendship, cooperation and mutual help.", on=("treaty",),
    ),
)  # fmt: skip


def small_view() -> View:
    things = [Thing(BASE + iri, label, iri.partition("/")[0]) for iri, label in THINGS.items()]
    things += [Thing(BASE + iri, label, "org") for iri, label in SPEAKERS.items()]
    return View("Three days in September 2022", tuple(things), tuple(fact(*f) for f in FACTS), CLAIMS)


def hostile_view() -> View:
    """Return a view in which every text that a source can reach is one of the hostile ones."""
    held = throughout(utc(12, 20), utc(13, 20))
    things = [Thing(f"{BASE}event/{n}", text, text[:40]) for n, text in enumerate(HOSTILE)]
    things += [Thing("__proto__", "an odd name", "event")]
    iris = [thing.iri for thing in things]
    facts = [
        *(Fact(f"{BASE}st/{n}", iris[n], "party", iris[(n + 1) % len(iris)], True, held) for n in range(len(iris))),  # noqa: FBT003
        *(Fact(f"{BASE}st/{n}", iris[n], text[:30], text, False, held) for n, text in enumerate(HOSTILE)),  # noqa: FBT003
    ]
    claims = [
        Said(
            claim=f"{BASE}claim/{n}", speaker=f"{BASE}org/{n % 3}", speaker_label=HOSTILE[n % 3],
            stance="denies" if n % 4 == 1 else "asserts",
            said=at(utc(13, n)), gist=text, statements=(f"{BASE}st/{n}",),
            denies=(f"{BASE}claim/{n - 1}",) if n % 4 == 1 else (),
            held_as_written=text, said_as_written=text, zone_as_written=text, source=text, note=text,
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return View(HOSTILE[0] + HOSTILE[1], tuple(things), tuple(facts), tuple(claims))


SITES = {
    "place/goris": (46.3417, 39.5111),
    "place/jermuk": (45.6711, 39.8395),
    "place/sotk": (45.8695, 40.2001),
    "place/kalbajar": (46.0445, 40.1098),
    "place/lachin": (46.5498, 39.6374),
    "place/moscow": (37.6156, 55.7522),
}


def mapped_view() -> View:
    """Return the small view with coordinates, claims on whose a place is and how it is called, and places off the map."""
    view = small_view()
    moscow, road = (
        Thing(BASE + "place/moscow", "Moscow", "place"),
        Thing(BASE + "place/road", "Road to Lachin", "place"),
    )
    site = [
        Site(BASE + place, BASE + f"geometry/{n}", (point,), "gazetteerPoint", "A gazetteer")
        for n, (place, point) in enumerate(SITES.items())
    ]
    lines = [
        Site(
            road.iri,
            BASE + "geometry/road",
            ((46.34, 39.51), (46.45, 39.6), (46.55, 39.64)),
            "connectingLine",
            "The curators",
        ),
        Site(BASE + "place/lachin", BASE + "geometry/lachin-2", ((46.56, 39.65),), "approximatePoint", "The curators"),
    ]
    held = still(utc(1, 0), utc(2, 0), utc(14, 4))
    more = [
        Fact(BASE + "st/truce", BASE + "event/truce", "location", moscow.iri, True, HELD["truce"]),  # noqa: FBT003
        Fact(BASE + "st/road", BASE + "event/flare-ups", "location", road.iri, True, HELD["flare-ups"]),  # noqa: FBT003
        Fact(BASE + "st/holds", BASE + "place/lachin", "controlledBy", BASE + "state/azerbaijan", True, held),  # noqa: FBT003
        Fact(BASE + "st/called", BASE + "place/jermuk", "name", "Istisu", False, held),  # noqa: FBT003
    ]
    said = at(utc(13, 12))
    claims = [
        Said(
            BASE + "claim/holds",
            BASE + "org/azerbaijan-mod",
            SPEAKERS["org/azerbaijan-mod"],
            "asserts",
            said,
            "It is held.",
            (BASE + "st/holds",),
            source_label="A bulletin",
        ),
        Said(
            BASE + "claim/holds-not",
            BASE + "org/armenia-mod",
            SPEAKERS["org/armenia-mod"],
            "denies",
            said,
            "It is not.",
            (BASE + "st/holds",),
            (BASE + "claim/holds",),
            source_label="A report",
        ),
        Said(
            BASE + "claim/called",
            BASE + "org/azerbaijan-mod",
            SPEAKERS["org/azerbaijan-mod"],
            "asserts",
            said,
            "So called.",
            (BASE + "st/called",),
            source_label="A bulletin",
        ),
    ]
    return View(
        view.title, (*view.things, moscow, road), (*view.facts, *more), (*view.claims, *claims), (*site, *lines)
    )


def hostile_map_view() -> View:
    """Return a view with events, places, names and holders, all labelled by the hostile texts."""
    held = still(utc(12, 20), utc(12, 22), utc(13, 20))
    things = [
        Thing(f"{BASE}{kind}/{n}", text, kind) for kind in ("event", "place", "org") for n, text in enumerate(HOSTILE)
    ]
    facts = [
        fact
        for n, text in enumerate(HOSTILE)
        for fact in (
            Fact(f"{BASE}st/a{n}", f"{BASE}event/{n}", "location", f"{BASE}place/{n}", True, held),  # noqa: FBT003
            Fact(f"{BASE}st/b{n}", f"{BASE}place/{n}", "controlledBy", f"{BASE}org/{n}", True, held),  # noqa: FBT003
            Fact(f"{BASE}st/c{n}", f"{BASE}place/{n}", "name", text, False, held),  # noqa: FBT003
        )
    ]
    claims = [
        Said(
            f"{BASE}claim/{n}", f"{BASE}org/{n}", text, "denies" if n % 4 == 1 else "asserts", at(utc(13, n)), text,
            tuple(f"{BASE}st/{letter}{n}" for letter in "abc"), source=text, source_label=text, note=text,
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    sites = [
        Site(f"{BASE}place/{n}", f"{BASE}geometry/{n}", ((45.0 + n / 8, 39.5 + n / 16),), "gazetteerPoint", text)
        for n, text in enumerate(HOSTILE[:-2])
    ]
    return View(HOSTILE[1], tuple(things), tuple(facts), tuple(claims), tuple(sites))


@pytest.fixture(name="mapped")
def _mapped() -> View:
    return mapped_view()


@pytest.fixture(name="hostile_map")
def _hostile_map() -> View:
    return hostile_map_view()


@pytest.fixture(name="view")
def _view() -> View:
    return small_view()


@pytest.fixture(name="hostile")
def _hostile() -> View:
    return hostile_view()
