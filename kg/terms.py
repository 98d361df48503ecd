"""The terms of the ontology, read once from its Turtle: classes, predicates, concepts.

The Turtle is the source; this module adds nothing to it. It does not check
data (the shapes do) and does not write files (``kg.schema`` does).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.resources import data_dir
from kg.vocab import K_NS, OWL, RDF, RDFS, S_NS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate of the closed list of those that may stand in a statement.

    ``subject_classes`` and ``value_classes`` are local names of classes of
    ours, or ``Concept``; ``value_schemes`` the code lists a concept may come
    from; ``datatype`` is the IRI of the datatype of a literal, else None.
    ``single_valued`` says that one subject has at most one value at a time,
    ``single_holder`` that one value has at most one subject, ``one_account``
    that an account names all values, ``compared_whole`` that reports of one
    occasion should agree on them, ``once`` that it marks an act,
    ``begins_by_act`` that what it says begins and ends by one. ``one_per``
    and ``excludes`` are names of predicates, ``matter`` is what sources differ about.
    """

    name: str
    iri: str
    statement_iri: str
    subject_classes: tuple[str, ...]
    value_classes: tuple[str, ...]
    value_schemes: tuple[str, ...]
    datatype: str | None
    single_valued: bool
    single_holder: bool
    one_account: bool
    compared_whole: bool
    once: bool
    begins_by_act: bool
    one_per: tuple[str, ...]
    excludes: tuple[str, ...]
    matter: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a code list; ``scheme``, ``broader`` and ``opposes`` are local names.

    ``once`` marks an act, ``arises`` an obligation that an event brings into play.
    """

    name: str
    iri: str
    scheme: str
    label: str
    broader: tuple[str, ...]
    definition: str
    opposes: tuple[str, ...]
    once: bool
    arises: bool


@dataclass(frozen=True, slots=True)
class Class:
    """A class of things; ``parents`` are local names of classes of ours."""

    name: str
    iri: str
    label: str
    parents: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Property:
    """Any property of the ``k:`` namespace that says something of data.

    ``kind`` is ``object``, ``datatype`` or ``annotation``; ``range`` the IRI of
    its range, or None where there is no single one.
    """

    name: str
    iri: str
    kind: str
    range: str | None
    label: str


def ontology_files() -> tuple[Path, ...]:
    """Return the Turtle files of the ontology, sorted; shapes are not among them."""
    return tuple(sorted(data_dir("ontology").glob("*.ttl")))


def local_name(iri: str) -> str:
    """Return the part of an IRI after its last ``#`` or ``/``."""
    return iri.rpartition("#" if "#" in iri else "/")[2]


@cache
def _graph() -> Store:
    store = Store()
    for path in ontology_files():
        store.extend(parse(path=str(path), format=RdfFormat.TURTLE))
    return store


def _values(subject: str, name: str) -> tuple[str, ...]:
    quads = _graph().quads_for_pattern(NamedNode(subject), NamedNode(name), None, None)
    return tuple(sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal)))


def _text(subject: str, name: str) -> str:
    return next(iter(_values(subject, name)), "")


def _is_marked(subject: str, name: str) -> bool:
    return _text(subject, K_NS + name) == "true"


def _names(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(local_name(iri) for iri in iris if iri.startswith((K_NS, SKOS))))


def _of_type(*types: str) -> list[str]:
    quads = (q for t in types for q in _graph().quads_for_pattern(None, NamedNode(TYPE), NamedNode(t), None))
    found = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    return sorted(iri for iri in found if iri.startswith(K_NS))


@cache
def predicates() -> Mapping[str, Predicate]:
    """Return the closed list of statement predicates by local name, in order."""
    quads = _graph().quads_for_pattern(None, NamedNode(K_NS + "takesSubject"), None, None)
    found = sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})
    return MappingProxyType({local_name(iri): _predicate(iri) for iri in found})


def _predicate(iri: str) -> Predicate:
    values = _values(iri, K_NS + "takesValue")
    datatypes = [value for value in values if not value.startswith((K_NS, SKOS))]
    return Predicate(
        name=local_name(iri),
        iri=iri,
        statement_iri=S_NS + local_name(iri),
        subject_classes=_names(_values(iri, K_NS + "takesSubject")),
        value_classes=_names(values),
        value_schemes=_names(_values(iri, K_NS + "takesScheme")),
        datatype=datatypes[0] if datatypes else None,
        single_valued=_is_marked(iri, "singleValued"),
        single_holder=_is_marked(iri, "singleHolder"),
        one_account=_is_marked(iri, "ofOneAccount"),
        compared_whole=_is_marked(iri, "comparedWhole"),
        once=_is_marked(iri, "happensOnce"),
        begins_by_act=_is_marked(iri, "beginsByAct"),
        one_per=_names(_values(iri, K_NS + "onePer")),
        excludes=_names(_values(iri, K_NS + "excludes")),
        matter=local_name(_text(iri, K_NS + "differenceMatter") or K_NS + "aboutStatus"),
        label=_text(iri, RDFS + "label"),
        definition=_text(iri, SKOS + "definition"),
    )


@cache
def concepts() -> Mapping[str, Concept]:
    """Return the entries of all code lists by local name, in order."""
    found = _of_type(SKOS + "Concept")
    return MappingProxyType({local_name(iri): _concept(iri) for iri in found})


def _concept(iri: str) -> Concept:
    scheme = local_name(_text(iri, SKOS + "inScheme"))
    broader = _names(_values(iri, SKOS + "broader"))
    label, definition = _text(iri, RDFS + "label"), _text(iri, SKOS + "definition")
    opposes, once = _names(_values(iri, K_NS + "opposes")), _is_marked(iri, "happensOnce")
    arises = _is_marked(iri, "arisesFromEvent")
    return Concept(local_name(iri), iri, scheme, label, broader, definition, opposes, once, arises)


@cache
def classes() -> Mapping[str, Class]:
    """Return the classes of the ontology by local name, in order."""
    return MappingProxyType({local_name(iri): _class(iri) for iri in _of_type(OWL + "Class")})


def _class(iri: str) -> Class:
    parents = _names(_values(iri, RDFS + "subClassOf"))
    return Class(local_name(iri), iri, _text(iri, RDFS + "label"), parents, _text(iri, SKOS + "definition"))


@cache
def schemes() -> Mapping[str, tuple[str, ...]]:
    """Return the code lists by local name, each with the names of its entries."""
    found = {local_name(iri): iri for iri in _of_type(SKOS + "ConceptScheme")}
    return MappingProxyType({name: tuple(n for n, c in concepts().items() if c.scheme == name) for name in found})


@cache
def properties() -> Mapping[str, Property]:
    """Return all properties in ``k:`` by local name: of the record, of statements, of terms."""
    kinds = ("Object", "Datatype", "Annotation")
    found = {iri: kind for kind in kinds for iri in _of_type(f"{OWL}{kind}Property")}
    return MappingProxyType({local_name(iri): _property(iri, found[iri]) for iri in sorted(found)})


def _property(iri: str, kind: str) -> Property:
    return Property(local_name(iri), iri, kind.lower(), _text(iri, RDFS + "range") or None, _text(iri, RDFS + "label"))


def subclasses(name: str) -> tuple[str, ...]:
    """Return a class and all classes below it, by local name, sorted."""
    below = {name}
    while more := {n for n, c in classes().items() if set(c.parents) & below} - below:
        below |= more
    return tuple(sorted(below))
