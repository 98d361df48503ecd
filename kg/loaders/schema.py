"""The JSON Schema of a claim file: editors complete with it, the loader checks with it.

Built from the ontology, so that a new predicate or concept is known to both at
once. ``graphs/claim-file.schema.json`` is this, committed; a test holds them equal.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from kg.claim import LINKS
from kg.resources import data_dir
from kg.terms import classes, concepts, predicates
from kg.vocab import BASE, KINDS
from kg.when import EndKind, Mode

Schema = dict[str, Any]

NAME = {"type": "string", "pattern": r"^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$"}
TEXT = {"type": "string", "minLength": 1}
STANCES = ("asserts", "denies", "doubts", "callsFor", "promises", "reports", "withdraws")


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _listed(item: Schema) -> Schema:
    return {"type": ["array", item["type"]], "items": item, **{k: v for k, v in item.items() if k != "type"}}


def _time() -> Schema:
    kinds = [str(kind) for kind in EndKind]
    return _object(
        {
            "time": TEXT | {"description": "EDTF or ISO 8601, local to the zone"},
            "zone": TEXT | {"description": "IANA name, an offset the source wrote, or 'unknown'"},
            "mode": {"type": "string", "enum": [str(mode) for mode in Mode]},
            "begin": {"type": "string", "enum": kinds},
            "end": {"type": "string", "enum": kinds},
            "words": TEXT | {"description": "the words of the source for this time"},
        },
        ("time", "mode"),
    )


def _predicate(name: str) -> Schema:
    predicate = predicates()[name]
    item: Schema = {"type": "string", "minLength": 1, "description": predicate.definition}
    if predicate.datatype and predicate.datatype.endswith(("integer", "decimal")):
        item = {"type": ["string", "number"], "description": predicate.definition}
        return {"type": ["array", "string", "number"], "items": item, "description": predicate.definition}
    return _listed(item)


def _statement() -> Schema:
    properties: Schema = {"subject": NAME, "held": _time()}
    properties |= {name: _predicate(name) for name in sorted(predicates())}
    return _object(properties, ("subject", "held")) | {"minProperties": 3}


def _claim() -> Schema:
    passage = _object(
        {
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
        ("start", "end", "sha256"),
    )
    properties: Schema = {
        "id": NAME,
        "speaker": NAME,
        "stance": {"type": "string", "enum": list(STANCES)},
        "certainty": {"type": "string", "enum": ["flat", "hedged"]},
        "sourcing": {"type": "string", "enum": ["sourced", "partlySourced", "unsourced"]},
        "said": _time(),
        "recorded": TEXT,
        "gist": TEXT,
        "note": TEXT,
        "passages": {"type": "array", "items": passage, "minItems": 1},
        "content": {"type": "array", "items": _statement(), "minItems": 1},
    }
    properties |= {name: _listed(NAME) for name in LINKS}
    return _object(properties, ("id", "speaker", "stance", "said", "gist"))


def _source() -> Schema:
    return _object(
        {
            "id": NAME,
            "type": {
                "type": "string",
                "enum": ["NewsArticle", "OfficialStatement", "LegalText", "ReferenceWork", "Dataset"],
            },
            "title": TEXT,
            "publisher": NAME,
            "language": TEXT,
            "url": TEXT,
            "published": _time(),
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "characterCount": {"type": "integer", "minimum": 1},
            "note": TEXT,
        },
        ("id", "type", "title", "publisher"),
    )


def _thing() -> Schema:
    texts = {"type": "object", "additionalProperties": _listed({"type": "string", "minLength": 1})}
    return _object(
        {
            "id": NAME,
            "type": {"type": "string", "enum": sorted(classes())},
            "label": texts | {"minProperties": 1},
            "altLabel": texts,
            "identifier": TEXT,
            "organOf": _listed(NAME),
        },
        ("id", "type", "label"),
    )


@functools.cache
def claim_file_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one claim file."""
    body = _object(
        {
            "source": _source(),
            "recorded": TEXT | {"description": "when this graph took the claims in, UTC"},
            "zone": TEXT | {"description": "the zone of every time here that names none"},
            "times": {"type": "object", "description": "anchors for times used more than once"},
            "things": {"type": "array", "items": _thing()},
            "claims": {"type": "array", "items": _claim()},
        },
        ("source", "recorded", "claims"),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}claim-file.schema.json",
        "title": "What one source said",
        "description": f"Names are CURIEs; kinds: {', '.join(KINDS)}. {len(concepts())} concepts stand in ontology/.",
        **body,
    }


def main() -> None:
    """Write the committed schema anew: ``python -m kg.loaders.schema``."""
    path = data_dir("graphs") / "claim-file.schema.json"
    path.write_text(json.dumps(claim_file_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
