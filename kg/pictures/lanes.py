"""The claim-lane figure: who said what, when they said it, for when it is to have held.

It takes a view and gives one SVG document; it asks no store and reads no clock.
One lane for each speaker, one row for each claim: its gist in words on the left,
the mark of when it was said and the bars of when it held on a shared time axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures import legend, svg
from kg.pictures.axis import Axis, span, zone_named
from kg.pictures.bars import held_bar, moment_drop, said_mark
from kg.pictures.grid import grid
from kg.pictures.phrases import held_words, said_phrase, verb
from kg.pictures.rows import is_disputed, quoted
from kg.pictures.svg import DENIAL, GREY, INK, RULE, element, line, text
from kg.pictures.text import clean, escaped, shortened, width, wrapped
from kg.view import DENIES

if TYPE_CHECKING:
    from kg.view import Said, View

WIDTH = 1200.0
_EDGE = 28.0
_WORDS = 62.0
_WORDS_ROOM = 362.0
_PLOT = 440.0
_GUTTER_STEP = 12.0
_SAID = 15.0
_BARS = 29.0
_BAR_STEP = 30.0
_LANE_HEAD = 34.0
_GIST = 14.0
_LINE = 17.5
_MOST_LINES = 6
_MOST_BARS = 5
_COLOURS = ("#0b5394", "#9a3b00", "#4b5d00", "#6a2c91", "#00695c", "#8a1253", "#5d4037", "#37474f")


@dataclass(frozen=True)
class _Row:
    """One claim with its number, its lines of text and the top and height of its row in pixels."""

    claim: Said
    number: int
    gist: list[str]
    quote: list[str]
    top: float
    height: float
    colour: str


@dataclass(frozen=True)
class _Figure:
    view: View
    axis: Axis
    rows: dict[str, _Row]
    heads: list[tuple[str, float, float, str]]
    columns: dict[tuple[str, str], int]
    top: float
    bottom: float


def claim_lanes(view: View, *, zone: str, title: str = "") -> str:
    """Return the figure as an SVG 1.1 document, 1200 px wide.

    Times are local to ``zone`` (an IANA name), with UTC beside them on the axis;
    bars include their begin and exclude their end. What lies outside the days of
    interest, and what has no bound, ends in an arrow at the frame; its date
    stands in words under the bar. Raises UsageError for an unknown zone.
    """
    figure = _figure(view, zone)
    heading = clean(title or view.title) or "Claims"
    body = [
        text(shortened(heading, 25, WIDTH - 2 * _EDGE), _EDGE, 44, 25, font_weight="bold"),
        text(_summary(view), _EDGE, 68, 14.5, fill=GREY),
        grid(figure.axis, figure.top, figure.bottom, WIDTH),
        *(_head(head) for head in figure.heads),
        *(_row(figure, row) for row in figure.rows.values()),
        *_denials(figure),
        legend.legend(_EDGE, figure.bottom + 52, zone),
    ]
    return svg.document((WIDTH, _height(figure)), heading, _summary(view), body)


def _height(figure: _Figure) -> float:
    return round(figure.bottom + 52 + legend.HEIGHT)


def _summary(view: View) -> str:
    speakers = len({claim.speaker for claim in view.claims})
    denials = sum(1 for claim in view.claims if claim.stance == DENIES)
    disputed = len([s for s in view.disputed if s in view.claims_on])
    counts = (
        f"{_counted(len(view.claims), 'claim')} by {_counted(speakers, 'speaker')}",
        f"{denials} of them denials; {_counted(disputed, 'statement')} disputed. None is taken for the truth.",
    )
    return ", ".join(counts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _figure(view: View, zone: str) -> _Figure:
    pairs = [(claim.claim, denied) for claim in view.claims for denied in claim.denies if denied in view.claims_by_iri]
    top = 148.0
    rows, heads, bottom = _placed(view, top)
    columns = _gutters(pairs, rows)
    right = WIDTH - _EDGE - 14 - _GUTTER_STEP * (1 + max(columns.values(), default=0))
    return _Figure(view, Axis(*span(view), _PLOT, right, zone_named(zone)), rows, heads, columns, top, bottom)


def _placed(view: View, top: float) -> tuple[dict[str, _Row], list[tuple[str, float, float, str]], float]:
    """Return the rows by claim, the heads of the lanes, and the y where they end."""
    numbers = {claim.claim: number for number, claim in enumerate(view.claims, 1)}
    rows: dict[str, _Row] = {}
    heads = []
    y = top
    for place, speaker in enumerate(dict.fromkeys(claim.speaker for claim in view.claims)):
        colour = _COLOURS[place % len(_COLOURS)]
        start, y = y, y + _LANE_HEAD
        claims = [claim for claim in view.claims if claim.speaker == speaker]
        for claim in claims:
            gist = wrapped(claim.gist, _GIST, _WORDS_ROOM, most=_MOST_LINES)
            quote = wrapped(quoted(claim), 11.5, _WORDS_ROOM, most=3) + _denies_elsewhere(view, claim)
            words = 22 + _LINE * len(gist) + 15 * len(quote) + 14
            bars = _BARS + _BAR_STEP * max(1, min(_MOST_BARS, len(view.held_of(claim)))) + 10
            rows[claim.claim] = _Row(claim, numbers[claim.claim], gist, quote, y, max(words, bars), colour)
            y += max(words, bars)
        heads.append((claims[0].speaker_label, start, y, colour))
    return rows, heads, y


def _denies_elsewhere(view: View, claim: Said) -> list[str]:
    """Return a line that counts the claims it denies which the view leaves out; none if it holds them all."""
    left = sum(iri not in view.claims_by_iri for iri in claim.denies)
    return [f"denies {_counted(left, 'claim')} that {'is' if left == 1 else 'are'} not in this view"] if left else []


def _gutters(pairs: list[tuple[str, str]], rows: dict[str, _Row]) -> dict[tuple[str, str], int]:
    """Return a column right of the plot for each denial, so that no two share one at the same height."""
    taken: list[list[tuple[float, float]]] = []
    columns = {}
    for pair in sorted(pairs, key=lambda p: abs(rows[p[0]].top - rows[p[1]].top)):
        low, high = sorted((rows[pair[0]].top, rows[pair[1]].top))
        free = (n for n, spans in enumerate(taken) if all(high < a or low > b for a, b in spans))
        column = next(free, len(taken))
        if column == len(taken):
            taken.append([])
        taken[column].append((low, high))
        columns[pair] = column
    return columns


def _head(head: tuple[str, float, float, str]) -> str:
    label, top, bottom, colour = head
    named = shortened(label, 15, _PLOT - _EDGE - 24)
    return (
        line(_EDGE, top, WIDTH - _EDGE, top, stroke=INK, stroke_width=1.2)
        + element("rect", x=_EDGE, y=top, width=5, height=bottom - top, fill=colour)
        + text(named, _EDGE + 14, top + 22, 15, font_weight="bold", fill=colour)
    )


def _row(figure: _Figure, row: _Row) -> str:
    parts = [element("title", escaped(shortened(row.claim.gist, 16, 4000)) or " ")]
    if all(row.top != top + _LANE_HEAD for _, top, _, _ in figure.heads):
        parts.append(line(_EDGE + 14, row.top - 2, figure.axis.right, row.top - 2, stroke=RULE))
    parts += [_row_words(figure, row), _row_marks(figure, row)]
    return element("g", "".join(parts), class_="claim", data_claim=row.claim.claim)


def _row_words(figure: _Figure, row: _Row) -> str:
    claim, y = row.claim, row.top + 17
    stance = shortened(verb(claim.stance), 12.5, 90)
    colour = DENIAL if claim.stance == DENIES else row.colour
    x = _WORDS + width(stance + " ", 12.5) * 1.08 + 4
    parts = [
        text(str(row.number), _WORDS - 8, y, 12.5, fill=GREY, text_anchor="end"),
        text(stance, _WORDS, y, 12.5, font_weight="bold", fill=colour),
    ]
    flagged = is_disputed(figure.view, claim)
    room = _WORDS + _WORDS_ROOM - x - (width("disputed", 12) * 1.08 + 24 if flagged else 0)
    said = said_phrase(claim.said, figure.axis)
    said = said if width(said, 12) <= room else said.removeprefix("some time ")
    parts.append(text(shortened(said, 12, room), x, y, 12, fill=GREY))
    if flagged:
        parts.append(svg.disputed(_WORDS + _WORDS_ROOM, y, end=True))
    for words in row.gist:
        y += _LINE
        parts.append(text(words, _WORDS, y, _GIST))
    for number, words in enumerate(row.quote):
        parts.append(text(words, _WORDS, y + 16 + 15 * number, 11.5, fill=GREY, font_style="italic"))
    return "".join(parts)


def _row_marks(figure: _Figure, row: _Row) -> str:
    axis = figure.axis
    mark, x = said_mark(row.claim.said, row.claim.stance, row.top + _SAID, row.colour, axis)
    every = figure.view.held_of(row.claim)
    held = every[:_MOST_BARS]
    parts = [
        moment_drop(x, row.top + _SAID, row.top + _BARS + (_BAR_STEP * (len(held) - 1) if held else 0), row.colour)
    ]
    for number, interval in enumerate(held):
        y = row.top + _BARS + number * _BAR_STEP
        denied = row.claim.stance == DENIES
        bar, left = held_bar(interval, y, row.colour, axis, denied=denied)
        words = held_words(row.claim.stance, interval, axis)
        if number == _MOST_BARS - 1 and len(every) > _MOST_BARS:
            words += f"; and {len(every) - _MOST_BARS} more times, not drawn"
        words = shortened(words, 11.5, axis.right - axis.left)
        start = min(left, axis.right - width(words, 11.5))
        parts += [bar, text(words, max(axis.left, start), y + 23.5, 11.5, fill="#404040", **svg.HALO)]
    if not held:
        parts.append(text("no statement with a time", axis.left, row.top + _BARS + 23.5, 11.5, fill="#404040"))
    return "".join(parts) + mark


def _denials(figure: _Figure) -> list[str]:
    """Return a dashed line from each denial to what it denies, by a column right of the plot."""
    parts = []
    for (denial, denied), column in sorted(figure.columns.items()):
        row, other = figure.rows[denial], figure.rows[denied]
        _, x = said_mark(row.claim.said, row.claim.stance, 0, row.colour, figure.axis)
        _, to = said_mark(other.claim.said, other.claim.stance, 0, other.colour, figure.axis)
        gutter = figure.axis.right + 16 + column * _GUTTER_STEP
        y, end = row.top + _SAID, other.top + _SAID
        to += 10
        path = f"M{x + 9:g},{y:g}H{gutter:g}V{end:g}H{to + 7:g}"
        parts.append(
            element(
                "path", d=path, fill="none", stroke=DENIAL, stroke_width=1.6, stroke_dasharray="5 3", class_="denial"
            )
        )
        parts.append(element("path", d=f"M{to:g},{end:g}l8,-4.5v9z", fill=DENIAL))
        numbers = [str(figure.rows[iri].number) for iri in row.claim.denies if iri in figure.rows]
        if denied == next(iri for iri in row.claim.denies if iri in figure.rows):
            parts.append(_denial_words(f"denies {', '.join(numbers)}", x, y, figure.axis))
    return parts


def _denial_words(words: str, x: float, y: float, axis: Axis) -> str:
    """Return the word at the denial, on white, right of its mark, or left of it near the edge."""
    room = width(words, 12) * 1.08 + 8
    left = x + 16 if x + 16 + room < axis.right else x - 14 - room
    plate = element("rect", x=left, y=y - 8.5, width=room, height=17, fill="#ffffff", stroke=DENIAL, rx=3)
    return plate + text(words, left + 4, y + 4.2, 12, fill=DENIAL, font_weight="bold")
