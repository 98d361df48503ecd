"""Labelled cases of the rules: read from ``cases/``, and turned into a store by the real loader.

A case is a handful of claims and all the contradictions that a careful reader
finds between them. It stands in YAML in the syntax of a claim file, cut short
where that says nothing: things that only need a label are inferred, a plain
``said`` is some time within. Nothing here knows the rules.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.iri import expand, term
from kg.loaders.case import read_cases
from kg.loaders.yaml_lines import read_page
from kg.quads import case_quads
from kg.reason import derive
from kg.store import in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

Node = dict[str, Any]

CASES = Path(__file__).parent / "cases"
RECORDED = "2026-11-25T00:00:00Z"
ZONE = "UTC"
CLAIM_LINKS = ("denies", "respondsTo", "supersedes", "withdraws", "reportedIn")
KINDS = {
    "state": "State", "org": "Organisation", "person": "Person", "place": "Place", "event": "Event",
    "figure": "Figure", "treaty": "Treaty", "provision": "Provision", "office": "Office", "unit": "MilitaryUnit",
}  # fmt: skip
CASE_KEYS = {"case", "why", "things", "claims", "expect", "lookalikes"}
CERTAINTIES = {"certainly", "possibly"}
DERIVED = {term(name) for name in ("Contradiction", "Lookalike", "TreatyDuty", "Support", "TightenedTime")}
_CURIE = re.compile(rf"({'|'.join(KINDS)}):[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Expected:
    """A contradiction that holds in a case: its kind, between which two claims, how certain, about what."""

    kind: str
    between: frozenset[str]
    certainty: str
    matter: str | None
    """None where the specification names no matter: any will do."""


@dataclass(frozen=True, slots=True)
class ExpectedLookalike:
    """A pair of claims that only looks contradictory, with the reason why."""

    reason: str
    between: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A few claims, and all that contradicts among them."""

    name: str
    why: str
    things: tuple[Node, ...]
    claims: tuple[Node, ...]
    expect: tuple[Expected, ...]
    """All contradictions of the case; empty if there is none."""
    lookalikes: tuple[ExpectedLookalike, ...]
    """Some of its lookalikes; there may be more."""

    def iri(self, claim: str) -> str:
        """Return the IRI of a claim of the case, given its short name."""
        return expand(claim_name(self, claim))


def cases(path: Path) -> list[LabelledCase]:
    """Return the cases of one file; raises ValueError if one is not well formed."""
    found = [_case(node) for node in read_page(path).content]
    if len({case.name for case in found}) < len(found):
        raise ValueError(f"{path}: two cases bear one name")
    return found


def claim_name(case: LabelledCase, claim: str) -> str:
    """Return the CURIE of a claim of a case, given its short name."""
    source = next(_source(node) for node in case.claims if node["id"] == claim)
    return f"claim:case-{source}-{claim}"


def store_of(case: LabelledCase) -> Store:
    """Return a store with the ontology and the claims of a case; raises DataError if the loader finds a fault."""
    store = in_memory(())
    with TemporaryDirectory() as folder:
        graphs = Path(folder)
        (graphs / case.name).mkdir()
        for source, content in _claim_files(case):
            # JSON is YAML, and needs no quoting rules of our own.
            (graphs / case.name / f"{source}.yaml").write_text(json.dumps(content, indent=1), encoding="utf-8")
        for read in read_cases(graphs):
            store.extend(case_quads(read))
    return store


def derived_nodes(store: Store) -> dict[str, dict[str, set[str]]]:
    """Return all that the rules derive from a store, each with its values by the local names of their properties."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in derive(store):
        subject, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
        found[subject][quad.predicate.value.rpartition("#")[2]].add(value)
    return {iri: node for iri, node in found.items() if node["type"] & DERIVED}


def _case(node: Node) -> LabelledCase:
    name = str(node["case"])
    if unknown := set(node) - CASE_KEYS:
        raise ValueError(f"{name}: no key is called {', '.join(sorted(unknown))}")
    case = LabelledCase(
        name,
        str(node["why"]),
        tuple(node.get("things", ())),
        tuple(node["claims"]),
        tuple(
            Expected(part["kind"], frozenset(part["between"]), part["certainty"], part.get("matter"))
            for part in node["expect"]
        ),
        tuple(ExpectedLookalike(part["reason"], frozenset(part["between"])) for part in node.get("lookalikes", ())),
    )
    _well_formed(case)
    return case


def _well_formed(case: LabelledCase) -> None:
    ids = [str(node["id"]) for node in case.claims]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{case.name}: two claims bear one name")
    for pair in (*(part.between for part in case.expect), *(part.between for part in case.lookalikes)):
        if len(pair) != 2 or not pair <= set(ids):
            raise ValueError(f"{case.name}: {sorted(pair)} are no two claims of it")
    if any(part.certainty not in CERTAINTIES for part in case.expect):
        raise ValueError(f"{case.name}: a certainty is none of {', '.join(sorted(CERTAINTIES))}")


def _source(claim: Node) -> str:
    return str(claim.get("source", "one"))


def _claim_files(case: LabelledCase) -> Iterator[tuple[str, Node]]:
    """Yield a claim file for each source of a case; the first defines all things."""
    sources = sorted({_source(claim) for claim in case.claims})
    things = _things(case, sources)
    for source in sources:
        content: Node = {
            "source": {
                "id": f"source:case-{source}",
                "type": "NewsArticle",
                "title": f"Made-up article {source}",
                "publisher": f"org:press-{source}",
            },
            "recorded": RECORDED,
            "zone": ZONE,
            "claims": [_claim(case, claim) for claim in case.claims if _source(claim) == source],
        }
        yield source, content | {"things": things} if source == sources[0] else content


def _claim(case: LabelledCase, node: Node) -> Node:
    claim = {key: value for key, value in node.items() if key != "source"}
    claim["id"] = claim_name(case, node["id"])
    claim.setdefault("stance", "asserts")
    claim.setdefault("gist", f"Made-up claim {node['id']} of the case {case.name}.")
    said = claim["said"]
    claim["said"] = {"mode": "someTimeWithin"} | (said if isinstance(said, dict) else {"time": said})
    for link in CLAIM_LINKS:
        if link in claim:
            claim[link] = [claim_name(case, target) for target in _listed(claim[link])]
    return claim


def _things(case: LabelledCase, sources: list[str]) -> list[Node]:
    """Return what the case describes, and what it only names with the class and label of its name."""
    described: dict[str, Node] = {str(node["id"]): dict(node) for node in case.things}
    named = {f"org:press-{source}" for source in sources}
    named |= {text for text in _texts([list(case.things), list(case.claims)]) if _CURIE.fullmatch(text)}
    for name in named:
        described.setdefault(name, {"id": name})
    for name, thing in described.items():
        kind, _, slug = name.partition(":")
        thing.setdefault("type", KINDS[kind])
        thing.setdefault("label", {"en": slug.replace("-", " ").capitalize()})
    return [described[name] for name in sorted(described)]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _listed(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]
