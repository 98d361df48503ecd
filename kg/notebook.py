"""Write down what a source said: a new case, or one more claim in a claim file.

What is typed goes into the text of the file, and the loaders judge the whole
before a byte of it is written. An old file keeps every line that it had.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from kg.errors import UsageError
from kg.iri import claim_stem, expand
from kg.keys import DECIMAL, INTEGER
from kg.loaders.case import known_cases, read_cases
from kg.loaders.names import mend_for
from kg.loaders.yaml_lines import read_page
from kg.quotation import cited, digest
from kg.store import write_whole
from kg.terms import predicates
from kg.when import Mode
from kg.writers.document import SCHEMA_LINE, Plain, dumped, flow, passage_node, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from kg.claim import Passage
    from kg.loaders.yaml_lines import Page

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CLASSES = {
    "event": "Event", "place": "Place", "person": "Person", "org": "Organisation", "state": "State", "office": "Office",
    "figure": "Figure", "unit": "MilitaryUnit", "treaty": "Treaty", "provision": "Provision",
}  # fmt: skip
"""The class that a new thing gets by its kind."""
OF_SOURCE = ("source", "type", "title", "publisher", "zone")
OF_CLAIM = ("speaker", "stance", "said", "gist")
OF_CONTENT = ("subject", "held", "mode", "set")
"""What must be known of a new source, of a claim, and of a statement; the names of the options too."""
DESCRIBED = ("type", "title", "publisher", "url", "language", "published")
TABLES = {
    "things-events.csv": "id,type,label@en,altLabel@en,reference\n",
    "sources.csv": "id,type,sourceKind,title,publisher,url,language,published,publishedZone,note,reference\n",
}
README = """# {name}
A case is a folder of files that tell of one stretch of the conflict. Say here in a few lines which one, and where
sources differ. A claim is what one speaker said in one source, and it stands beside those that deny it.

| file | what is in it |
|---|---|
| `NAME.yaml` | what one source said, with its things and claims: `kg new claim {name} NAME.yaml` |
| `things-events.csv` | events, one a row, that several files speak of |
| `sources.csv` | sources, one a row, that no claim file describes |

- Ask first whose claim it is: what a ministry says in an article is the ministry's claim, not the article's.
- A time needs its zone, and a claim the place in the source where it stands (`--text` and `--quote`).
- `kg check` says what is wrong, `kg build` makes the graph; nothing is deleted, a correction supersedes.
"""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be written down, as typed. ``texts`` are the options that have one value."""

    texts: Mapping[str, str]
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    things: tuple[tuple[str, str], ...] = ()
    """Ids of new things with their English labels."""
    text: str | None = None
    """The text that the words stand in; it is not kept."""
    quote: str | None = None
    occurrence: int | None = None
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim file as it would be: where, its whole text, and the id of the new claim."""

    path: Path
    text: str
    claim: str


def new_case(graphs: Path, name: str) -> list[Path]:
    """Make the folder of a case that ``kg check`` accepts; return the files written.

    Raises UsageError for a name that is no slug and for a case that is there.
    """
    if not SLUG.fullmatch(name):
        mend = "write lower-case ASCII letters, digits and single hyphens, as 2022-09-clashes"
        raise UsageError(f"{name!r} is not a name for a case", mend=mend)
    folder = graphs / name
    if folder.exists():
        raise UsageError(f"{folder} is there already", mend=f"add to it: kg new claim {name} FILE.yaml")
    folder.mkdir(parents=True)
    files = {"README.md": README.format(name=name), **TABLES}
    for file, text in files.items():
        write_whole(folder / file, text.encode())
    return [folder / file for file in files]


def claim_path(graphs: Path, case: str, file: str) -> Path:
    """Return where a claim file stands. Raises UnknownNameError for the case and UsageError for the file."""
    known_cases(graphs, [case])
    stem, dot, ending = file.rpartition(".")
    if not SLUG.fullmatch(stem) or dot + ending not in {".yaml", ".yml"}:
        raise UsageError(f"{file!r} is not a name for a claim file", mend="write it as news-item.yaml, without folders")
    return graphs / case / file


def missing(path: Path, note: Note) -> list[str]:
    """Return the options without which the claim cannot be written, in order. Raises DataError for a bad file."""
    page = read_page(path) if path.exists() else None
    wanted = list(OF_SOURCE if page is None else () if "source" in _top(page) else ("source",))
    wanted += OF_CLAIM
    states = note.texts.get("stance") == "asserts" or bool(note.facts)
    if states or any(key in note.texts for key in OF_CONTENT):
        wanted += OF_CONTENT
    given = {*note.texts, *(["set"] if note.facts else [])}
    lacking = [key for key in wanted if key not in given]
    if note.text is not None and not note.quote:
        lacking.append("quote")
    if note.quote and note.text is None:
        lacking.append("text")
    return lacking


def drafted(path: Path, note: Note) -> Draft:
    """Return the file with the claim added to it, unchecked; nothing is written.

    Raises UsageError for what does not go together, DataError for a file that
    is no YAML, UnknownNameError for a source that is no name.
    """
    page = read_page(path) if path.exists() else None
    _refuse(note, page)
    source = _source_of(page) or note.texts["source"]
    passages = cited(expand(source), note.text, note.quote, note.occurrence) if note.text and note.quote else ()
    top = {} if page is None else _top(page)
    name = _free_name(top, _stem(source, note, passages))
    claim = _claim(name, note, passages, top if page else {"recorded": note.recorded, "zone": note.texts["zone"]})
    things = [_thing(*pair) for pair in note.things]
    if page is None:
        sections = [SCHEMA_LINE, dumped(_head(note)), *([_section("things", things)] if things else [])]
        return Draft(path, "".join([*sections, "\n" if things else "", _section("claims", [claim])]), name)
    return Draft(path, _extended(page, path.read_bytes().decode(), things, claim), name)


def judge(graphs: Path, draft: Draft) -> None:
    """Read all cases with the draft in place of its file. Raises DataError with every finding."""
    read_cases(graphs, unsaved={draft.path: draft.text})


def write_down(graphs: Path, draft: Draft) -> None:
    """Write a draft if all cases read well with it. Raises DataError, with nothing written, if not."""
    judge(graphs, draft)
    write_whole(draft.path, draft.text.encode())


def _top(page: Page) -> dict[str, Any]:
    return page.content if isinstance(page.content, dict) else {}


def _source_of(page: Page | None) -> str | None:
    """Return the source that all claims of a file are from, if it has one."""
    source = _top(page).get("source") if page else None
    return str(source["id"]) if isinstance(source, dict) and "id" in source else None


def _refuse(note: Note, page: Page | None) -> None:
    """Raise UsageError for options that do not go together."""
    if note.occurrence is not None and not note.quote:
        raise UsageError("--occurrence is of the words of --quote", mend="add --text and --quote, or drop it")
    taken = [name for name, _ in note.facts if name in {"subject", "held"}]
    if taken:
        raise UsageError(f"{taken[0]!r} is not a predicate", mend=f"give it as --{taken[0]}")
    if page is None:
        return
    if given := [f"--{key}" for key in DESCRIBED if key in note.texts]:
        raise UsageError(f"{page.path} describes its sources itself", mend=f"drop {', '.join(given)}")
    only = _source_of(page)
    if only and note.texts.get("source", only) != only:
        raise UsageError(f"{page.path} is about {only}", mend="drop --source, or name another file")
    known = _top(page)["source"].get("sha256") if only else None
    if known and note.text is not None and digest(note.text) != known:
        message = f"the text of --text is not the one that the passages of {page.path} count in"
        raise UsageError(message, mend=f"give the text whose sha256 is {known}")


def _stem(source: str, note: Note, passages: Sequence[Passage]) -> str:
    if passages:
        return claim_stem(expand(source), passages[0].start)
    slug, speaker = source.partition(":")[2], note.texts["speaker"].partition(":")[2]
    return f"claim:{slug}-{speaker}-"


def _free_name(top: Mapping[str, Any], stem: str) -> str:
    """Return the stem with the number after the highest that the file has under it."""
    claims = top.get("claims") or []
    names = (str(claim.get("id", "")) for claim in claims if isinstance(claim, dict))
    taken = [int(rest) for name in names if name.startswith(stem) and (rest := name[len(stem) :]).isdecimal()]
    return f"{stem}{max(taken, default=0) + 1}"


def _time(notation: str, mode: str, zone: str | None) -> CommentedMap:
    return flow({"time": DoubleQuotedScalarString(notation), "zone": zone, "mode": mode})


def _head(note: Note) -> CommentedMap:
    """Return the part of a new file that stands above its things and claims."""
    texts = note.texts
    source = CommentedMap({"id": texts["source"]})
    source.update({key: texts[key] for key in DESCRIBED if key in texts})
    if "published" in texts:
        source["published"] = _time(texts["published"], str(Mode.WITHIN), None)
    if note.text is not None:
        source |= {"sha256": digest(note.text), "characterCount": len(note.text)}
    return CommentedMap({"source": source, "recorded": Plain(note.recorded, "timestamp"), "zone": texts["zone"]})


def _thing(name: str, label: str) -> CommentedMap:
    kind = name.partition(":")[0]
    if kind not in CLASSES:
        mend = mend_for(kind, CLASSES, f"write one of {', '.join(CLASSES)}; others go into a register")
        raise UsageError(f"{name!r} is of no kind that --thing can define", mend=mend)
    return flow({"id": name, "type": CLASSES[kind], "label": flow({"en": label})})


def _claim(name: str, note: Note, passages: Sequence[Passage], top: Mapping[str, Any]) -> CommentedMap:
    texts = note.texts
    zone = texts.get("zone") if texts.get("zone") != top.get("zone") else None
    node = CommentedMap({"id": name})
    if "sources" in top:
        node["source"] = texts["source"]
    node |= {"speaker": texts["speaker"], "stance": texts["stance"]}
    node["said"] = _time(texts["said"], str(Mode.WITHIN), zone)
    if str(top.get("recorded")) != note.recorded:
        node["recorded"] = Plain(note.recorded, "timestamp")
    if passages:
        node["passages"] = [passage_node(passage) for passage in passages]
    node["gist"] = prose(texts["gist"])
    if "note" in texts:
        node["note"] = prose(texts["note"])
    node.update(_gathered(note.links))
    if "subject" in texts:
        held = _time(texts["held"], texts["mode"], zone)
        facts = [(key, _value(key, value)) for key, value in note.facts]
        node["content"] = [CommentedMap({"subject": texts["subject"], "held": held, **_gathered(facts)})]
    return node


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return each key with its value, or with its values if it was given several times."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _value(key: str, value: str) -> str:
    predicate = predicates().get(key)
    if predicate and predicate.datatype in {INTEGER, DECIMAL} and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return Plain(value, "float" if "." in value else "int")
    return value


def _section(key: str, nodes: Sequence[CommentedMap]) -> str:
    return f"{key}:\n" + "".join(_item(node, "  ") for node in nodes)


def _item(node: CommentedMap, indent: str) -> str:
    """Return a node as one item of a list that stands as far in as ``indent``."""
    lines = dumped([node]).split("\n")
    return "\n".join(indent + line.removeprefix("  ") if line else line for line in lines)


def _extended(page: Page, old: str, things: Sequence[CommentedMap], claim: CommentedMap) -> str:
    """Return the text of a file with new items at the end of its lists; its old lines stay as they are."""
    ending = "\r\n" if "\r\n" in old else "\n"
    lines = (old if old.endswith("\n") else old + ending).split("\n")[:-1]
    added: list[tuple[int, str]] = []
    if things and "things" in _top(page):
        indent, end, _ = _list_end(page, lines, "things")
        added.append((end, "".join(_item(thing, indent) for thing in things)))
    elif things:
        added.append((_above(lines, page.line(["claims"]) - 1), _section("things", things) + "\n"))
    indent, end, apart = _list_end(page, lines, "claims")
    added.append((end, ("\n" if apart else "") + _item(claim, indent)))
    for at, text in sorted(added, reverse=True):
        lines[at:at] = [line + ending[:-1] for line in text.removesuffix("\n").split("\n")]
    return "\n".join(lines) + "\n"


def _list_end(page: Page, lines: Sequence[str], key: str) -> tuple[str, int, bool]:
    """Return how far in a list stands, the line after its last, and whether blank lines part its items.

    Raises UsageError for a list that does not stand one item below the other.
    """
    items = _top(page).get(key)
    first = page.line([key, 0]) - 1 if isinstance(items, list) and items else 0
    dash = re.match(r"( *)-(?= |\r?$)", lines[first]) if items else None
    if not items or dash is None:
        mend = "write its items one below the other, each with a dash"
        raise UsageError(f"{page.path}: {key!r} is no list that a line can be added to", mend=mend)
    keys = list(_top(page))
    after = keys[keys.index(key) + 1 :]
    end = _above(lines, page.line([after[0]]) - 1 if after else len(lines))
    last = page.line([key, len(items) - 1]) - 1
    return dash[1], end, len(items) == 1 or not lines[last - 1].strip()


def _above(lines: Sequence[str], line: int) -> int:
    """Return the line below the last that is neither blank nor a comment of what stands at ``line``."""
    while line > 0 and (not lines[line - 1].strip() or lines[line - 1].startswith("#")):
        line -= 1
    return line
