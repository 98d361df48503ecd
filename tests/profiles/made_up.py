"""A small graph of made-up claims, for tests of forms that go one way; and what of any graph is not undisputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.claim import Case, Claim, Iri, Literal, Source, Statement, Thing, fact_order
from kg.iri import expand, term
from kg.quads import case_quads
from kg.vocab import DCTERMS, RDFS, SKOS
from kg.when import Mode, instant, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from kg.claim import Fact

DAY = read("2022-09-13", zone="Asia/Yerevan", mode=Mode.WITHIN)
KINDS = {
    "state:north": "State", "state:south": "State", "org:league": "InternationalOrganisation",
    "org:ministry": "GovernmentBody", "org:checkers": "NewsOrganisation", "person:adams": "Person",
    "person:brown": "Person", "office:minister": "Office", "office:chief": "Office", "place:hill": "Place",
    "place:ford": "Place", "event:raid": "Event", "event:talks": "Event", "unit:watch": "FieldMission",
    "treaty:pact": "Treaty",
}  # fmt: skip
SOURCES = ("bulletin", "check")


def thing(curie: str, kind: str) -> Thing:
    name = curie.partition(":")[2].capitalize()
    marks = [(RDFS + "label", Literal(name, language="en")), (SKOS + "altLabel", Literal(f"{name} too", language="en"))]
    if curie == "org:ministry":
        marks.append((term("organOf"), expand("state:north")))  # type: ignore[arg-type] # a mark may be an IRI
    if curie == "state:north":
        marks.append((DCTERMS + "identifier", Literal("AM")))
    return Thing(expand(curie), kind, tuple(sorted(marks, key=str)))


def claim(
    slug: str, subject: str, facts: Iterable[Fact], *, stance: str = "asserts", speaker: str = "org:ministry",
    source: str = "bulletin", links: Iterable[tuple[str, str]] = (), certainty: str | None = None,
    sourcing: str | None = None,
) -> Claim:  # fmt: skip
    """Return a claim with one statement, said and held on the same day."""
    statement = Statement(expand(subject), tuple(sorted(facts, key=fact_order)), DAY.interval)
    return Claim(
        expand(f"claim:{slug}"), expand(f"source:{source}"), expand(speaker), stance, DAY,
        instant("2026-11-23T10:00Z"), f"Gist of {slug}.", content=(statement,), held=(DAY,), certainty=certainty,
        sourcing=sourcing, links=tuple((name, expand(f"claim:{target}")) for name, target in links),
    )  # fmt: skip


def fact(name: str, value: str) -> Fact:
    """Return a fact whose value is a thing, or a text in English."""
    return name, (expand(value) if ":" in value else Literal(value, language="en"))


def graph(claims: Iterable[Claim]) -> list[Quad]:
    """Return the quads of claims with the things and sources that they may speak of."""
    sources = tuple(
        Source(
            expand(f"source:{name}"), "NewsArticle", name.capitalize(), expand("org:checkers"), language="en",
            url=f"https://example.org/{name}", published=DAY, source_kind="factCheck" if name == "check" else None,
        )
        for name in SOURCES
    )  # fmt: skip
    things = tuple(("registers", thing(curie, kind)) for curie, kind in KINDS.items())
    return list(case_quads(Case("made-up", sources, things, tuple(claims))))


NOT_PLAIN = """
PREFIX k: <https://w3id.org/conflict-kg/ontology#>
SELECT DISTINCT ?subject ?value WHERE {
  { ?claim k:stance ?stance . FILTER(?stance IN (k:denies, k:doubts, k:withdraws)) }
  UNION { ?other k:denies ?claim } UNION { ?other k:withdraws ?claim }
  ?claim k:content ?statement . ?statement k:subject ?subject ; ?predicate ?value .
  FILTER(STRSTARTS(STR(?predicate), "https://w3id.org/conflict-kg/statement#"))
}"""


def denied(quads: Iterable[Quad] | Store) -> set[tuple[Iri, str]]:
    """Return subject and value (an IRI, or a text in lower case) of all that anybody denies, doubts or withdraws."""
    store = quads if isinstance(quads, Store) else Store()
    if store is not quads:
        store.extend(quads)
    rows = store.query(NOT_PLAIN, use_default_graph_as_union=True)
    return {(Iri(row["subject"].value), row["value"].value.casefold()) for row in rows}  # type: ignore[union-attr] # a SELECT
