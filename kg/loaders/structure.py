"""Structure of a claim file against its JSON Schema, as findings with lines.

Says of each fault where it stands and what was probably meant. What the parts
mean (times, names, values) is not looked at here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kg.errors import Finding
from kg.loaders.names import mend_for
from kg.loaders.schema import claim_file_schema
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError

    from kg.loaders.yaml_lines import Page


def structure_findings(page: Page) -> list[Finding]:
    """Return what is wrong with the structure of a claim file, by line."""
    validator = Draft202012Validator(claim_file_schema())
    found = [finding for error in validator.iter_errors(page.content) for finding in _findings(page, error)]
    return sorted(set(found))


def _findings(page: Page, error: ValidationError) -> Iterator[Finding]:
    steps = list(error.absolute_path)
    place = page.place(steps)
    # Typed loosely by jsonschema: each validator has its own kind of value.
    schema: Any = error.schema
    wanted: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        known = list(schema["properties"])
        for name in sorted(set(instance) - set(known)):
            kind = "unknown-term" if set(predicates()) <= set(known) else "unknown-key"
            mend = mend_for(name, known, f"known here: {', '.join(known[:12])}")
            yield Finding(page.place([*steps, name]), kind, f"{name!r} is not known here", mend)
    elif error.validator == "required":
        for name in wanted:
            if name not in instance:
                yield Finding(place, "missing-key", f"{name!r} is missing", f"add {name}: here")
    elif error.validator == "enum":
        known = [str(value) for value in wanted]
        mend = mend_for(str(instance), known, f"one of {', '.join(known[:12])}")
        yield Finding(place, "unknown-value", f"{instance!r} is not one of the values of {steps[-1]!r}", mend)
    elif error.validator == "pattern":
        yield Finding(place, "not-a-name", f"{instance!r} does not look right", _shape_mend(str(wanted)))
    elif error.validator == "minProperties":
        yield Finding(place, "empty-statement", "a statement says nothing yet", "give it a predicate and a value")
    elif error.validator == "oneOf":
        both = {"source", "sources"} <= set(instance)
        message = "source: and sources: stand both" if both else "neither source: nor sources: is there"
        mend = "write source: for one document, or sources: and name one in each claim"
        yield Finding(page.place(["sources"]), "one-source", message, mend)
    else:
        message = re.sub(r"\s+", " ", error.message)[:160]
        yield Finding(place, "structure", message, f"see {error.validator!r} in claim-file.schema.json")


def _shape_mend(pattern: str) -> str:
    if "0-9a-f" in pattern:
        return "write a sha256 as 64 lower-case hex digits"
    return "write kind:slug in lower-case ASCII, as in state:armenia"
