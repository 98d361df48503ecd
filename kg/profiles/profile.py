"""The profiles: forms in which the graph leaves, and what of it each can carry.

A profile takes the quads of the primary shape, whole and in any order, and
writes bytes; what can be read again comes back as quads of that shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from kg.errors import UnknownNameError, UsageError
from kg.profiles import jelly, jsonld, mapping, nanopub, syntax
from kg.profiles.order import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

_NO_GRAPHS = "Which named graph, and so which source's file, a triple stands in; the claim's own k:source stays."


@dataclass(frozen=True, slots=True)
class Profile:
    """A form of the graph: how statements are written in it, in which syntax, and what it leaves out."""

    name: str
    summary: str
    mapping: mapping.Mapping
    syntax: syntax.Syntax
    cannot: tuple[str, ...] = ()
    """What does not come back, in sentences; empty: every quad does."""

    @property
    def ending(self) -> str:
        """Return how the names of its files end."""
        return self.syntax.suffix

    def write(self, quads: Iterable[Quad], out: IO[bytes]) -> None:
        """Write quads of the primary shape; the same quads in another order give the same bytes."""
        self.syntax.write(self.mapping.encode(ordered(quads)), out)

    def shaped(self, quads: Iterable[Quad]) -> Iterable[Quad]:
        """Return quads of the primary shape in that of the profile, in any order."""
        return quads if self.mapping is mapping.GROUPS else self.mapping.encode(ordered(quads))

    def read(self, file: IO[bytes]) -> Iterator[Quad]:
        """Yield quads of the primary shape; a quad may come twice. Raises SyntaxError where it does not parse."""
        return self.mapping.decode(self.syntax.read(file))

    def save(self, quads: Iterable[Quad], path: Path) -> None:
        """Write a file whole or not at all, compressed if it is called .gz or .zst."""
        with syntax.writing(path) as file:
            self.write(quads, file)

    def load(self, path: Path) -> Iterator[Quad]:
        """Yield the quads of a file. Raises DataError where it cannot be read."""
        with syntax.reading(path) as file:
            yield from self.read(file)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("trig", "statement groups in named graphs: what this project reads", mapping.GROUPS, syntax.TRIG),
        Profile("nquads", "statement groups, a line each: for loading and comparing", mapping.GROUPS, syntax.NQUADS),
        Profile("turtle", "statement groups without named graphs", mapping.ONE_GRAPH, syntax.TURTLE, (_NO_GRAPHS,)),
        Profile("rdf12-trig", "RDF 1.2: a statement reifies its triples", mapping.REIFIERS, syntax.TRIG),
        Profile("rdf12-nquads", "RDF 1.2, a line each", mapping.REIFIERS, syntax.NQUADS),
        Profile(
            "rdf12-turtle", "RDF 1.2 without named graphs",
            mapping.both(mapping.ONE_GRAPH, mapping.REIFIERS), syntax.TURTLE, (_NO_GRAPHS,),
        ),
        Profile("rdf-star", "as stores read it that know RDF-star, not RDF 1.2", mapping.REIFIERS, syntax.TRIG_STAR),
        Profile("reification", "a node of rdf:Statement for each triple", mapping.REIFIED, syntax.TRIG),
        Profile("graph-each", "a named graph for each statement", mapping.GRAPH_EACH, syntax.TRIG),
        Profile("wikibase", "statement nodes, values and qualifiers as in Wikidata", mapping.QUALIFIED, syntax.TRIG),
        Profile("jsonld", "JSON-LD with its context inside, a graph after another", mapping.GROUPS, jsonld.JSON_LD),
        Profile("nanopub", "a nanopublication for each claim", nanopub.NANOPUBS, syntax.NANOPUBS),
        Profile("jelly", "binary frames of Jelly, small and quick to read", mapping.GROUPS, jelly.JELLY),
    )
}  # fmt: skip
"""By name."""


def profile(name: str) -> Profile:
    """Return a profile by its name. Raises UnknownNameError."""
    if name not in PROFILES:
        raise UnknownNameError(f"no profile is called {name!r}", mend=f"one of {', '.join(PROFILES)}")
    return PROFILES[name]


def profile_of(path: Path) -> Profile:
    """Return the profile that a file's name tells of: the first whose ending it has. Raises UsageError."""
    found = _by_ending(path.name)
    if found is None:
        raise UsageError(f"the name {path.name!r} tells of no profile", mend="name the profile")
    return found


def tells_of_profile(name: str) -> bool:
    """Return whether the ending of a file's name is that of a profile."""
    return _by_ending(name) is not None


def _by_ending(name: str) -> Profile | None:
    plain = name.removesuffix(".gz").removesuffix(".zst")
    return next((one for one in PROFILES.values() if plain.endswith(one.syntax.suffix)), None)
