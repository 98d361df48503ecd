"""Compares the encoded cases with ../shared/reference, both ways, as a script and for the tests.

``python tests/registers/comparison.py`` prints each difference that no committed
list explains, and exits with 1 if there is any. From the reference to us: every
row, date, bound, speaker, figure, coordinate and source has a claim. From us to
the reference: nothing that a claim carries for a row is foreign to that row.
``left_out*.csv`` in the registers name what we leave out, ``added.csv`` here what
we add, each with its reason.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.claim import Claim, Literal
from kg.errors import KgError
from kg.find import folded
from kg.iri import compact, term
from kg.loaders.case import read_cases
from kg.vocab import DCTERMS, RDFS, SKOS
from kg.when import EndKind, Mode, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kg.claim import Case, Thing
    from kg.when import Interval

ROOT = Path(__file__).resolve().parents[2]
GRAPHS = ROOT / "graphs"
REFERENCE = ROOT.parent / "shared" / "reference"
FILES = ("organisations", "treaties", "treaty_parties", "persons_offices", "units", "places", "events", "statements")
SOURCE_COLUMNS = ("source_id", "source_id2", "also_sources")
HELD_DATES = {
    "events": ("start_edtf", "start_latest_edtf", "end_edtf"),
    "persons_offices": ("start_edtf", "end_edtf"),
    "units": ("start_edtf", "end_edtf"),
    "statements": ("valid_start_edtf", "valid_end_edtf"),
}
ENDS = {"end_edtf", "valid_end_edtf"}
OURS = "S-none"
"""Stands for a source of ours that the reference does not have."""
DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FIGURES = {"amount", "atLeast", "atMost"}

SLACK = timedelta(days=62)
"""How wide a range of ours may be around a time that the reference has more finely."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing that differs: the row of the reference, what about it, and how."""

    row: str
    about: str
    text: str

    def __str__(self) -> str:
        """Return the difference as one line."""
        return f"{self.row}: {self.about}: {self.text}"


@dataclass
class Ours:
    """What we encoded, by the rows of the reference that it carries."""

    claims: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    things: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[str, str] = field(default_factory=dict)
    """IRI of a source of ours, and its row in the reference."""
    by_iri: dict[str, Thing] = field(default_factory=dict)

    def names(self, iri: str) -> set[str]:
        """Return how a thing is called, as names are compared."""
        thing = self.by_iri.get(iri)
        marks = thing.marks if thing else ()
        called = {RDFS + "label", SKOS + "altLabel"}
        return {folded(value.text) for name, value in marks if name in called and isinstance(value, Literal)}


def table(name: str) -> list[Row]:
    """Return the rows of a file of the reference."""
    return rows_of(REFERENCE / f"{name}.csv")


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def listed(pattern: str) -> frozenset[tuple[str, str]]:
    """Return the (row, column) pairs of the committed lists that match a pattern of file names."""
    paths = sorted(ROOT.glob(pattern))
    rows = (row for path in paths for row in rows_of(path))
    return frozenset((row["reference"], row["column"]) for row in rows)


def left_out(row: str, *about: str) -> bool:
    """Return whether a committed list leaves out a row, or one of these columns of it.

    Lines of the lists for all rows (``*``) speak of columns that are not compared, and excuse nothing.
    """
    pairs = listed("graphs/registers/left_out*.csv")
    return any((row, what) in pairs for what in ("*", *about))


def added(row: str, about: str) -> bool:
    """Return whether the committed list says why we go beyond a row."""
    pairs = listed("tests/registers/added.csv")
    return (row, about) in pairs or (row, "*") in pairs


def ours() -> Ours:
    """Return what the cases in graphs/ carry, by row of the reference."""
    found = Ours()
    for case in read_cases(GRAPHS):
        _take(case, found)
    return found


def _take(case: Case, found: Ours) -> None:
    for source in case.sources:
        found.sources[source.iri] = next(iter(source.identifiers), OURS)
    for _, thing in case.things:
        found.by_iri[thing.iri] = thing
        for name, value in thing.marks:
            if name == DCTERMS + "identifier" and isinstance(value, Literal):
                found.things[value.text].append(thing)
    for claim in case.claims:
        for row in claim.identifiers:
            found.claims[row].append(claim)


def differences(found: Ours) -> Iterator[Difference]:
    """Yield every difference that no committed list explains."""
    sources = {row["id"]: row for row in table("sources")}
    rows = {row["id"]: (name, row) for name in FILES for row in table(name)}
    for key, (name, row) in rows.items():
        if left_out(key):
            continue
        yield from _missing(key, name, found)
        yield from _dates(key, name, row, found)
        yield from _speakers(key, row, found)
        yield from _figures(key, row, found)
        yield from _coordinates(key, row, found)
        yield from _sources(key, row, found)
        yield from _sourcing(key, row, found)
    yield from _foreign(rows, found)
    yield from _unlisted_sources(sources, found)


def _missing(key: str, name: str, found: Ours) -> Iterator[Difference]:
    if not found.claims.get(key) and not (name == "places" and found.things.get(key)):
        yield Difference(key, "row", f"no claim carries this row of {name}")


def _dates(key: str, name: str, row: Row, found: Ours) -> Iterator[Difference]:
    for column in HELD_DATES.get(name, ()):
        if row.get(column) and not left_out(key, column):
            claims = found.claims.get(key, [])
            if not any(_holds_date(claim, row[column], at_end=column in ENDS) for claim in claims):
                held = "; ".join(reading.notation for claim in claims for reading in claim.held)
                yield Difference(key, column, f"{row[column]} is in no held time of its claims: {held}")
    if name == "statements" and row["start_edtf"] and not left_out(key, "start_edtf"):
        named = {row[column] for column in SOURCE_COLUMNS if row.get(column)}
        own = [claim for claim in found.claims.get(key, []) if found.sources.get(claim.source) in named]
        wrong = [claim for claim in own if not _said_within(claim, row) and not added(key, "said")]
        for claim in wrong:
            text = f"{compact(claim.iri)} was said {claim.said.notation}, the row has {row['start_edtf']}/{row['end_edtf']}"
            yield Difference(key, "start_edtf", text)


def _holds_date(claim: Claim, written: str, *, at_end: bool) -> bool:
    for reading in claim.held:
        wanted = _bounds(written, reading.zone)
        ends = (reading.interval.end_earliest, reading.interval.end_latest) if at_end else _begin(reading.interval)
        if wanted and (_inside(ends, wanted) or _inside(_begin(reading.interval), wanted)):
            return True
    return False


def _begin(interval: Interval) -> tuple[datetime, datetime]:
    if interval.mode is Mode.THROUGHOUT and interval.begin_kind is EndKind.SEEN:
        return interval.begin_latest, interval.begin_latest
    if interval.mode is Mode.WITHIN and interval.end_kind is EndKind.OPEN:
        return interval.begin_earliest, interval.begin_earliest
    return interval.begin_earliest, interval.begin_latest


def _inside(ends: tuple[datetime, datetime], wanted: tuple[datetime, datetime]) -> bool:
    """Return whether an end lies where the reference has it: the two ranges meet, and ours is no guess."""
    meet = ends[0] <= wanted[1] and wanted[0] <= ends[1]
    return wanted[0] <= ends[0] <= wanted[1] or (meet and ends[1] - ends[0] <= max(wanted[1] - wanted[0], SLACK))


@cache
def _bounds(written: str, zone: str | None) -> tuple[datetime, datetime] | None:
    own = None if re.search(r"T.*([+-]\d\d:\d\d|Z)$", written) else zone
    try:
        interval = read(written, zone=own, mode=Mode.WITHIN).interval
    except KgError:
        return None
    return interval.begin_earliest, interval.end_latest


def _said_within(claim: Claim, row: Row) -> bool:
    wanted = _bounds(row["start_edtf"], claim.said.zone)
    if wanted is None:
        return False
    said = claim.said.interval
    if row["precision"] == "not later than":
        return said.end_latest <= wanted[1]
    return said.begin_earliest < wanted[1] and wanted[0] < said.end_latest


def _speakers(key: str, row: Row, found: Ours) -> Iterator[Difference]:
    if not row.get("speaker") or left_out(key, "speaker"):
        return
    wanted = {folded(row["speaker"]), folded(re.sub(r"\(.*?\)", "", row["speaker"])), folded(row["organisation"])}
    wanted |= {
        folded(w.replace("MoD", "Ministry of Defence").replace("MFA", "Ministry of Foreign Affairs"))
        for w in (row["speaker"],)
    }
    speakers = {claim.speaker for claim in found.claims.get(key, [])}
    if not any(found.names(speaker) & wanted for speaker in speakers):
        names = "; ".join(sorted(compact(speaker) for speaker in speakers))
        yield Difference(key, "speaker", f"{row['speaker']!r} is not who speaks in its claims: {names}")


def _figures(key: str, row: Row, found: Ours) -> Iterator[Difference]:
    if not row.get("figure") or left_out(key, "figure"):
        return
    amounts = {amount for claim in found.claims.get(key, []) for amount in _amounts(claim)}
    if float(row["figure"]) not in amounts:
        yield Difference(key, "figure", f"{row['figure']} is not in its claims: {sorted(amounts)}")


def _amounts(claim: Claim) -> set[float]:
    facts = [fact for statement in claim.content for fact in statement.facts]
    return {float(value.text) for name, value in facts if name in FIGURES and isinstance(value, Literal)}


def _coordinates(key: str, row: Row, found: Ours) -> Iterator[Difference]:
    if not row.get("lat") or left_out(key, "lat"):
        return
    drawn = {
        str(v) for claim in found.claims.get(key, []) for s in claim.content for n, v in s.facts if n == "hasGeometry"
    }
    points = {_point(found.by_iri[iri]) for iri in drawn if iri in found.by_iri}
    if (float(row["lat"]), float(row["lon"])) not in points:
        yield Difference(key, "coordinates", f"{row['lat']} {row['lon']} are in no geometry of it: {sorted(points)}")


def _point(thing: Thing) -> tuple[float, float]:
    marks = {name: value.text for name, value in thing.marks if isinstance(value, Literal)}
    return float(marks.get(term("latitude"), "nan")), float(marks.get(term("longitude"), "nan"))


def _sources(key: str, row: Row, found: Ours) -> Iterator[Difference]:
    spoken = {found.sources.get(claim.source, OURS) for claim in found.claims.get(key, [])}
    for column in SOURCE_COLUMNS:
        for source in re.split(r"[;|]\s*", row.get(column) or ""):
            told = left_out(key, column, f"{column} {source}")
            if source and source not in spoken and source != "MEM" and not told:
                yield Difference(key, column, f"{source} speaks in no claim of it")


def _sourcing(key: str, row: Row, found: Ours) -> Iterator[Difference]:
    marks = {claim.sourcing for claim in found.claims.get(key, [])}
    if row.get("unsourced") == "all" and marks - {"unsourced"} and not added(key, "sourcing"):
        yield Difference(key, "unsourced", "nothing of it has a source, and a claim of it is not marked so")
    if row.get("unsourced") == "part" and marks == {"sourced"} and not added(key, "sourcing"):
        yield Difference(key, "unsourced", "a part of it has no source, and all claims of it are marked as sourced")


def _foreign(rows: dict[str, tuple[str, Row]], found: Ours) -> Iterator[Difference]:
    """Yield what claims say for a row that the row does not have: rows, days, figures."""
    sources = {row["id"]: row for row in table("sources")}
    for key, claims in found.claims.items():
        if key not in rows and key not in sources:
            if not re.fullmatch(r"notes-[\d.]+", key):
                yield Difference(key, "row", "the reference has no such row")
            continue
        for claim in claims:
            text = " ".join(" ".join(rows[other][1].values()) for other in _near(claim, found) if other in rows)
            published = sources.get(found.sources.get(claim.source, OURS), {}).get("start_edtf", "")
            yield from _foreign_days(key, claim, f"{text} {published} {claim.said.notation}")
            yield from _foreign_figures(key, claim, text)


def _near(claim: Claim, found: Ours) -> set[str]:
    """Return the rows that a claim carries, and those of the things that it speaks of."""
    iris = {iri for s in claim.content for iri in (s.subject, *(str(value) for _, value in s.facts))}
    things = [found.by_iri[iri] for iri in iris if iri in found.by_iri]
    marks = [(name, value) for thing in things for name, value in thing.marks]
    near = {value.text for name, value in marks if name == DCTERMS + "identifier" and isinstance(value, Literal)}
    return near | set(claim.identifiers)


def _foreign_days(key: str, claim: Claim, text: str) -> Iterator[Difference]:
    known = {day for written in DAY.findall(text) for day in _around(written)}
    for day in sorted({day for reading in claim.held for day in DAY.findall(reading.notation)} - known):
        if not _told(day, text) and not added(key, day):
            yield Difference(key, day, f"{compact(claim.iri)} has this day, the row has not")


def _around(day: str) -> set[str]:
    """Return a day with its neighbours: a night, a midnight and another zone reach into them."""
    return {str(date.fromisoformat(day) + timedelta(days=days)) for days in (-1, 0, 1)}


def _told(day: str, text: str) -> bool:
    """Return whether a text tells a day in words, such as 24 May or 18 Sep."""
    year, month, number = day.split("-")
    name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][int(month) - 1]
    spelt = rf"\b0?{int(number)}(-\d+)?\s+{name}|{name}\w*\s+0?{int(number)}\b|-\s?{int(number)}\s+{name}"
    of_month = f"{year}-{month}" in re.findall(r"\b\d{4}-\d{2}\b(?!-)", text)
    of_year = (month, number) in {("01", "01"), ("12", "31")} and year in re.findall(r"\b\d{4}\b(?!-)", text)
    return bool(re.search(spelt, text)) or of_month or of_year


def _foreign_figures(key: str, claim: Claim, text: str) -> Iterator[Difference]:
    known = {float(number.replace(",", "")) for number in NUMBER.findall(text)}
    for amount in sorted(_amounts(claim) - known):
        if not added(key, f"{amount:g}"):
            yield Difference(key, f"{amount:g}", f"{compact(claim.iri)} has this figure, the row has not")


def _unlisted_sources(sources: dict[str, Row], found: Ours) -> Iterator[Difference]:
    carried = set(found.sources.values())
    for key in sources:
        if key not in carried and not left_out(key):
            yield Difference(key, "source", "it is in no register of sources")


def main() -> None:
    """Print the differences; exit with 1 if there are any."""
    told = sorted(set(differences(ours())))
    for difference in told:
        sys.stdout.write(f"{difference}\n")
    sys.stderr.write(f"{len(told)} difference(s)\n")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
