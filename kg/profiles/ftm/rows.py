"""One statement of FollowTheMoney, and the line it is: a value of a property of an entity, in a data set.

Needs no library of theirs. It knows no claim: ``things`` and ``sayings`` make rows of those.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.iri import compact, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REGISTER: Final = "conflict_kg"
"""The data set of what this graph itself says: what kinds of things are talked of, and how it calls them."""
_LANGUAGES: Final = {
    "ar": "ara", "az": "aze", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra",
    "hy": "hye", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "ku": "kur", "ru": "rus", "sr": "srp",
    "tr": "tur", "uk": "ukr", "uz": "uzb",
}  # fmt: skip
"""ISO 639-3, as they have it, by ISO 639-1; the script of a tag is not carried."""
_OURS = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of theirs. ``seen`` is when this graph took it in, ``origin`` the claim that it rests on."""

    entity: str
    schema: str
    prop: str
    value: str
    dataset: str = REGISTER
    lang: str = ""
    original: str = ""
    seen: str = ""
    origin: str = ""

    def line(self) -> str:
        """Return it as a line of JSON, so that lines sorted by code point stand by entity, property and value."""
        cells = {
            "canonical_id": self.entity,
            "entity_id": self.entity,
            "prop": self.prop,
            "schema": self.schema,
            "value": self.value,
            "dataset": self.dataset,
            "lang": _LANGUAGES.get(self.lang.partition("-")[0]),
            "original_value": self.original if self.original != self.value and self.original else None,
            "first_seen": self.seen or None,
            "last_seen": self.seen or None,
            "external": False,
            "origin": self.origin or None,
        }
        return written({**cells, "id": _key(cells)})


def written(cells: Mapping[str, object]) -> str:
    """Return cells as a line."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n"


def merged(lines: Sequence[str]) -> str:
    """Return one line for several of the same id: the first, seen from the earliest to the latest of all."""
    several = [json.loads(line) for line in lines]
    seen = sorted({time for cells in several for time in (cells["first_seen"], cells["last_seen"]) if time})
    ends = {"first_seen": seen[0], "last_seen": seen[-1]} if seen else {}
    return written({**several[0], **ends})


def identity(line: str) -> str:
    """Return the id of the statement in a line: lines of one id stand together when they are sorted."""
    return line[line.rindex('"id":') :]


def _key(cells: Mapping[str, object]) -> str:
    # As Statement.make_key of the library makes it.
    key = f"{cells['dataset']}.{cells['entity_id']}.{cells['prop']}.{cells['value']}"
    key = f"{key}@{cells['lang']}" if cells["lang"] else key
    return hashlib.sha1(key.encode()).hexdigest()  # noqa: S324 # theirs, and no secret


def entity_id(iri: str) -> str:
    """Return the id of an entity: ``conflict-kg.state.armenia`` for ``state:armenia``; of a name of others, a hash."""
    curie = compact(iri)
    return f"conflict-kg.{curie.replace(':', '.')}" if _OURS.fullmatch(curie) else f"conflict-kg.other.{digest(iri)}"


def link_id(*parts: str) -> str:
    """Return the id of an entity that links two others."""
    return f"conflict-kg.link.{digest(*parts)}"


def dataset_of(source: str) -> str:
    """Return the name of the data set that a source is: ``conflict_kg_seed_article`` for ``source:seed-article``."""
    slug = source.rstrip("/").rpartition("/")[2].lower()
    return f"{REGISTER}_{_NO_NAME.sub('_', slug).strip('_')}"


def squashed(text: str) -> str:
    """Return a name as theirs are: without quotation marks around it, runs of white space as one space."""
    return " ".join(text.split()).strip("'\" ")
