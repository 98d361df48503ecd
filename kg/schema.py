"""Builds what follows from the ontology: twins, shapes of predicates, JSON-LD context, names.

``python -m kg.schema`` rewrites ``ontology/statement.ttl``,
``ontology/shapes/predicates.ttl``, ``ontology/context.jsonld`` and ``kg/vocab.py``
in a checkout; a test holds all four equal to the ontology. The text is sorted,
so the same ontology gives the same bytes. It does not read data.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.resources import data_dir
from kg.terms import Predicate, classes, concepts, predicates, properties, schemes
from kg.vocab import BASE, DCTERMS, PREFIXES, RDF, RDFS, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHAPES_NS = BASE + "shapes#"
SHACL = "http://www.w3.org/ns/shacl#"
VERSION = "0.1.0"
MODULES = ("agents", "disagreements", "events", "figures", "places", "reasoning", "treaties", "units")
"""The modules whose predicates have twins."""
NOTICE = "# Written by python -m kg.schema from the other modules: edit those, and run it again."


def generated() -> Mapping[Path, str]:
    """Return the files that follow from the ontology, with the text they should have."""
    ontology = data_dir("ontology")
    return {
        ontology / "statement.ttl": twins(),
        ontology / "shapes" / "predicates.ttl": predicate_shapes(),
        ontology / "context.jsonld": context(),
        Path(__file__).with_name("vocab.py"): vocabulary(),
    }


def _prefixes(namespaces: Mapping[str, str]) -> list[str]:
    return [f"@prefix {name}: <{iri}> ." for name, iri in sorted(namespaces.items())]


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False) + "@en"


def twins() -> str:
    """Return the Turtle of the statement namespace: a twin for every predicate."""
    names = ("dcterms", "k", "owl", "rdfs", "s", "skos")
    vann = "http://purl.org/vocab/vann/"
    iri = f"{BASE}ontology/statement"
    head = [
        *_prefixes({name: PREFIXES[name] for name in names} | {"vann": vann}),
        "",
        NOTICE,
        f"<{iri}> a owl:Ontology ;",
        f"    owl:versionIRI <{BASE}{VERSION}/ontology/statement> ;",
        f'    owl:versionInfo "{VERSION}" ;',
        *(f"    owl:imports <{BASE}ontology/{module}> ;" for module in MODULES),
        '    dcterms:title "Predicates inside statements"@en ;',
        '    dcterms:description "The twins of the predicates of statements; slices take the plain ones."@en ;',
        "    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;",
        '    vann:preferredNamespacePrefix "s" ;',
        f'    vann:preferredNamespaceUri "{PREFIXES["s"]}" .',
        "",
        "# Terms of others that this module uses, declared so that it is OWL 2 DL without importing them.",
        *(f"dcterms:{name} a owl:AnnotationProperty ." for name in ("description", "license", "title")),
        *(f"skos:{name} a owl:AnnotationProperty ." for name in ("definition", "example", "scopeNote")),
        *(f"vann:{name} a owl:AnnotationProperty ." for name in ("preferredNamespacePrefix", "preferredNamespaceUri")),
    ]
    return "\n".join([*head, *(line for p in predicates().values() for line in _twin(p, iri)), ""])


def _twin(predicate: Predicate, module: str) -> list[str]:
    name = predicate.name
    kind = "Datatype" if predicate.datatype else "Object"
    note = f"Its plain twin is k:{name}, which slices use; a statement describes, and makes nothing a fact."
    example = f"a statement with s:{name} gives a slice a triple with k:{name}"
    return [
        "",
        f"s:{name} a owl:{kind}Property ;",
        f"    k:projectsTo k:{name} ;",
        f"    rdfs:label {_text(f'{predicate.label} (in a statement)')} ;",
        f"    skos:definition {_text(f'Of the subject of a statement: {predicate.definition}')} ;",
        f"    skos:scopeNote {_text(note)} ;",
        f"    skos:example {_text(example)} ;",
        f"    rdfs:isDefinedBy <{module}> ;",
        f'    owl:versionInfo "{VERSION}" .',
    ]


def predicate_shapes() -> str:
    """Return the SHACL of the closed list: what subject and value each predicate takes."""
    head = [
        *_prefixes({n: PREFIXES[n] for n in ("k", "rdf", "s", "skos", "xsd")} | {"ks": SHAPES_NS, "sh": SHACL}),
        "",
        NOTICE,
    ]
    groups = [group for p in predicates().values() for group in (p.subject_classes, p.value_classes)]
    several = sorted({name for group in groups if len(group) > 1 for name in group})
    helpers = [line for name in several for line in _helper(name)]
    return "\n".join([*head, *helpers, *(line for p in predicates().values() for line in _shape(p)), ""])


def _helper(name: str) -> list[str]:
    return ["", f"ks:is-{name} a sh:NodeShape ;", f"    sh:class {_class(name)} ."]


def _class(name: str) -> str:
    return f"skos:{name}" if name == "Concept" else f"k:{name}"


def _shape(predicate: Predicate) -> list[str]:
    name = predicate.name
    message = f"s:{name} is said of {_or(predicate.subject_classes)}: mend the subject, its type or the predicate."
    return [
        "",
        f"ks:{name} a sh:NodeShape ;",
        f"    sh:targetSubjectsOf s:{name} ;",
        f"    sh:property ks:{name}-subject , ks:{name}-value .",
        "",
        f"ks:{name}-subject a sh:PropertyShape ;",
        "    sh:path k:subject ;",
        *_alternatives(predicate.subject_classes),
        f"    sh:message {_text(message)} .",
        "",
        f"ks:{name}-value a sh:PropertyShape ;",
        f"    sh:path s:{name} ;",
        *_value(predicate),
    ]


def _or(names: Sequence[str]) -> str:
    return " or ".join(_class(name) for name in names)


def _alternatives(names: Sequence[str]) -> list[str]:
    if len(names) == 1:
        return [f"    sh:class {_class(names[0])} ;"]
    return ["    sh:or ( " + " ".join(f"ks:is-{name}" for name in names) + " ) ;"]


def _value(predicate: Predicate) -> list[str]:
    if predicate.datatype:
        datatype = _datatype(predicate.datatype)
        message = f"s:{predicate.name} takes a literal of {datatype}: write it so."
        return ["    sh:nodeKind sh:Literal ;", f"    sh:datatype {datatype} ;", f"    sh:message {_text(message)} ."]
    if predicate.value_schemes:
        entries = sorted(n for scheme in predicate.value_schemes for n in schemes()[scheme])
        lists = " or ".join(f"k:{scheme}" for scheme in predicate.value_schemes)
        message = f"s:{predicate.name} takes an entry of {lists}: take one, or add one to the ontology."
        listed = "    sh:in ( " + " ".join(f"k:{name}" for name in entries) + " ) ;"
        return ["    sh:nodeKind sh:IRI ;", listed, f"    sh:message {_text(message)} ."]
    message = f"s:{predicate.name} takes {_or(predicate.value_classes)}: mend the value, or give it its type."
    return ["    sh:nodeKind sh:IRI ;", *_alternatives(predicate.value_classes), f"    sh:message {_text(message)} ."]


def _datatype(iri: str) -> str:
    return "rdf:" + iri.removeprefix(RDF) if iri.startswith(RDF) else "xsd:" + iri.removeprefix(XSD)


def context() -> str:
    """Return the JSON-LD 1.1 context of claim files and of JSON-LD exports.

    Every key of a claim file, every property of the record and every statement
    predicate has an entry; predicates go to the ``s:`` namespace, concepts are
    read against ``k:``, literals carry their datatypes.
    """
    terms: dict[str, object] = {"@version": 1.1, "@vocab": PREFIXES["k"], **PREFIXES, "id": "@id", "type": "@type"}
    terms |= {name: _record(name) for name in properties() if name not in predicates()}
    terms |= {name: _predicate(predicate) for name, predicate in predicates().items()}
    terms |= _claim_file_keys()
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _record(name: str) -> dict[str, object]:
    prop = properties()[name]
    entry: dict[str, object] = {"@id": prop.iri}
    if prop.kind == "object":
        entry["@type"] = "@vocab" if prop.range == SKOS + "Concept" else "@id"
    elif prop.range == RDF + "PlainLiteral":
        entry["@language"] = "en"
    elif prop.range and prop.range != XSD + "string":
        entry["@type"] = prop.range
    return entry


def _predicate(predicate: Predicate) -> dict[str, object]:
    entry: dict[str, object] = {"@id": predicate.statement_iri}
    if predicate.datatype == RDF + "langString":
        return entry | {"@container": "@language"}
    if predicate.datatype:
        return entry | ({} if predicate.datatype == XSD + "string" else {"@type": predicate.datatype})
    return entry | {"@type": "@vocab" if "Concept" in predicate.value_classes else "@id"}


def _claim_file_keys() -> dict[str, object]:
    """Return the keys of claim files that are no terms of ours.

    A time in a claim file is a reading as it is written down, so its keys have
    a context of their own: ``end`` there is the kind of an end, in a passage an offset.
    """
    inside = {
        "begin": _record("beginKind"),
        "end": _record("endKind"),
        "time": _record("notation"),
        "words": _record("asWritten"),
        "zone": _record("zoneAsWritten"),
    }
    text = {"@container": "@language"}
    return {
        "altLabel": {"@id": SKOS + "altLabel"} | text,
        "claims": "@included",
        "held": _record("held") | {"@context": inside},
        "identifier": {"@id": DCTERMS + "identifier"},
        "label": {"@id": RDFS + "label"} | text,
        "language": {"@id": DCTERMS + "language"},
        "passages": _record("passage"),
        "published": _record("published") | {"@context": inside},
        "publisher": {"@id": DCTERMS + "publisher", "@type": "@id"},
        "reference": {"@id": DCTERMS + "identifier"},
        "said": _record("said") | {"@context": inside},
        "sources": "@included",
        "things": "@included",
        "times": None,
        "title": {"@id": DCTERMS + "title"},
        "wkt": {"@id": PREFIXES["geo"] + "asWKT", "@type": PREFIXES["geo"] + "wktLiteral"},
        "zone": _record("zoneAsWritten"),
    }


def vocabulary() -> str:
    """Return the Python text of ``kg/vocab.py``: every term as a constant."""
    shared = ("dcterms", "geo", "owl", "rdf", "rdfs", "skos", "xsd")
    namespaces = {name.upper(): PREFIXES[name] for name in shared}
    kinds = [name for name, iri in PREFIXES.items() if iri == f"{BASE}{name}/"]
    lines = [
        '"""Names of all terms of the ontology, as constants, and the namespaces.',
        "",
        "The lowest layer: it imports nothing of this package. Written by",
        "``python -m kg.schema`` from the ontology; a test holds the two equal.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        f'BASE: Final = "{BASE}"',
        '"""Base of all IRIs of the project (not registered yet)."""',
        'K_NS: Final = BASE + "ontology#"',
        '"""Namespace of the ontology: classes, properties, concepts."""',
        'S_NS: Final = BASE + "statement#"',
        '"""Namespace of the predicates inside statements."""',
        *(f'{name}: Final = "{iri}"' for name, iri in namespaces.items()),
        "KINDS: Final = (",
        *(f'    "{kind}",' for kind in kinds),
        ")",
        '"""Kinds of things: CURIE prefixes, and folders under the base IRI."""',
        "PREFIXES: Final[dict[str, str]] = {",
        '    "k": K_NS,',
        '    "s": S_NS,',
        '    **{kind: f"{BASE}{kind}/" for kind in KINDS},',
        *(f'    "{name.lower()}": {name},' for name in sorted(namespaces)),
        "}",
        '"""Prefixes of CURIEs here, and of the vocabularies that data use."""',
        *_constants("Class", "Classes of things.", classes()),
        *_constants("Property", "Properties in k:, those that statements use among them.", properties()),
        *_constants("Scheme", "Code lists.", schemes()),
        *_constants("Concept", "Entries of the code lists.", concepts()),
        "",
    ]
    return "\n".join(lines)


def _constants(title: str, says: str, names: Iterable[str]) -> list[str]:
    found = [f'    {_constant(name)}: Final = K_NS + "{name}"' for name in sorted(names)]
    return ["", "", f"class {title}:", f'    """{says}"""', "", *found]


def _constant(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def main() -> None:
    """Rewrite the files that follow from the ontology, and name those that changed on stderr."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stderr.write(f"wrote {path}\n")


if __name__ == "__main__":
    main()
