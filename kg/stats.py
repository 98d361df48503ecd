"""What the graph rests on: claims by speaker, side, kind of source, stance, sourcing, month.

Counts claims, never what they say, so that a reader sees whose word is
many here and what time is thin. It judges nothing and draws nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.answers import table, write_csv
from kg.errors import UsageError
from kg.iri import compact, kind_of, term
from kg.known import properties
from kg.slice import speaks_for
from kg.vocab import K_NS, RDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Store

NOBODY = "(nobody's organ)"
"""The side of a speaker that is no organ of a state or an organisation."""
UNSAID = "(not said)"
"""Where a claim or a source does not say what is counted."""
WIDER = "(no single month)"
"""The month of a time that lies in more than one, in UTC."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what is counted, how many claims, their share of all (0 to 1)."""

    key: str
    claims: int
    share: float


@dataclass(frozen=True, slots=True)
class Count:
    """One table of the page: its name, what it counts in words, and its lines."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What is counted of one claim: its values by name, each a list of IRIs or texts."""

    iri: str
    values: dict[str, list[str]]

    def of(self, name: str) -> list[str]:
        return self.values.get(term(name), [])


def statistics(store: Store, claims: Iterable[str]) -> tuple[Count, ...]:
    """Return the tables of the page for these claims (IRIs), in the order in which they are read.

    A claim counts once in a table, except where it has several values (two held
    times); shares are of all the claims given. Months are those of UTC.
    """
    read = [_Claim(iri, properties(store, iri)) for iri in sorted(set(claims))]
    facts = _Facts(store)
    return tuple(_count(name, title, read, key) for name, title, key in facts.tables())


class _Facts:
    """What the tables need to know of sources, speakers and times, looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: dict[str, dict[str, list[str]]] = {}

    def of(self, iri: str, name: str) -> list[str]:
        if iri not in self.seen:
            self.seen[iri] = properties(self.store, iri)
        return self.seen[iri].get(name if name.startswith("http") else term(name), [])

    def tables(self) -> Sequence[tuple[str, str, Callable[[_Claim], list[str]]]]:
        return (
            ("sourcing", "Claims by what the source carries of them", lambda c: _names(c.of("sourcing"))),
            ("passage", "Claims with the place in the text", lambda c: ["with" if c.of("passage") else "without"]),
            ("stance", "Claims by stance", lambda c: _names(c.of("stance"))),
            ("sourceKind", "Claims by kind of source", self._source_kinds),
            ("sourceType", "Claims by type of document", self._source_types),
            ("side", "Claims by whose organ the speaker is", self._sides),
            ("speaker", "Claims by speaker", lambda c: [compact(speaker) for speaker in c.of("speaker")]),
            ("source", "Claims by source", lambda c: [compact(source) for source in c.of("source")]),
            ("held", "Claims by the month in which what they say begins", self._held),
            ("said", "Claims by the month in which they were said", lambda c: self._months(c.of("said"))),
        )

    def _source_kinds(self, claim: _Claim) -> list[str]:
        return [kind for source in claim.of("source") for kind in _names(self.of(source, "sourceKind"))] or [UNSAID]

    def _source_types(self, claim: _Claim) -> list[str]:
        return [kind for source in claim.of("source") for kind in _names(self.of(source, RDF + "type"))] or [UNSAID]

    def _sides(self, claim: _Claim) -> list[str]:
        agents = claim.of("onBehalfOf") or claim.of("speaker")
        return sorted({compact(side) for agent in agents for side in self._side(agent)})

    def _side(self, agent: str) -> list[str]:
        tops = [one for one in speaks_for(self.store, agent) if not self.of(one, "organOf")]
        return tops if tops != [agent] or self._is_a_side(agent) else [NOBODY]

    def _is_a_side(self, agent: str) -> bool:
        # A person speaks for no state by birth; offices change, and are statements.
        organs = self.store.quads_for_pattern(None, NamedNode(term("organOf")), NamedNode(agent))
        return kind_of(agent) == "state" or next(organs, None) is not None

    def _held(self, claim: _Claim) -> list[str]:
        intervals = [held for statement in claim.of("content") for held in self.of(statement, "held")]
        return self._months(intervals)

    def _months(self, intervals: list[str]) -> list[str]:
        return sorted({self._month(interval) for interval in intervals}) or [UNSAID]

    def _month(self, interval: str) -> str:
        first, last = (self.of(interval, name)[0][:7] for name in ("beginEarliest", "beginLatest"))
        return first if first == last else WIDER


def _names(iris: Iterable[str]) -> list[str]:
    return [iri.removeprefix(K_NS) for iri in iris] or [UNSAID]


def _count(name: str, title: str, claims: Sequence[_Claim], key: Callable[[_Claim], list[str]]) -> Count:
    counted = Counter(value for claim in claims for value in key(claim))
    ordered = sorted(counted.items(), key=_by_month if name in {"held", "said"} else _by_number)
    return Count(name, title, tuple(Line(value, times, times / len(claims)) for value, times in ordered))


def _by_number(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _by_month(pair: tuple[str, int]) -> str:
    return pair[0]


def chosen(counts: Sequence[Count], names: Sequence[str]) -> list[Count]:
    """Return the tables of these names, or all without names. Raises UsageError for an unknown one."""
    known = {count.name: count for count in counts}
    for name in names:
        if name not in known:
            raise UsageError(f"no table is called {name!r}", mend=f"one of {', '.join(known)}")
    return [known[name] for name in names] if names else list(counts)


def as_tables(counts: Sequence[Count], *, width: int = 160) -> str:
    """Return the tables as plain text for people."""
    return "\n".join(f"{count.title}\n{table(_heads(count), _cells(count), width=width)}" for count in counts)


def as_markdown(counts: Sequence[Count]) -> str:
    """Return the tables as one Markdown page."""
    parts = ["# What the graph rests on", "Claims, not truths: how many, whose, from what, about when.", ""]
    for count in counts:
        head = f"| {' | '.join(_heads(count))} |\n|---|---:|---:|"
        rows = [f"| {' | '.join(line)} |" for line in _cells(count)]
        parts += [f"## {count.title}", "\n".join([head, *rows]), ""]
    return "\n".join(parts)


def as_csv(counts: Sequence[Count]) -> str:
    """Return all tables as one CSV: table, key, claims, share (0 to 1)."""
    rows = [[count.name, line.key, str(line.claims), f"{line.share:.4f}"] for count in counts for line in count.lines]
    return write_csv(["table", "key", "claims", "share"], rows)


def as_json(counts: Sequence[Count]) -> str:
    """Return the tables as JSON, with shares from 0 to 1."""
    return json.dumps([asdict(count) for count in counts], ensure_ascii=False, indent=1) + "\n"


def _heads(count: Count) -> list[str]:
    return [count.name, "claims", "share"]


def _cells(count: Count) -> list[list[str]]:
    return [[line.key, str(line.claims), f"{line.share:.1%}"] for line in count.lines]
