"""Claims in the words of schema.org, as JSON-LD with its context inside: a Claim each, and no verdict of ours.

A ClaimReview stands only where a fact check or a field mission in the graph
answers somebody else's claim; it bears no rating, as the graph has none in
their words. The list of claims is written as it is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.claim import Literal
from kg.iri import compact, mint, term
from kg.profiles.contested import contested
from kg.profiles.dates import moment_of
from kg.profiles.told import links, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.claim import Claim, Source
    from kg.profiles.contested import Contested
    from kg.profiles.told import Told
    from kg.when import Reading

    Node = dict[str, Any]

CANNOT: Final = (
    "Statements with predicates, values and the time they held: of a claim's content, the gist and what it is about.",
    "Certainty, sourcing, passages, readings of times; on whose behalf and to whom it was said; when it was recorded.",
    "Which claim supersedes which, and whether one denies, withdraws or answers another: what it speaks to is told.",
    "Ratings: the graph has none in the words of those who check, and gives none.",
)
_CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ("additionalType", "isBasedOn", "url")},
}
_TYPES: Final = {
    "ArmedForce": "Organization", "Event": "Event", "FieldMission": "Organization",
    "GovernmentBody": "GovernmentOrganization", "InternationalOrganisation": "Organization",
    "MilitaryUnit": "Organization", "NewsOrganisation": "NewsMediaOrganization", "Organisation": "Organization",
    "Person": "Person", "Place": "Place", "Provision": "CreativeWork", "State": "Organization",
    "Treaty": "CreativeWork",
}  # fmt: skip
"""Their type for each class of things; any other is a Thing."""
_WORKS: Final = {"Dataset": "Dataset", "LegalText": "Legislation", "NewsArticle": "NewsArticle"}
"""Their type for each class of sources; any other is a CreativeWork."""
_SPOKEN_TO: Final = ("denies", "respondsTo", "withdraws")
_REVIEWS: Final = ("denies", "respondsTo")


def write(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write the claims of a graph; the same quads in another order give the same bytes."""
    with telling(quads) as told:
        out.write(f'{{\n  "@context": {_json(_CONTEXT)},\n  "@graph": ['.encode())
        comma = ""
        for node in _Words(told, contested(told)).nodes():
            out.write(f"{comma}\n    {_json(node)}".encode())
            comma = ","
        out.write(b"\n  ]\n}\n")


def _json(node: object) -> str:
    return json.dumps(node, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """Makes nodes of claims."""

    told: Told
    contested: Contested

    def nodes(self) -> Iterator[Node]:
        for claim in self.told.claims():
            yield self._claim(claim)
            yield from self._reviews(claim)

    def _claim(self, claim: Claim) -> Node:
        subjects = {iri for statement in claim.content for iri in _mentioned(statement.subject, statement.facts)}
        answered = {target for name in _SPOKEN_TO for target in links(claim, name)}
        node = {
            "@type": "Claim",
            "@id": claim.iri,
            "additionalType": term(claim.stance),
            "text": claim.gist,
            "inLanguage": "en",
            "author": self._thing(claim.speaker),
            "datePublished": _date(claim.said),
            "appearance": self._appearance(claim.source),
            "isBasedOn": links(claim, "reportedIn"),
            "about": [self._about(iri) for iri in sorted(subjects | answered)],
        }
        return _told(node)

    def _appearance(self, iri: str) -> Node:
        source = self.told.sources.get(iri)
        return self._work(source) if source else {"@type": "CreativeWork", "@id": iri}

    def _work(self, source: Source) -> Node:
        node = {
            "@type": _WORKS.get(source.kind, "CreativeWork"),
            "@id": source.iri,
            "name": source.title,
            "url": source.url,
            "inLanguage": source.language,
            "publisher": self._thing(source.publisher) if source.publisher else None,
            "datePublished": _date(source.published) if source.published else None,
        }
        return _told(node)

    def _thing(self, iri: str) -> Node:
        thing, name = self.told.things.get(iri), self.told.name(iri)
        kind = thing.kind if thing else ""
        if self.contested.parts(iri, Literal(name)):
            name = compact(iri)
        if kind == "Event":  # that it was is a claim; that it is told of is not
            name = f"{name} (as told)"
        return {"@type": _TYPES.get(kind, "Thing"), "@id": iri, "name": name}

    def _about(self, iri: str) -> Node:
        return self._thing(iri) if iri in self.told.things else {"@id": iri}

    def _reviews(self, claim: Claim) -> Iterator[Node]:
        """Yield a review for each claim of another that this one, of a third party, answers."""
        source = self.told.sources.get(claim.source)
        if source is None or not source.url or not self._checks(claim, source):
            return
        for target in sorted({target for name in _REVIEWS for target in links(claim, name)}):
            if self._text(target, "speaker") not in {"", claim.speaker}:
                yield _told({
                    "@type": "ClaimReview",
                    "@id": f"{claim.iri}#review-of-{target.rpartition('/')[2]}",
                    "claimReviewed": self._text(target, "gist"),
                    "itemReviewed": {"@id": target},
                    "author": self._thing(claim.speaker),
                    "datePublished": _date(claim.said),
                    "reviewBody": claim.gist,
                    "inLanguage": "en",
                    "url": source.url,
                    "isBasedOn": [claim.iri],
                })  # fmt: skip

    def _checks(self, claim: Claim, source: Source) -> bool:
        """Return whether a claim is of one who checks others' claims: in its own fact check, or as a field mission."""
        speaker = self.told.things.get(claim.speaker)
        own = source.source_kind == "factCheck" and source.publisher == claim.speaker
        return own or (speaker is not None and speaker.kind == "FieldMission")

    def _text(self, claim: str, name: str) -> str:
        found = self.told.store.quads_for_pattern(NamedNode(claim), NamedNode(term(name)), None)
        return min((quad.object.value for quad in found if isinstance(quad.object, NamedNode | RdfLiteral)), default="")


def _mentioned(subject: str, facts: Iterable[tuple[str, object]]) -> Iterator[str]:
    """Yield the things that a statement is about or names, without code lists and points on a map."""
    yield subject
    kept = (str(value) for _, value in facts if not isinstance(value, Literal))
    yield from (iri for iri in kept if not iri.startswith((term(""), mint("geometry", ""))))


def _date(reading: Reading) -> str:
    """Return a date, or a time in UTC; an empty text where not even the year is sure."""
    text = moment_of(reading)
    return f"{text}Z" if "T" in text else text


def _told(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}
