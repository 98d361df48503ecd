"""Which thing a name means, by who uses it: the same word is one place for one speaker and another for the next.

Looks at labels and at what speakers were heard to call things (statements with
``s:name``). It suggests in order and says why; it decides nothing, and two
things that are called so alike both come back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from kg.iri import compact, kind_of, term
from kg.known import label_of
from kg.slice import select, speaks_for
from kg.vocab import RDFS, S_NS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Store

    from kg.slice import Cut

LIKE = 84
"""Below this likeness (0 to 100) another name is not a misspelling of this one."""
PART = 0.9
"""What a name that is a part of another counts, against the same name: Pashinyan for Nikol Pashinyan."""
FOLDED = str.maketrans({"\u0259": "a", "\u0131": "i", **dict.fromkeys("'`\u02bc\u2018\u2019")})
"""Letters that Latin transliterations write otherwise (schwa, dotless i), and apostrophes, which they leave out."""
OURS = {"disagreement", "figure", "geometry"}
"""Kinds of things that nobody calls by a name: their labels are descriptions of ours."""
LABELS = (RDFS + "label", SKOS + "altLabel")


class Use(IntEnum):
    """How near the user of a name stands to the speaker asked for, the nearest first."""

    OWN = 0
    SIDE = 1
    OTHERS = 2
    REFUSED = 3


WHY = {
    Use.OWN: "the speaker calls it so",
    Use.SIDE: "the speaker's side calls it so",
    Use.OTHERS: "others call it so",
    Use.REFUSED: "others call it so, and the speaker refuses the name",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a name may mean, the name it was found by, and who uses that name.

    ``likeness`` is 100 for the same name (case, accents and blanks aside).
    ``users`` are CURIEs of speakers; empty where only a label of ours has it.
    """

    thing: str
    label: str
    name: str
    language: str
    use: Use
    likeness: float
    users: tuple[str, ...]

    @property
    def why(self) -> str:
        """Return in words why the thing stands where it does."""
        how = "" if self.likeness >= 100 else " (nearly)"  # noqa: PLR2004 - the same name
        return (WHY[self.use] if self.users else "it is a label here") + how

    @property
    def rank(self) -> tuple[bool, int, float, str]:
        """Return the key by which what was found is put in order: the same name first, then who uses it."""
        return self.likeness < 100, self.use, -self.likeness, self.thing  # noqa: PLR2004 - as above


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a thing and the speakers who use it, or none for a label."""

    thing: str
    text: str
    language: str
    users: frozenset[str] = frozenset()
    is_refused: bool = False


def find(store: Store, words: str, cut: Cut, *, kind: str = "") -> list[Found]:
    """Return the things that a name may mean, the likeliest first; each thing once.

    The speakers of the cut (``according_to``) are those whose use counts most,
    then their sides; ``at`` and ``as_known`` keep the names in use then.
    ``kind`` keeps things of one kind (``place``); without it all are looked at
    but what only this graph names (figures, geometries, disagreements). A name
    that a speaker asked for denies comes last.
    """
    heard = [*_labels(store), *_used(store, cut)]
    sides = {side for speaker in cut.according_to for side in _sides(store, speaker)}
    near = dict.fromkeys(cut.according_to, Use.OWN)
    best: dict[str, Found] = {}
    for name in heard:
        if kind_of(name.thing) != kind if kind else kind_of(name.thing) in OURS:
            continue
        likeness = max(_likeness(form, words) for form in _forms(name.text))
        if likeness >= LIKE:
            found = _found(store, name, likeness, near, sides)
            best[name.thing] = min(best.get(name.thing, found), found, key=lambda one: one.rank)
    return sorted(best.values(), key=lambda one: one.rank)


def is_open(found: Sequence[Found]) -> bool:
    """Return whether more than one thing is called so in the same way, so that the name alone does not tell."""
    return len(found) > 1 and found[0].rank[:2] == found[1].rank[:2]


def _found(store: Store, name: _Name, likeness: float, near: dict[str, Use], sides: set[str]) -> Found:
    use = min((_use(store, user, near, sides) for user in name.users), default=Use.OTHERS)
    use = Use.REFUSED if name.is_refused else use
    users = tuple(sorted(compact(user) for user in name.users))
    return Found(compact(name.thing), label_of(store, name.thing), name.text, name.language, use, likeness, users)


def _use(store: Store, user: str, near: dict[str, Use], sides: set[str]) -> Use:
    if user in near:
        return near[user]
    return Use.SIDE if sides & _sides(store, user) else Use.OTHERS


def _labels(store: Store) -> Iterator[_Name]:
    for predicate in LABELS:
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and kind_of(quad.subject.value):
                yield _Name(quad.subject.value, quad.object.value, quad.object.language or "")


def _used(store: Store, cut: Cut) -> Iterator[_Name]:
    everybody = replace(cut, according_to=())
    denied: set[tuple[_Name, str]] = set()
    used: dict[_Name, set[str]] = defaultdict(set)
    for row in select(store, everybody, every_stance=True).rows:
        for name in _names_in(store, row.statement) if row.statement else ():
            users = {row.speaker, *_behalf(store, row.claim)}
            if row.stance == term("denies"):
                denied.add((name, row.speaker))
            else:
                used[name].update(users)
    refused = {name for name, speaker in denied if speaker in cut.according_to}
    for name, users in used.items():
        yield replace(name, users=frozenset(users), is_refused=name in refused)


def _names_in(store: Store, statement: str) -> list[_Name]:
    node = NamedNode(statement)
    names = {q.object for q in store.quads_for_pattern(node, NamedNode(S_NS + "name"), None, None)}
    things = store.quads_for_pattern(node, NamedNode(term("subject")), None, None)
    return [
        _Name(thing.value, name.value, name.language or "")
        for thing in {quad.object for quad in things}
        for name in names
        if isinstance(thing, NamedNode) and isinstance(name, Literal)
    ]


def _behalf(store: Store, claim: str) -> set[str]:
    return _targets(store, claim, term("onBehalfOf"))


def _targets(store: Store, subject: str, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def _sides(store: Store, agent: str) -> set[str]:
    """Return whom an agent speaks for, itself among them; a person speaks for whomever his or her offices do."""
    return {side for one in (agent, *_offices(store, agent)) for side in speaks_for(store, one)}


def _offices(store: Store, agent: str) -> set[str]:
    if kind_of(agent) != "person":
        return set()
    statements = store.quads_for_pattern(None, NamedNode(term("subject")), NamedNode(agent), None)
    return {
        office
        for quad in statements
        if isinstance(quad.subject, NamedNode)
        for office in _targets(store, quad.subject.value, S_NS + "holdsOffice")
    }


def _forms(text: str) -> set[str]:
    """Return the forms of a name that are compared: whole, and without what stands in brackets."""
    return {folded(text), folded(re.sub(r"\(.*?\)", "", text))} - {""}


def folded(text: str) -> str:
    """Return a name as it is compared: lower-case letters and digits without marks, words parted by one blank."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(FOLDED))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", kept).strip()


def _likeness(form: str, words: str) -> float:
    """Return how alike two names are, 0 to 100; one that is a part of the other is near, not the same."""
    asked = folded(words)
    return max(fuzz.ratio(form, asked), PART * fuzz.token_set_ratio(form, asked))
