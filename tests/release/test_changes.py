"""What a release changes against the one before: by source, claim, statement and term, as page, table and JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.diff import Change
from kg.errors import DataError, UnknownNameError, UsageError
from kg.profiles import PROFILES
from kg.release.changes import LISTED, as_page, compared, report
from kg.release.earlier import earlier
from kg.store import open_store
from kg.vocab import K_NS, RDF

if TYPE_CHECKING:
    from pathlib import Path

CLAIM, GIST, SOURCE = (NamedNode(K_NS + name) for name in ("Claim", "gist", "source"))
TYPE = NamedNode(RDF + "type")


@pytest.fixture(scope="module")
def now(small: Path) -> Store:
    return open_store(small)


@pytest.fixture(scope="module")
def claims(now: Store) -> list[NamedNode]:
    found = {q.subject for q in now.quads_for_pattern(None, TYPE, CLAIM) if isinstance(q.subject, NamedNode)}
    return sorted(found, key=str)


@pytest.fixture(scope="module")
def before(now: Store, claims: list[NamedNode]) -> Store:
    """Return the graph as if one claim had not been made yet, and another been worded otherwise."""
    old = Store()
    old.extend(now)
    for quad in list(old.quads_for_pattern(claims[0], None, None)):
        old.remove(quad)
    (quad,) = old.quads_for_pattern(claims[1], GIST, None)
    old.remove(quad)
    old.add(Quad(quad.subject, quad.predicate, Literal("Worded | otherwise", language="en"), quad.graph_name))
    old.add(Quad(NamedNode(K_NS + "goneTerm"), TYPE, CLAIM, NamedNode("https://w3id.org/conflict-kg/graph/ontology")))
    return old


def test_the_same_graph_has_no_changes(now: Store) -> None:
    assert compared(now, now) == []


def test_what_is_new_gone_and_otherwise_is_named(before: Store, now: Store, claims: list[NamedNode]) -> None:
    found = {(one.what, one.how, one.name): one for one in compared(before, now)}
    names = [f"claim:{claim.value.rpartition('/')[2]}" for claim in claims[:2]]
    assert found["claim", "new", names[0]].after == 1
    assert ("claim", "otherwise", names[1]) in found
    assert ("term", "falls", "k:goneTerm") in found
    assert [key for key in found if key[0] == "source"] == []
    back = {(one.what, one.how, one.name) for one in compared(now, before)}
    assert {("claim", "falls", names[0]), ("term", "new", "k:goneTerm")} <= back


def test_a_new_source_is_told_with_its_claims(now: Store) -> None:
    source = next(q.object for q in now.quads_for_pattern(None, SOURCE, None) if isinstance(q.object, NamedNode))
    claims = [q.subject for q in now.quads_for_pattern(None, SOURCE, source)]
    old = Store()
    old.extend(q for q in now if q.subject not in {source, *claims})
    (one,) = (one for one in compared(old, now) if one.what == "source")
    assert (one.how, one.before, one.after) == ("new", 0, len(claims))
    statements = [one for one in compared(old, now) if one.what == "statement"]
    assert {one.how for one in statements} <= {"new", "stands"}
    assert statements


@pytest.mark.parametrize("name", ["nquads", "rdf12-trig", "jsonld"])
def test_a_release_is_compared_with_a_dump(
    before: Store, now: Store, tmp_path: Path, name: str, claims: list[NamedNode]
) -> None:
    form = PROFILES[name]
    old = tmp_path / f"conflict-kg-0.0.9_{name}{form.syntax.suffix}.gz"
    form.save(before, old)
    count, texts = report(now, old)
    told, page = json.loads(texts["changes.json"]), texts["changes.md"]
    rows = list(csv.DictReader(io.StringIO(texts["changes.csv"])))
    assert 3 < len(told) == len(rows) == count
    assert [one["name"] for one in told] == [row["name"] for row in rows]
    assert f"Compared with `{old.name}`" in page
    assert "| claim | new | 1 |" in page
    assert f"- `claim:{claims[0].value.rpartition('/')[2]}` " in page


def test_the_first_release_says_that_there_is_none_before(released: Path) -> None:
    assert "no earlier release" in (released / "changes.md").read_text(encoding="utf-8")
    assert not (released / "changes.csv").exists()


def test_an_earlier_release_is_a_folder_a_dump_or_a_store(released: Path, small: Path, now: Store) -> None:
    for place in (released, released / "conflict-kg-0.1.0_rdf12-trig.trig.gz", small):
        assert set(earlier(place)[1]) == set(now)
    assert earlier(released)[0] == "conflict-kg-0.1.0_jsonld.jsonld.gz"


def test_what_is_no_earlier_release_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "last.nq"
    broken.write_text("no quads", encoding="utf-8")
    with pytest.raises(DataError):
        earlier(broken)
    with pytest.raises(UnknownNameError, match="no dump is in"):
        earlier(tmp_path)
    with pytest.raises(UnknownNameError, match="there is no"):
        earlier(tmp_path / "nothing")
    (tmp_path / "x.docx").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="tells of no profile"):
        earlier(tmp_path / "x.docx")


def test_the_page_shows_so_many_and_counts_the_others() -> None:
    found = [Change("claim", "new", f"claim:{n:04}", "a | *b* <c>", 0, 1) for n in range(LISTED + 7)]
    page = as_page(found, "last")
    assert page.count("- `claim:") == LISTED
    assert "- and 7 more, in `changes.csv`" in page
    assert "a \\| \\*b\\* \\<c\\>" in page
    assert "Nothing differs from `last`" in as_page([], "last")
