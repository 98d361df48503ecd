"""Writing down what a source said: a new case, a new claim in a claim file, passages from a text.

Gives texts and paths, checked by the same readers that ``kg build`` uses;
keeps the comments and the layout of a file that is there. It asks nobody
anything, looks at no clock and writes no file but those of a new case.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from kg.errors import UnknownNameError, UsageError
from kg.loaders.case import known_cases, read_cases
from kg.store import write_whole
from kg.writers.document import SCHEMA_LINE, dumped, editor, flow, prose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TYPES = {
    "event": "Event", "place": "Place", "person": "Person", "org": "Organisation", "state": "State", "office": "Office",
    "figure": "Figure", "unit": "MilitaryUnit", "treaty": "Treaty", "provision": "Provision",
}  # fmt: skip
"""The type of a thing that is named in passing, by its kind."""
ABOUT_A_CASE = """# {name}
What sources said about one episode. One claim file (`.yaml`) a source, or tables (`.csv`); `graph.trig` is written by
`kg build`.

- `kg new claim {name} NAME.yaml --help` writes a claim down; `kg check --watch` says at once what is wrong.
- Each claim has one speaker, one stance and one source; gists are our own words and take no side.
- A correction is a new claim that supersedes the old one; nothing is edited and nothing is deleted.
"""


@dataclass(frozen=True)
class Entry:
    """A claim to be written down, with the source and the things that it needs beside it.

    Keys and values are those of a claim file; ``quote`` and ``text`` give the
    passages: where in the text of the source the words stand. Every occurrence
    is one, unless ``occurrence`` (from 1) picks one.
    """

    claim: Mapping[str, Any]
    recorded: str
    zone: str | None = None
    source: Mapping[str, Any] = field(default_factory=dict)
    things: Sequence[Mapping[str, Any]] = ()
    text: str | None = None
    quote: str | None = None
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A claim file as it will be: where, its whole text, and the id of the new claim."""

    path: Path
    text: str
    claim: str


def new_case(graphs: Path, name: str) -> Path:
    """Make a case with a README and return its folder. Raises UsageError for a bad or a taken name."""
    if not SLUG.fullmatch(name):
        raise UsageError(f"{name!r} is not a name for a case", mend="use lower-case ASCII letters, digits and hyphens")
    folder = graphs / name
    if folder.exists():
        raise UsageError(f"{folder} is there already", mend="choose another name, or write into that case")
    folder.mkdir(parents=True)
    write_whole(folder / "README.md", ABOUT_A_CASE.format(name=name).encode())
    return folder


def with_claim(graphs: Path, case: str, name: str, entry: Entry) -> Written:
    """Return a claim file with one more claim, read back and found good; nothing is written.

    Raises UnknownNameError for a case that is not there, UsageError for words
    that the text has not or a new file without a source, DataError with every
    finding of the readers, at the lines of the file as it would be.
    """
    known_cases(graphs, [case])
    path = graphs / case / name
    if path.suffix not in {".yaml", ".yml"}:
        raise UsageError(f"{name!r} is no claim file", mend="end its name in .yaml")
    page = _page(path, entry)
    passages = _passages(entry)
    claim = _claim(page, entry, passages)
    page.setdefault("claims", CommentedSeq()).append(claim)
    _add_things(page, entry.things)
    text = (SCHEMA_LINE if not path.exists() else "") + dumped(page)
    read_cases(graphs, unsaved={path: text})
    return Written(path, text, claim["id"])


def _page(path: Path, entry: Entry) -> CommentedMap:
    if path.exists():
        page: CommentedMap = editor().load(path.read_text(encoding="utf-8"))
        return page
    if not entry.source.get("id"):
        raise UsageError(f"{path} is not there yet", mend="give its source: --source, --type, --title and --publisher")
    source = CommentedMap({key: value for key, value in entry.source.items() if value})
    if entry.text is not None:
        source |= {"sha256": _sha256(entry.text), "characterCount": len(entry.text)}
    page = CommentedMap({"source": source, "recorded": entry.recorded})
    if entry.zone:
        page["zone"] = entry.zone
    return page


def _passages(entry: Entry) -> list[CommentedMap]:
    if entry.quote is None:
        return []
    if entry.text is None:
        raise UsageError("a quote is looked up in a text", mend="name the text of the source with --text FILE")
    starts = [match.start() for match in re.finditer(re.escape(entry.quote), entry.text)]
    if not starts:
        raise UsageError(f"the text does not have the words {entry.quote!r}", mend="copy them as they stand there")
    if entry.occurrence is not None and not 1 <= entry.occurrence <= len(starts):
        raise UsageError(f"the words stand there {len(starts)} time(s)", mend=f"--occurrence 1 to {len(starts)}")
    chosen = starts if entry.occurrence is None else [starts[entry.occurrence - 1]]
    length, digest = len(entry.quote), _sha256(entry.quote)
    return [flow({"start": str(start), "end": start + length, "sha256": digest}) for start in chosen]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _claim(page: CommentedMap, entry: Entry, passages: list[CommentedMap]) -> CommentedMap:
    for passage in passages:
        passage["start"] = int(passage["start"])
    source = str(page.get("source", {}).get("id", "source:several")).partition(":")[2]
    speaker = str(entry.claim["speaker"]).partition(":")[2]
    stem = f"claim:{source}-{passages[0]['start'] if passages else speaker}-"
    taken = {str(claim.get("id")) for claim in page.get("claims") or ()}
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)
    claim = CommentedMap({"id": f"{stem}{number}"})
    for key, value in entry.claim.items():
        if value:
            claim[key] = prose(value) if key in {"gist", "note"} else value
        if key == "said" and passages:
            claim["passages"] = passages
    if entry.zone and page.get("zone") != entry.zone:
        for time in (claim["said"], *(statement["held"] for statement in claim.get("content", ()))):
            time["zone"] = entry.zone
    if page.get("recorded") != entry.recorded:
        claim["recorded"] = entry.recorded
    return claim


def _add_things(page: CommentedMap, things: Sequence[Mapping[str, Any]]) -> None:
    if things and "things" not in page:
        page.insert(list(page).index("claims"), "things", CommentedSeq())
    for thing in things:
        page["things"].append(flow(thing))


def thing_of(text: str) -> dict[str, Any]:
    """Return a thing from ``event:x=Label``. Raises UsageError or UnknownNameError for anything else."""
    name, equals, label = text.partition("=")
    kind = name.partition(":")[0]
    if not equals or not label.strip():
        raise UsageError(f"{text!r} is no thing", mend="write kind:slug=Label, as event:fire-2022-09=A fire")
    if kind not in TYPES:
        raise UnknownNameError(f"{kind!r} is not a kind of thing here", mend=f"one of {', '.join(TYPES)}")
    return {"id": name, "type": TYPES[kind], "label": flow({"en": label.strip()})}
