"""The JSON Schema of a claim file: editors complete with it, the loader checks with it.

Built from the ontology, so that a new predicate or concept is known to both at
once. ``graphs/claim-file.schema.json`` is this, committed; a test holds them equal.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from kg.claim import LINKS
from kg.keys import LANG_STRING
from kg.resources import data_dir
from kg.terms import classes, concepts, predicates, schemes, subclasses
from kg.vocab import BASE, KINDS, XSD
from kg.when import EndKind, Mode

Schema = dict[str, Any]

NAME = {"type": "string", "pattern": r"^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$"}
TEXT = {"type": "string", "minLength": 1}
NUMBER = {"type": ["string", "number"]}
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
LINKED = {
    "onBehalfOf": "the state or body for which the speaker speaks",
    "addressedTo": "whom the speaker speaks to",
    "reportedIn": "the claim by which someone else passes this one on",
    "denies": "the claim that this one denies; its stance is denies",
    "respondsTo": "the claim that this one answers",
    "supersedes": "the earlier claim of ours that this one corrects; nothing is edited",
    "withdraws": "the speaker's own claim that this one takes back",
}
MODES = {
    "throughout": "it held at every instant from begin to end",
    "someTimeWithin": "it held, or was said, at some instant in the range",
}
END_KINDS = {
    "known": "the real begin or end",
    "seen": "only attested from then, or until then",
    "open": "still so when it was said",
    "unknown": "not known",
}


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _listed(item: Schema) -> Schema:
    kinds = item["type"] if isinstance(item["type"], list) else [item["type"]]
    return {**item, "type": ["array", *kinds], "items": item}


def _said(schema: Schema, description: str, *examples: object) -> Schema:
    return {**schema, "description": description} | ({"examples": list(examples)} if examples else {})


def _choice(description: str, meanings: dict[str, str]) -> Schema:
    lines = "\n".join(f"- `{name}`: {meaning}" for name, meaning in meanings.items())
    return {
        "type": "string",
        "enum": list(meanings),
        "description": description,
        "markdownDescription": f"{description}\n\n{lines}",
    }


def _entries(description: str, scheme: str) -> Schema:
    return _choice(description, {name: concepts()[name].definition for name in schemes().get(scheme, ())})


def _time(description: str) -> Schema:
    examples = ("2022-09-13", "2022-09-13T09:00", "2022-09-13T09:00/..", "[2022-09-12..2022-09-13]/2022-09-14")
    properties = {
        "time": _said(TEXT, "EDTF or ISO 8601, local to the zone; quote it", *examples),
        "zone": _said(
            TEXT, "IANA name, an offset the source wrote, or 'unknown'", "Asia/Yerevan", "Asia/Baku", "Europe/Moscow"
        ),
        "mode": _choice("throughout, or at some time within", {str(mode): MODES[mode] for mode in Mode}),
        "begin": _choice("what the begin is, where the notation does not say it", _kinds()),
        "end": _choice("what the end is, where the notation does not say it", _kinds()),
        "words": _said(TEXT, "the words of the source for this time"),
    }
    return _object(properties, ("time", "mode")) | {"description": description}


def _kinds() -> dict[str, str]:
    return {str(kind): END_KINDS[kind] for kind in EndKind}


def _predicate(name: str) -> Schema:
    predicate = predicates()[name]
    takes = _taken(name)
    item = _said(TEXT, predicate.definition)
    if predicate.datatype in {XSD + "integer", XSD + "decimal"}:
        item = _said(NUMBER, predicate.definition)
    elif predicate.value_schemes:
        entries = (entry for scheme in predicate.value_schemes for entry in schemes()[scheme])
        item["examples"] = sorted(set(entries))
    taken = _listed(item)
    if predicate.datatype == LANG_STRING:
        taken |= {"type": ["array", "object", "string"], "additionalProperties": _listed(TEXT), "minProperties": 1}
    return taken | {"markdownDescription": f"**{predicate.label}**: {predicate.definition}\n\nTakes {takes}."}


def _taken(name: str) -> str:
    predicate = predicates()[name]
    if predicate.datatype == XSD + "string":
        return "text"
    if predicate.datatype == LANG_STRING:
        return "texts by language, as `{az: İstisu}`, or text with its language, as `İstisu@az`"
    if predicate.datatype:
        return f"a value of {predicate.datatype.rpartition('#')[2]}"
    if predicate.value_schemes:
        return f"an entry of {' or '.join(predicate.value_schemes)}"
    return f"the name of a {' or '.join(predicate.value_classes)}"


def _statement() -> Schema:
    properties: Schema = {
        "subject": _said(NAME, "what the statement is about", "event:ceasefire-2022-09-13"),
        "held": _time("for when it is to have held"),
    }
    properties |= {name: _predicate(name) for name in sorted(predicates())}
    return _object(properties, ("subject", "held")) | {"minProperties": 3}


def _passage() -> Schema:
    properties = {
        "start": {"type": "integer", "minimum": 0, "description": "first character, in Unicode code points from 0"},
        "end": {"type": "integer", "minimum": 1, "description": "the character after the last one"},
        "sha256": _said(SHA256, "sha256 of the span in UTF-8"),
    }
    return _object(properties, ("start", "end", "sha256"))


def _claim() -> Schema:
    properties: Schema = {
        "id": _said(NAME, "source, start of the first passage, ordinal", "claim:seed-article-2463-1"),
        "source": _said(NAME, "the source of the claim, in a file with sources:"),
        "speaker": _said(NAME, "whose claim it is: a person, body or state", "org:armenia-mod"),
        "stance": _entries("what the speaker does to the content", "stances"),
        "certainty": _entries("how sure the speaker sounds", "certainties"),
        "sourcing": _entries("how far the source carries what the claim says", "sourcings"),
        "quotation": _entries("whether the passages are the speaker's own words", "quotations"),
        "said": _time("when the speaker said it"),
        "recorded": _said(TEXT, "when this graph took the claim in, UTC", "2026-11-23T10:00:00Z"),
        "gist": _said(TEXT, "one sentence of ours that says what the claim says; not the speaker's words"),
        "note": _said(TEXT, "doubts and reading notes, in our words"),
        "reference": _said(_listed(TEXT), "what a register or data set calls it"),
        "passages": {
            "type": "array", "items": _passage(), "minItems": 1, "description": "where in the source; no text is kept",
        },
        "content": {
            "type": "array", "items": _statement(), "minItems": 1, "description": "the statements the claim is about",
        },
    }  # fmt: skip
    properties |= {name: _said(_listed(NAME), LINKED[name]) for name in LINKS}
    return _object(properties, ("id", "speaker", "stance", "said", "gist"))


def _class_choice(description: str, names: list[str]) -> Schema:
    return _choice(description, {name: classes()[name].definition for name in names})


def _source() -> Schema:
    properties = {
        "id": _said(NAME, "kind source", "source:seed-article"),
        "type": _class_choice("what kind of document it is", sorted(set(subclasses("Source")) - {"Source"})),
        "title": _said(TEXT, "as the source has it, or a description of ours"),
        "publisher": _said(NAME, "who published it: a thing of this or another case"),
        "language": _said(TEXT, "BCP 47", "en", "hy", "az", "ru"),
        "url": TEXT | {"description": "where it can be read"},
        "published": _time("when it was published"),
        "sourceKind": _entries("what kind of source it is to this graph", "sourceKinds"),
        "sha256": _said(SHA256, "sha256 of the text that the passages count in"),
        "characterCount": {"type": "integer", "minimum": 1, "description": "length of that text in code points"},
        "note": _said(TEXT, "where it was read, what is odd about its date"),
        "reference": _said(_listed(TEXT), "what a register or data set calls it"),
    }
    return _object(properties, ("id", "type", "title", "publisher"))


def _thing() -> Schema:
    texts = {"type": "object", "additionalProperties": _listed(TEXT)}
    properties = {
        "id": _said(NAME, f"kind:slug; kinds: {', '.join(KINDS)}", "event:ceasefire-2022-09-13"),
        "type": _class_choice("its class", sorted(classes())),
        "label": texts | {"minProperties": 1, "description": "its name, by language", "examples": [{"en": "Jermuk"}]},
        "altLabel": texts | {"description": "other names, by language"},
        "identifier": _said(_listed(TEXT), "a code that others use for it"),
        "reference": _said(_listed(TEXT), "what a register or data set calls it"),
        "organOf": _said(_listed(NAME), "the state or organisation that it speaks for"),
        "wkt": _said(TEXT, "its shape, longitude first, WGS 84", "POINT(45.67 39.84)"),
        "latitude": _said(NUMBER, "degrees north, WGS 84", 39.84),
        "longitude": _said(NUMBER, "degrees east, WGS 84", 45.67),
        "coordinateQuality": _entries("how good the coordinates are", "coordinateQualities"),
        "source": _said(_listed(NAME), "the source of its coordinates or names"),
        "note": _said(TEXT, "in our words"),
        "graph": _said(TEXT | {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, "the graph that holds it, if not the case's"),
    }
    return _object(properties, ("id", "type", "label"))


@functools.cache
def claim_file_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one claim file."""
    properties = {
        "source": _source() | {"description": "the one source that all claims of the file are from"},
        "sources": {
            "type": "array", "items": _source(),
            "description": "instead of source: several; then each claim names its source",
        },
        "recorded": _said(TEXT, "when this graph took the claims in, UTC", "2026-11-23T10:00:00Z"),
        "zone": _said(TEXT, "the zone of every time here that names none", "Asia/Yerevan"),
        "times": {"type": "object", "description": "anchors for times used more than once"},
        "things": {"type": "array", "items": _thing(), "description": "what the claims talk of and no file defines"},
        "claims": {"type": "array", "items": _claim(), "description": "what was said, one act of a speaker each"},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}claim-file.schema.json",
        "title": "What sources said",
        "description": f"Names are CURIEs; kinds: {', '.join(KINDS)}. {len(concepts())} concepts stand in ontology/.",
        **_object(properties, ("recorded", "claims")),
        "oneOf": [{"required": ["source"]}, {"required": ["sources"]}],
    }


def main() -> None:
    """Write the committed schema anew: ``python -m kg.loaders.schema``."""
    path = data_dir("graphs") / "claim-file.schema.json"
    path.write_text(json.dumps(claim_file_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
