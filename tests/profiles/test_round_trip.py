"""Every profile goes out and comes back as the same quads, or says what it does not carry."""

from __future__ import annotations

import gzip
import io
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError, UnknownNameError, UsageError
from kg.profiles import PROFILES, ordered, profile, profile_of
from kg.vocab import BASE, DCTERMS, K_NS, RDF, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.profiles import Profile

profiles = pytest.mark.parametrize("form", PROFILES.values(), ids=list(PROFILES))
WHOLE = [form for form in PROFILES.values() if not form.cannot]

STATEMENTS = st.sampled_from([NamedNode(f"{BASE}st/{'0' * 19}{end}") for end in "abc"])
THINGS = st.sampled_from([NamedNode(BASE + path) for path in ("place/jermuk", "event/fire", "org/ministry")])
GRAPHS = st.sampled_from([NamedNode(f"{BASE}graph/{name}") for name in ("first", "second", "zz")])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "hy", "az"])),
    st.integers().map(lambda number: Literal(str(number), datatype=NamedNode(XSD + "integer"))),
)
FACTS = st.builds(
    lambda name, value: (NamedNode(S_NS + name), value),
    st.sampled_from(["location", "name", "means"]),
    THINGS | LITERALS,
)
OTHERS = st.builds(
    Quad, THINGS, st.sampled_from([NamedNode(K_NS + "note"), NamedNode(RDF + "type")]), THINGS | LITERALS, GRAPHS
)
IRIS = st.sampled_from(
    [
        f"{K_NS}Event",
        f"{K_NS}k/x",
        f"{S_NS}location",
        f"{BASE}place/",
        "event:fire",
        "k:x",
        "held:x",
        "urn:a:b",
        "a:/b#",
    ]
).map(NamedNode)
DATATYPES = st.sampled_from(["integer", "decimal", "boolean", "double", "date", "string"]).map(
    lambda name: NamedNode(XSD + name)
)
FOREIGN = st.builds(
    Quad,
    IRIS,
    st.one_of(IRIS, st.sampled_from([RDF + "type", K_NS + "start", K_NS + "gist", S_NS + "name"]).map(NamedNode)),
    st.one_of(IRIS, LITERALS, st.builds(lambda text, kind: Literal(text, datatype=kind), TEXTS, DATATYPES | IRIS)),
    st.one_of(IRIS, GRAPHS, st.just(ox.DefaultGraph())),
)
"""What no file of ours says: any IRI anywhere, any text of any datatype."""


@st.composite
def statements(draw: st.DrawFn) -> list[Quad]:
    """Return one statement in one or two graphs: as its id is its content, the same in both."""
    node, about = draw(STATEMENTS), draw(THINGS)
    facts = draw(st.lists(FACTS, max_size=4))
    told = [(NamedNode(RDF + "type"), NamedNode(K_NS + "Statement")), (NamedNode(K_NS + "subject"), about), *facts]
    told.append((NamedNode(K_NS + "held"), NamedNode(f"{BASE}time/{'1' * 20}")))
    graphs = draw(st.lists(GRAPHS, min_size=1, max_size=2, unique=True))
    return [Quad(node, predicate, value, graph) for graph in graphs for predicate, value in told]


def some_graph() -> st.SearchStrategy[list[Quad]]:
    several = st.lists(statements(), max_size=3, unique_by=lambda quads: str(quads[0].subject))
    return st.builds(lambda parts, others: [q for part in parts for q in part] + others, several, st.lists(OTHERS))


def out(form: Profile, quads: Iterable[Quad]) -> bytes:
    file = io.BytesIO()
    form.write(quads, file)
    return file.getvalue()


def triples(quads: Iterable[Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@profiles
def test_the_whole_graph_comes_back(shipped: set[Quad], form: Profile) -> None:
    back = set(form.read(io.BytesIO(out(form, shipped))))
    if form.cannot:
        assert triples(back) == triples(shipped)
    else:
        assert back == shipped


@pytest.mark.parametrize("form", WHOLE, ids=lambda form: form.name)
@given(quads=some_graph(), foreign=st.lists(FOREIGN))
def test_any_graph_comes_back(form: Profile, quads: list[Quad], foreign: list[Quad]) -> None:
    assert set(form.read(io.BytesIO(out(form, quads + foreign)))) == {*quads, *foreign}


@profiles
@given(quads=some_graph(), data=st.data())
def test_the_order_of_the_quads_changes_no_byte(form: Profile, quads: list[Quad], data: st.DataObject) -> None:
    assert out(form, data.draw(st.permutations(quads))) == out(form, quads)


@given(quads=st.lists(OTHERS, min_size=3), at_once=st.integers(1, 5))
def test_sorting_through_files_gives_what_sorting_in_memory_gives(quads: list[Quad], at_once: int) -> None:
    assert list(ordered(quads, in_memory=at_once)) == list(ordered(quads))


def of_others(shared: Path) -> Iterator[set[Quad]]:
    """Yield what files of other projects hold."""
    files = [*(shared / "data/peers").rglob("*.trig")]
    assert len(files) > 3
    for path in files:
        with suppress(SyntaxError):  # files that are wrong on purpose
            yield set(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))


def of_newsreader(shared: Path) -> set[Quad]:
    """Return some of what NewsReader read in the news."""
    (path,) = (shared / "data/peers/newsreader").rglob("*.trig.gz")
    return set(islice(ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.TRIG), 4000))


def canonical(quads: Iterable[Quad]) -> ox.Dataset:
    """Return quads with blank nodes that compare."""
    found = ox.Dataset(quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_files_of_other_projects_come_back(shared: Path) -> None:
    for quads in of_others(shared):
        for form in WHOLE:
            assert canonical(form.read(io.BytesIO(out(form, quads)))) == canonical(quads), form.name


@pytest.mark.parametrize("form", WHOLE, ids=lambda form: form.name)
def test_what_newsreader_read_comes_back(shared: Path, form: Profile) -> None:
    quads = of_newsreader(shared)
    assert set(form.read(io.BytesIO(out(form, quads)))) == quads


def test_what_looks_like_a_profile_and_is_none_comes_back() -> None:
    lone = Quad(NamedNode("a:b"), NamedNode(K_NS + "location"), NamedNode("a:c"), NamedNode(f"{BASE}st/lone"))
    node, graph = NamedNode("a:node"), NamedNode("a:graph")
    cells = {
        RDF + "type": RDF + "Statement", RDF + "subject": "a:s", RDF + "predicate": "a:p", RDF + "object": "a:o",
        DCTERMS + "isPartOf": "a:whole",
    }  # fmt: skip
    quads = {lone, *(Quad(node, NamedNode(key), NamedNode(value), graph) for key, value in cells.items())}
    for form in WHOLE:
        assert set(form.read(io.BytesIO(out(form, quads)))) == quads, form.name


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own TriG parser
@pytest.mark.parametrize("name", ["trig", "reification", "graph-each", "wikibase"])
def test_rdflib_reads_as_many_quads_as_were_written(name: str) -> None:
    node, graph = NamedNode(f"{BASE}st/x"), NamedNode(f"{BASE}graph/g")
    name_of = Quad(node, NamedNode(S_NS + "name"), Literal('\u0561\n"', language="hy"), graph)
    quads = [Quad(node, NamedNode(K_NS + "subject"), NamedNode(f"{BASE}place/a"), graph), name_of]
    written = out(profile(name), quads)
    read = rdflib.Dataset()
    read.parse(data=written, format="trig")
    ours = set(ox.parse(written, format=ox.RdfFormat.TRIG))
    assert {tuple(map(str, quad)) for quad in read.quads()} == {
        (q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in ours
    }


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@profiles
def test_a_file_is_the_same_twice_and_reads_back(tmp_path: Path, form: Profile, ending: str) -> None:
    quads = [Quad(NamedNode("a:b"), NamedNode("a:c"), Literal(str(number)), NamedNode("a:g")) for number in range(99)]
    first, second = (tmp_path / f"{name}{form.syntax.suffix}{ending}" for name in ("one", "two"))
    form.save(quads, first)
    form.save(reversed(quads), second)
    assert first.read_bytes() == second.read_bytes()
    assert triples(form.load(first)) == triples(quads)


@pytest.mark.parametrize("ending", ["trig", "nq.gz", "ttl.zst", "trigs", "jsonld", "jelly.gz"])
def test_the_ending_says_the_profile(tmp_path: Path, ending: str) -> None:
    assert profile_of(tmp_path / f"graph.{ending}").syntax.suffix == f".{ending.partition('.')[0]}"


@pytest.mark.parametrize("ending", [".nq.gz", ".nq.zst"])
def test_files_put_together_read_as_one(tmp_path: Path, ending: str) -> None:
    quads = [Quad(NamedNode("a:b"), NamedNode("a:c"), Literal(str(number)), NamedNode("a:g")) for number in range(2)]
    parts = [tmp_path / f"{number}{ending}" for number in range(2)]
    for quad, part in zip(quads, parts, strict=True):
        profile("nquads").save([quad], part)
    whole = tmp_path / f"whole{ending}"
    whole.write_bytes(b"".join(part.read_bytes() for part in parts))
    assert list(profile("nquads").load(whole)) == quads


@pytest.mark.parametrize("ending", [".nq", ".nq.gz", ".nq.zst", ".trigs", ".jsonld", ".jelly", ".jelly.zst"])
def test_a_file_that_is_cut_off_is_named(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"cut{ending}"
    form = profile_of(path)
    form.save([Quad(NamedNode("a:b"), NamedNode("a:c"), Literal("x" * 500), NamedNode("a:g"))], path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DataError, match=f"cut{ending}"):
        list(form.load(path))


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")

    def broken() -> Iterable[Quad]:
        yield Quad(NamedNode("a:b"), NamedNode("a:c"), Literal("x"), NamedNode("a:g"))
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        profile("nquads").save(broken(), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.nq"]
    assert path.read_text() == "old"


def test_names_and_endings_that_nothing_bears_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="trig"):
        profile("rdfxml")
    with pytest.raises(UsageError, match="tells of no profile"):
        profile_of(tmp_path / "graph.docx")
