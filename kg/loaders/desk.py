"""The desk on which a case is read: what is known, and what was found wrong.

Collects findings instead of stopping at the first, so that a writer sees all
faults of a case at once. It reads no files itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import Finding, KgError, NaiveTimeError, UnknownNameError
from kg.iri import CURIE, expand
from kg.loaders.literals import Unreadable, in_language, literal
from kg.loaders.names import mend_for
from kg.terms import concepts, predicates, schemes
from kg.vocab import KINDS
from kg.when import EndKind, Mode, instant, read, time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kg.claim import Iri, Literal, Value
    from kg.terms import Predicate
    from kg.when import Interval, Reading

CLOCK = "clockTime"
"""The predicate whose value is a time of day without a day."""


@dataclass
class Desk:
    """Findings and known names of one build."""

    findings: list[Finding] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """Every id that a file defines, with the place where."""
    pointed: list[tuple[str, str]] = field(default_factory=list)
    """Every id that a file points at, with the place; looked up once all is read."""

    def find(self, place: str, rule: str, message: str, mend: str) -> None:
        """Note one fault."""
        self.findings.append(Finding(place, rule, message, mend))

    def define(self, curie: str, place: str) -> Iri | None:
        """Return the IRI of an id that is defined here; a second definition is a fault."""
        iri = self._expand(curie, place)
        if iri is None:
            return None
        if curie in self.named:
            self.find(place, "defined-twice", f"{curie!r} is defined already", f"see {self.named[curie]}; drop one")
            return None
        self.named[curie] = place
        return iri

    def point(self, curie: str, place: str) -> Iri | None:
        """Return the IRI of an id that is used here, to be looked up by ``settle``."""
        iri = self._expand(curie, place)
        if iri is not None and CURIE.match(curie) and curie.partition(":")[0] in KINDS:
            self.pointed.append((curie, place))
        return iri

    def settle(self) -> None:
        """Note a fault for every id that was used and that no file defines."""
        for curie, place in self.pointed:
            if curie not in self.named:
                same_kind = [n for n in self.named if n.startswith(curie.partition(":")[0] + ":")]
                mend = mend_for(curie, same_kind or self.named, "define it under 'things' or in a register")
                self.find(place, "unknown-id", f"nothing is called {curie!r}", mend)

    def _expand(self, curie: str, place: str) -> Iri | None:
        try:
            return expand(curie)
        except UnknownNameError as error:
            prefix = curie.partition(":")[0]
            mend = mend_for(prefix, KINDS, error.mend) if ":" in curie and prefix not in KINDS else error.mend
            self.find(place, "not-a-name", error.message, mend)
            return None

    def concept(self, name: str, place: str, scheme_of: str) -> str | None:
        """Return the local name of a concept, if the ontology has it."""
        bare = name.removeprefix("k:")
        if bare in concepts():
            return bare
        mend = mend_for(bare, concepts(), "see ontology/ for the code lists")
        self.find(place, "unknown-concept", f"{scheme_of}: no concept is called {name!r}", mend)
        return None

    def entry(self, scheme: str, name: str, place: str, what: str) -> str | None:
        """Return the local name of an entry of one code list, if it is one."""
        bare, known = name.removeprefix("k:"), schemes().get(scheme, ())
        if bare in known:
            return bare
        mend = mend_for(bare, known, f"one of {', '.join(known) or 'none yet'}")
        self.find(place, "unknown-concept", f"{what}: {name!r} is not in the list", mend)
        return None

    def predicate(self, name: str, place: str) -> Predicate | None:
        """Return the statement predicate of that name, if the closed list has it."""
        found = predicates().get(name)
        if found is None:
            mend = mend_for(name, predicates(), "see ontology/ for the predicates of statements")
            self.find(place, "unknown-term", f"no predicate is called {name!r}", mend)
        return found

    def value(self, predicate: Predicate, text: str, place: str) -> Value | None:
        """Return a value of a predicate: a literal, a concept or a thing."""
        if predicate.name == CLOCK and not self._is_clock(text, place):
            return None
        if predicate.datatype:
            return self.literal(text, predicate.datatype, place, predicate.name)
        if CURIE.match(text) and text.partition(":")[0] in KINDS:
            return self.point(text, place)
        if any(name.endswith("Concept") for name in predicate.value_classes):
            found = self.concept(text, place, predicate.name)
            return expand("k:" + found) if found else None
        return self.point(text, place)

    def _is_clock(self, text: str, place: str) -> bool:
        """Return whether a text is a time of day with a zone, or note why it is none."""
        try:
            time_of_day(text)
        except KgError as error:
            self.find(place, "time", error.message, error.mend)
            return False
        return True

    def literal(self, text: str, datatype: str, place: str, what: str) -> Literal | None:
        """Return a text as a literal of a datatype, or note why it is none."""
        return self._readable(literal(text, datatype), place, what)

    def tagged(self, text: str, tag: str, place: str, what: str) -> Literal | None:
        """Return a text in a language, or note why its tag is none."""
        return self._readable(in_language(text, tag), place, what)

    def _readable(self, value: Literal | Unreadable, place: str, what: str) -> Literal | None:
        if isinstance(value, Unreadable):
            self.find(place, value.rule, f"{what}: {value.message}", value.mend)
            return None
        return value

    def recorded(self, text: str, place: str) -> datetime | None:
        """Return the instant at which a claim was taken in, or note why it is none."""
        try:
            return _instant(text)
        except KgError as error:
            self.find(place, "recorded", error.message, "write it in UTC, as 2026-11-23T10:00:00Z")
            return None

    def time(self, written: Written, place: Callable[[str], str]) -> Reading | None:
        """Return a time as read, or note why it cannot be."""
        mode = Mode(written.mode) if written.mode in set(Mode) else None
        begin, end = _end_kind(written.begin), _end_kind(written.end)
        if mode is None:
            mend = mend_for(written.mode or "", list(Mode), "say 'throughout' or 'someTimeWithin'")
            self.find(place("mode"), "time", f"mode {written.mode!r} is not one", mend)
            return None
        for kind, name, text in ((begin, "begin", written.begin), (end, "end", written.end)):
            if text and kind is None:
                mend = mend_for(text, list(EndKind), f"one of {', '.join(EndKind)}")
                self.find(place(name), "time", f"{name} {text!r} is not a kind of end", mend)
                return None
        try:
            found = _read(replace(written, words=None), mode, begin, end)
            return replace(found, words=written.words) if written.words else found
        except NaiveTimeError as error:
            self.find(place("time"), "time", error.message, error.mend)
        except KgError as error:
            self.find(place("zone" if "zone" in error.message else "time"), "time", error.message, error.mend)
        return None


@dataclass(frozen=True, slots=True)
class Written:
    """A time as a file writes it, before it is read."""

    notation: str
    zone: str | None
    mode: str | None
    begin: str | None = None
    end: str | None = None
    words: str | None = None
    said: Interval | None = None


@lru_cache(maxsize=8192)
def _read(written: Written, mode: Mode, begin: EndKind | None, end: EndKind | None) -> Reading:
    # Reading is pure, and most rows of a register share their times with others.
    return read(written.notation, zone=written.zone, mode=mode, begin=begin, end=end, said=written.said)


@lru_cache(maxsize=1024)
def _instant(text: str) -> datetime:
    return instant(text)


def _end_kind(text: str | None) -> EndKind | None:
    return EndKind(text) if text in set(EndKind) else None
