"""The list of the explorer as HTML: every entry, claim and, while it fits, every fact, for whoever runs no script.

The script reads labels and sentences from here too. Ends of elements that HTML
lets one leave out are left out: with 40,000 claims they are a megabyte.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.pictures.axis import is_bound
from kg.pictures.events import EVENT
from kg.pictures.phrases import held_phrase, said_phrase, verb
from kg.pictures.rows import is_disputed, quoted
from kg.pictures.text import clean, escaped
from kg.when.model import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.pictures.axis import Axis
    from kg.pictures.explorer.entries import Entry
    from kg.view import Fact, Said, View

FULL = 1_200
"""Up to so many claims, facts and passages stand in the list too."""
_DAYS = 400
"""Up to so many entries stand under days, beyond under months, beyond _MONTHS under years."""
_MONTHS = 2_000
_MARK = "<mark>◆ disputed</mark>"
_SHORT_MARK = "<mark>◆</mark>"


def listing(view: View, entries: Sequence[Entry], axis: Axis) -> Iterator[str]:
    """Yield the list as HTML: sections by time for events, by kind for other subjects, with counts."""
    full = len(view.claims) <= FULL
    numbers = {claim.claim: number for number, claim in enumerate(view.claims, 1)}
    for heading, group in groupby(entries, key=lambda entry: _heading(entry, axis, len(entries))):
        yield f"\n<section><h3>{escaped(heading)}</h3>"
        if full:
            yield from (_entry(view, entry, axis, numbers) for entry in group)
        else:
            yield from ("<dl>", *(_short(view, entry, axis) for entry in group), "</dl>")
        yield "</section>"


def _heading(entry: Entry, axis: Axis, many: int) -> str:
    if not entry.subject:
        return "Without a statement"
    if entry.kind != EVENT:
        return f"Not events: {entry.kind}"
    if not entry.is_dated:
        return "Events without a date"
    local = entry.first.astimezone(axis.zone)
    if many <= _DAYS:
        return f"{local:%A}, {local.day} {local:%B} {local.year}"
    return f"{local:%B} {local.year}" if many <= _MONTHS else f"{local.year}"


def _entry(view: View, entry: Entry, axis: Axis, numbers: dict[str, int]) -> str:
    claims = "".join(_claim(view, claim, axis, numbers) for claim in entry.claims)
    mark = f" {_MARK}" if entry.disputed else ""
    facts = "".join(_fact(view, fact, axis) for fact in view.facts_about.get(entry.subject, ()))
    links = ", ".join(_link(numbers[claim.claim]) for claim in entry.elsewhere)
    elsewhere = f"<p class=s>Told of in claims {links}</p>" if links else ""
    head = f"\n<article><h4>{escaped(entry.label) or '(no name)'}</h4>{mark}"
    return f"{head}<ul>{facts}</ul><ol>{claims}</ol>{elsewhere}</article>"


def _short(view: View, entry: Entry, axis: Axis) -> str:
    """Return an entry of a long list: its name, and of each claim who, how, which day and the sentence."""
    parts = [f"\n<dt>{escaped(entry.label) or '(no name)'}{_SHORT_MARK if entry.disputed else ''}"]
    for claim in entry.claims:
        who, day = escaped(claim.speaker_label), escaped(axis.day(claim.said.begin_earliest))
        mark = _SHORT_MARK if is_disputed(view, claim) else ""
        parts.append(f"<dd>{who} {escaped(verb(claim.stance))}, {day}{mark}<br>{escaped(claim.gist)}")
    if entry.elsewhere:
        parts.append(f"<dd class=s>Told of in other entries, claims: {len(entry.elsewhere)}")
    return "".join(parts)


def _link(number: int) -> str:
    return f'<a href="#c{number}">{number}</a>'


def _fact(view: View, fact: Fact, axis: Axis) -> str:
    mark = f" {_MARK}" if fact.statement in view.disputed else ""
    words = f"{clean(fact.predicate)}: {clean(view.value_words(fact))[:300]}"
    return f"<li>{escaped(words)} <small>{escaped(held_phrase(fact.held, axis))}</small>{mark}"


def _claim(view: View, claim: Said, axis: Axis, numbers: dict[str, int]) -> str:
    who, said, number = escaped(claim.speaker_label), escaped(said_phrase(claim.said, axis)), numbers[claim.claim]
    mark = f" {_MARK}" if is_disputed(view, claim) else ""
    # A moment without a bound is none that a machine could read.
    bound = claim.said.begin_earliest
    when = f'<time datetime="{written(bound)}">{said}</time>' if is_bound(bound) else said
    head = f'<li id="c{number}" value="{number}"><b>{who}</b> {escaped(verb(claim.stance))}, said {when}{mark}'
    return f"{head}<small>{_rest(claim, numbers)}</small>{_words(claim)}<p>{escaped(claim.gist)}"


def _rest(claim: Said, numbers: dict[str, int]) -> str:
    """Return the source, the place in it, its words for the time, and what is denied, as HTML."""
    parts = [escaped(claim.source_label or claim.source)]
    parts += [f"characters {start} to {end}" for start, end in claim.passages]
    if claim.zone_as_written:
        parts.append(f"zone as written: {escaped(claim.zone_as_written)}")
    if words := quoted(claim):
        parts.append(escaped(words))
    denied = [_link(numbers[iri]) for iri in claim.denies if iri in numbers]
    return "; ".join([*parts, *([f"denies {', '.join(denied)}"] if denied else [])])


def _words(claim: Said) -> str:
    return "".join(f"<blockquote>{escaped(text)}</blockquote>" for text in claim.words)
