"""What a release changes against the one before it: sources, claims, statements, what is derived, terms.

Statements and derivations are compared by ``kg.diff``; here the rest is, by name,
and all of it becomes a page, a table and JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.answers import write_csv
from kg.diff import FALLS, NEW, OTHER, Change, changes
from kg.iri import compact, mint, term
from kg.known import label_of
from kg.release.earlier import earlier
from kg.vocab import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Store

COLUMNS: Final = ("what", "how", "before", "after", "name", "text")
LISTED: Final = 100
"""Lines of a kind that the page shows; the others stand in the table."""
_WORDS: Final = {NEW: "new", FALLS: "gone", OTHER: "otherwise", "stands": "on fewer claims"}
_ONTOLOGY: Final = mint("graph", "ontology")
NONE: Final = "# Changes\n\nThere is no earlier release that this one was compared with.\n"


def report(store: Store, against: Path | None) -> tuple[int | None, dict[str, str]]:
    """Return how many changes there are against an earlier release, and the files that tell of them, by name.

    Raises UnknownNameError where there is no such release, DataError where it cannot be read.
    """
    if against is None:
        return None, {"changes.md": NONE}
    name, before = earlier(against)
    found = compared(before, store)
    texts = {"changes.md": as_page(found, name), "changes.csv": as_csv(found), "changes.json": as_json(found)}
    return len(found), texts


def compared(before: Store, after: Store) -> list[Change]:
    """Return what changes, by kind, in a fixed order."""
    found = [
        *_things("source", before, after, _sources(before), _sources(after)),
        *_things("claim", before, after, _claims(before), _claims(after)),
        *changes(before, after),
        *_things("term", before, after, _terms(before), _terms(after)),
    ]
    # Whatever a thing is called is data; a line of a table is a line.
    return [Change(one.what, one.how, one.name, " ".join(one.text.split()), one.before, one.after) for one in found]


def _things(
    what: str, before: Store, after: Store, old: Counter[str], new: Counter[str]
) -> Iterator[Change]:  # fmt: skip
    for iri in sorted({*old, *new}):
        if iri not in old:
            how = NEW
        elif iri not in new:
            how = FALLS
        elif _said(before, iri) != _said(after, iri):
            how = OTHER
        else:
            continue
        yield Change(what, how, compact(iri), _text(after if iri in new else before, iri), old[iri], new[iri])


def _sources(store: Store) -> Counter[str]:
    quads = store.quads_for_pattern(None, NamedNode(term("source")), None)
    return Counter(_iri(quad.object) for quad in quads)


def _claims(store: Store) -> Counter[str]:
    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(term("Claim")))
    return Counter({_iri(quad.subject) for quad in quads})


def _terms(store: Store) -> Counter[str]:
    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), None, NamedNode(_ONTOLOGY))
    return Counter({_iri(quad.subject) for quad in quads} - {""})


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _said(store: Store, iri: str) -> set[tuple[str, str]]:
    quads = store.quads_for_pattern(NamedNode(iri), None, None)
    return {(quad.predicate.value, str(quad.object)) for quad in quads}


def _text(store: Store, iri: str) -> str:
    gists = [quad.object for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(term("gist")), None)]
    told = sorted(gist.value for gist in gists if isinstance(gist, Literal))
    return told[0] if told else label_of(store, iri)


def as_json(found: Iterable[Change]) -> str:
    """Return changes as a JSON list, one object a change."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n"


def as_csv(found: Iterable[Change]) -> str:
    """Return changes as a table."""
    return write_csv(COLUMNS, [[str(getattr(one, column)) for column in COLUMNS] for one in found])


def as_page(found: Sequence[Change], name: str) -> str:
    """Return changes as Markdown: how many of each kind, and the first of each by name."""
    if not found:
        return f"# Changes\n\nNothing differs from `{name}`: the same sources, claims, statements and terms.\n"
    counts = Counter(map(_kind, found))
    rows = [f"| {what} | {_WORDS[how]} | {count} |" for (what, how), count in counts.items()]
    head = ["# Changes", "", f"Compared with `{name}`. `changes.csv` and `changes.json` hold every line."]
    parts = [line for kind in counts for line in _part(*kind, [one for one in found if _kind(one) == kind])]
    return "\n".join([*head, "", "| what | how | number |", "|---|---|---|", *rows, *parts, ""])


def _kind(one: Change) -> tuple[str, str]:
    return one.what, one.how


def _part(what: str, how: str, several: Sequence[Change]) -> list[str]:
    lines = [f"- `{one.name}` {_inert(one.text)}".rstrip() for one in several[:LISTED]]
    left = len(several) - LISTED
    more = [f"- and {left} more, in `changes.csv`"] if left > 0 else []
    return ["", f"## {what}: {_WORDS[how]}", "", *lines, *more]


def _inert(text: str) -> str:
    """Return text in which Markdown finds nothing to do."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|!" else sign for sign in text)
