"""The lists below a map: who is said to hold what, what is not on it, whose boundaries and coordinates these are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.pictures.basemap import base_map
from kg.pictures.phrases import held_words, said_phrase, verb
from kg.pictures.text import shortened

if TYPE_CHECKING:
    from kg.pictures.axis import Axis
    from kg.pictures.events import Event
    from kg.pictures.map_marks import Marks
    from kg.pictures.spots import Spot
    from kg.view import Fact, View

FACTS = 24
"""With more claims than this on whose places are, a map counts them instead of listing each."""
_MOST = 40
_WHOSE = "Whose the places are said to be"
_HELD = {"controlledBy": "held by", "claimedBy": "claimed by", "recognisedPartOf": "recognised as part of"}


def notes(
    view: View, events: tuple[Event, ...], spots: tuple[Spot, ...], marks: Marks, axis: Axis
) -> list[tuple[str, str]]:
    """Return the lists as pairs of head and text; one without a head goes on with the last."""
    labels = "Places are labelled as this graph labels them in English, states for orientation; other names are claims."
    return [
        *_holding(view, spots, marks, axis),
        *_names(view, marks),
        *_absent(events, spots, marks),
        ("About this map", base_map().caption()),
        ("", _coordinates(marks)),
        ("", f"{labels} Events of all times in this view are on it."),
    ]


def _holding(view: View, spots: tuple[Spot, ...], marks: Marks, axis: Axis) -> list[tuple[str, str]]:
    """Return a line for each claim on whose a place is, or their number."""
    ordered = sorted(spots, key=lambda spot: marks.numbers.get(spot.place, len(spots) + 1))
    told = [(spot, fact) for spot in ordered for fact in sorted(spot.holding, key=lambda fact: fact.held.bounds)]
    if len(told) > FACTS:
        places, disputed = {spot.place for spot, _ in told}, sum(fact.statement in view.disputed for _, fact in told)
        words = (
            f"{len(told):,} facts on {len(places):,} places, {disputed:,} disputed; those of one: kg draw place:NAME"
        )
        return [(_WHOSE, f"{words}. Places of which nothing else is told are not marked.")]
    lines = [f"{_number(spot, marks)} {_short(spot.label)} {_held(view, fact, axis)}" for spot, fact in told]
    return [("" if number else _WHOSE, words) for number, words in enumerate(lines)]


def _number(spot: Spot, marks: Marks) -> str:
    return f"[{marks.numbers[spot.place]}]" if spot.place in marks.numbers else "[not on the map]"


def _held(view: View, fact: Fact, axis: Axis) -> str:
    claims = view.claims_on.get(fact.statement, ())
    said = ", ".join(
        f"{_short(c.speaker_label)} {verb(c.stance)}, {said_phrase(c.said, axis)}{_source(c.source_label)}"
        for c in claims
    )
    mark = ", DISPUTED" if fact.statement in view.disputed else ""
    when = held_words("", fact.held, axis)
    return f"{_HELD[fact.predicate]} {_short(view.value_words(fact))}, {when} ({said or 'no claim in this view'}){mark}"


def _source(title: str) -> str:
    return f", in “{_short(title)}”" if title else ""


def _names(view: View, marks: Marks) -> list[tuple[str, str]]:
    """Return who calls the places on the map what, if the view says so."""
    found: dict[tuple[str, str], set[str]] = {}
    places = {spot.place: spot for spot in marks.spots}
    for fact in view.facts:
        if fact.predicate == "name" and fact.subject in places and fact.value != view.label(fact.subject):
            speakers = {_short(c.speaker_label) for c in view.claims_on.get(fact.statement, ())}
            found.setdefault((_short(view.label(fact.subject)), _short(fact.value)), set()).update(speakers)
    if len(found) > _MOST:
        words = f"{len(found):,} names are told of in this view; kg find lists those of a place."
        return [("Other names, and who uses them", words)]
    told = [
        f"{place}: {name} ({', '.join(sorted(who)) or 'nobody here'})" for (place, name), who in sorted(found.items())
    ]
    return [("Other names, and who uses them", "; ".join(told) + ".")] if told else []


def _absent(events: tuple[Event, ...], spots: tuple[Spot, ...], marks: Marks) -> list[tuple[str, str]]:
    """Return what the map does not show, or not by name; each list is whole, or its rest counted."""
    shown = {spot.place for spot in marks.spots}
    told = [spot for spot in spots if spot.place not in shown and (spot.count or marks.numbered)]
    outside = [spot for spot in told if spot.sites]
    nowhere = [spot for spot in told if not spot.sites]
    placeless = [event for event in events if not event.places]
    lists = (
        ("Outside of the frame", [_counted(spot) for spot in outside]),
        ("Without coordinates", [_counted(spot) for spot in nowhere]),
        ("Without a place", [_short(event.label) for event in placeless]),
        ("Marked, but not named for want of room", [_counted(spot) for spot in marks.unnamed]),
    )
    return [(f"{head}: {len(names):,}", _joined(names)) for head, names in lists if names]


def _counted(spot: Spot) -> str:
    parts = [f"{spot.count}"] if spot.count else []
    parts += [f"{spot.disputed} disputed"] if spot.disputed else []
    return _short(spot.label) + (f" ({', '.join(parts)})" if parts else "")


def _joined(names: list[str]) -> str:
    left = len(names) - _MOST
    return "; ".join(names[:_MOST]) + (f"; and {left:,} more" if left > 0 else "") + "."


def _coordinates(marks: Marks) -> str:
    sources = Counter(_short(spot.site.source) for spot in marks.spots if spot.site)
    several = sum(len(spot.sites) > 1 for spot in marks.spots)
    told = "; ".join(f"{name or 'not told'} ({count})" for name, count in sorted(sources.items(), key=_by_count))
    more = f" Of {several} places several sources give coordinates; one carries the mark." if several else ""
    return f"Coordinates: {told or 'none'}.{more}"


def _short(words: str) -> str:
    """Return the cleaned words, cut at some eighty signs: one name must not fill the page."""
    return shortened(words, 12, 560)


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
