"""The graph as tables: every quad goes out and comes back, and readers that know nothing of us read them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import csvw
import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kg.cli import main
from kg.errors import UsageError
from kg.profiles.forms import FOLDERS, form_of
from kg.profiles.tables.columns import TABLES
from kg.vocab import BASE, K_NS, RDF, S_NS, XSD
from tests.profiles.test_round_trip import FOREIGN, canonical, of_newsreader, of_others, some_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.api import Graph
    from kg.profiles.tables import TableFolder

folders = pytest.mark.parametrize("form", FOLDERS.values(), ids=list(FOLDERS))
CASE = "2021-border-clashes"
TYPE = NamedNode(RDF + "type")
CLAIM, GRAPH = NamedNode(f"{BASE}claim/bulletin-0-1"), NamedNode(f"{BASE}graph/bulletin")
KILLED = "figure:armenia-servicemembers-killed-2022-09"
DENIED = """
    SELECT DISTINCT ?claim ?speaker ?subject ?predicate ?value WHERE { GRAPH ?g {
        ?claim a k:Claim ; k:stance k:denies ; k:speaker ?speaker ; k:content ?statement .
        ?statement k:subject ?subject ; ?predicate ?value . FILTER STRSTARTS(STR(?predicate), STR(s:))
    } }"""


@pytest.fixture(scope="module")
def denied(graph: Graph) -> set[tuple[str, ...]]:
    """Return who denies what in the graph itself, in whole IRIs."""
    rows = graph.store.query(DENIED, prefixes={"k": K_NS, "s": S_NS})
    assert isinstance(rows, QuerySolutions)
    found = {tuple(term.value for term in row if isinstance(term, NamedNode | Literal)) for row in rows}
    assert len({claim for claim, *_ in found}) > 30
    return found


@folders
def test_the_whole_graph_comes_back(shipped: set[Quad], written: Mapping[str, Path], form: TableFolder) -> None:
    assert set(form.load(written[form.name])) == shipped


def there_and_back(form: TableFolder, quads: list[Quad]) -> set[Quad]:
    with TemporaryDirectory() as folder:
        form.save(quads, Path(folder) / "graph")
        return set(form.load(Path(folder) / "graph"))


@folders
@settings(max_examples=25)
@given(quads=some_graph() | st.lists(FOREIGN, max_size=12))
def test_any_graph_comes_back_whatever_it_says(form: TableFolder, quads: list[Quad]) -> None:
    assert there_and_back(form, quads) == set(quads)


def claim(**values: NamedNode | Literal) -> list[Quad]:
    told = [Quad(CLAIM, NamedNode(K_NS + name), value, GRAPH) for name, value in values.items()]
    return [Quad(CLAIM, TYPE, NamedNode(K_NS + "Claim"), GRAPH), *told]


@folders
def test_names_of_others_are_not_taken_apart(form: TableFolder) -> None:
    names = ("http://a.example/no-break\u00a0space", "http://a.example/wide\u3000space", "org:short", BASE + "org/")
    for name in names:
        quads = claim(onBehalfOf=NamedNode(name), denies=CLAIM)
        assert there_and_back(form, quads) == set(quads), name


def told(name: str, value: Literal) -> list[tuple[NamedNode, NamedNode | Literal]]:
    return [(TYPE, NamedNode(K_NS + "Claim")), (NamedNode(K_NS + name), value)]


@folders
def test_texts_come_back_to_the_letter(form: TableFolder) -> None:
    texts = (
        "",
        " ",
        "a\nb",
        "a\rb",
        "a\r\n",
        '"',
        ",",
        "\0",
        "\ufeff",
        "null",
        "[]",
        "2022-09-13T00:00:00.5Z",
        "9" * 30,
    )
    kinds = [NamedNode(XSD + name) for name in ("string", "dateTime", "integer")]
    values = [Literal(text, datatype=kind) for text in texts for kind in kinds]
    values += [Literal(text, language="en") for text in texts]
    quads = [
        Quad(node, predicate, term, GRAPH)
        for number, value in enumerate(values)
        for name in ("gist", "heldAsWritten", "recorded", "start")
        for node in [NamedNode(f"{CLAIM.value}-{name}-{number}")]
        for predicate, term in told(name, value)
    ]
    assert there_and_back(form, quads) == set(quads)


def test_what_a_row_has_no_column_for_stands_beside_it(tmp_path: Path) -> None:
    quads = [*claim(speaker=NamedNode(BASE + "org/ministry")), *claim(madeUp=Literal("x"))]
    FOLDERS["parquet"].save(quads, tmp_path / "graph")
    (row,) = pq.read_table(tmp_path / "graph/claims.parquet").to_pylist()
    (loose,) = pq.read_table(tmp_path / "graph/quads.parquet").to_pylist()
    assert (row["claim"], row["speaker"], loose["object"]) == ("claim:bulletin-0-1", "org:ministry", '"x"')


@folders
def test_the_same_quads_in_another_order_give_the_same_bytes(
    shipped: set[Quad], tmp_path: Path, form: TableFolder
) -> None:
    some = sorted(shipped, key=str)[:5_000]
    for name, quads in (("one", some), ("two", some[::-1])):
        form.save(quads, tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert [(tmp_path / "one" / name).read_bytes() for name in names] == [
        (tmp_path / "two" / name).read_bytes() for name in names
    ]


def spelt_out(prefixes: Mapping[str, str], row: tuple[str, ...]) -> tuple[str, ...]:
    """Return claim, speaker, subject, predicate and object with the prefixes that the tables tell of."""
    parts = (cell.partition(":") for cell in row)
    *first, predicate, value = (
        prefixes[head] + rest if head in prefixes else head + colon + rest for head, colon, rest in parts
    )
    return (*first, prefixes["s"] + predicate, value)


def test_duckdb_finds_in_the_parquet_files_who_denied_what(
    written: Mapping[str, Path], denied: set[tuple[str, ...]]
) -> None:
    folder = written["parquet"]
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table.name} AS FROM '{folder}/{table.name}.parquet'")
            twice = f"SELECT 1 FROM {table.name} GROUP BY {', '.join(table.key)} HAVING count(*) > 1"  # noqa: S608 - our own names
            assert connection.execute(twice).fetchall() == []
        found = connection.execute(
            "SELECT claim, speaker, subject, predicate, object FROM claims JOIN claim_statements USING (graph, claim) "
            "JOIN statements USING (graph, statement) WHERE stance = 'denies'"
        ).fetchall()
        kinds = connection.execute("DESCRIBE claims").fetchall() + connection.execute("DESCRIBE statements").fetchall()
    prefixes = json.loads(pq.read_schema(folder / "claims.parquet").metadata[b"prefixes"])
    assert {spelt_out(prefixes, row) for row in found} == denied
    types = {name: kind for name, kind, *_ in kinds}
    assert (types["recorded"], types["number"], types["subjects"], types["held_end_latest"]) == (
        "TIMESTAMP WITH TIME ZONE", "DOUBLE", "VARCHAR[]", "TIMESTAMP WITH TIME ZONE",
    )  # fmt: skip


def test_a_reader_of_csv_on_the_web_finds_in_the_csv_files_who_denied_what(
    written: Mapping[str, Path], denied: set[tuple[str, ...]]
) -> None:
    group = csvw.TableGroup.from_file(written["csv-tables"] / "csv-metadata.json")
    # The reader takes its time; of the two longest tables, which have texts alone, the first rows do.
    longest = {"derived.csv": 1_000, "quads.csv": 1_000}
    tables = {
        table.url.string: list(islice(table.iterdicts(strict=True), longest.get(table.url.string)))
        for table in group.tables
    }
    contents: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in tables["claim_statements.csv"]:
        contents[row["graph"], row["claim"]].append((row["graph"], row["statement"]))
    facts: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in tables["statements.csv"]:
        facts[row["graph"], row["statement"]].append((row["subject"], row["predicate"], row["object"]))
    prefixes = {note["prefix"]: note["namespace"] for note in group.notes}
    found = {
        spelt_out(prefixes, (row["claim"], row["speaker"], *fact))
        for row in tables["claims.csv"]
        if row["stance"] == "denies"
        for statement in contents[row["graph"], row["claim"]]
        for fact in facts[statement]
    }
    assert found == denied
    killed = [row for row in tables["statements.csv"] if (row["subject"], row["object"]) == (KILLED, "105")]
    assert {row["number"] for row in killed} == {105.0}
    assert max(row["held_begin_latest"] for row in killed) < datetime(2022, 9, 15, tzinfo=UTC)


def test_the_description_tells_of_every_column(written: Mapping[str, Path]) -> None:
    told = json.loads((written["csv-tables"] / "csv-metadata.json").read_text(encoding="utf-8"))
    files = {path.name for path in written["csv-tables"].iterdir()}
    assert {table["url"] for table in told["tables"]} == files - {"csv-metadata.json"}
    for table, described in zip(TABLES, told["tables"], strict=True):
        columns = described["tableSchema"]["columns"]
        with (written["csv-tables"] / described["url"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column["name"] for column in columns]
        schema = pq.read_schema(written["parquet"] / f"{table.name}.parquet")
        assert [field.metadata[b"description"].decode() for field in schema] == [c["dc:description"] for c in columns]
        assert all(("required" in column) != ("null" in column) for column in columns)
        times = [column for column in columns if column["datatype"] == "dateTimeStamp"]
        assert [column["name"] for column in times if "UTC" not in column["dc:description"]] == []


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a case as the command line writes it in N-Quads."""
    path = tmp_path_factory.mktemp("direct") / "case.nq"
    assert CliRunner().invoke(main, ["export", CASE, "-o", str(path)]).exit_code == 0
    return path.read_bytes()


@folders
def test_the_command_line_writes_a_folder_and_turns_it_back(tmp_path: Path, direct: bytes, form: TableFolder) -> None:
    folder, file = tmp_path / "tables", tmp_path / "seed.nq"
    run = CliRunner()
    done = run.invoke(main, ["export", CASE, "--format", form.name, "-o", str(folder)])
    assert done.exit_code == 0, done.stderr
    assert run.invoke(main, ["convert", str(folder), "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == direct
    refused = run.invoke(main, ["export", CASE, "--format", form.name, "-o", str(folder)])
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    to_stdout = run.invoke(main, ["export", CASE, "--format", form.name, "-o", "-"])
    assert (to_stdout.exit_code, "folder" in to_stdout.stderr) == (2, True)


@folders
@pytest.mark.parametrize("name", ["notes.txt", "passages.csv", "passages.parquet"])
def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path, form: TableFolder, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds"):
        form.save([], tmp_path)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


@folders
def test_no_folder_of_tables_is_no_graph(tmp_path: Path, form: TableFolder) -> None:
    with pytest.raises(UsageError, match="no folder"):
        form.load(tmp_path / "nothing")
    with pytest.raises(UsageError, match="holds no tables"):
        form_of(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        form.save([], tmp_path / "file")


def test_csv_files_are_compressed_as_the_folder_is_called_and_parquet_is_not(tmp_path: Path) -> None:
    quads = claim(speaker=NamedNode(BASE + "org/ministry"))
    for end in (".gz", ".zst"):
        FOLDERS["csv-tables"].save(quads, folder := tmp_path / f"graph{end}")
        assert (folder / f"claims.csv{end}").is_file()
        assert set(form_of(folder).load(folder)) == set(quads)
    with pytest.raises(UsageError, match="compressed inside"):
        FOLDERS["parquet"].save(quads, tmp_path / "other.zst")
    assert not (tmp_path / "other.zst").exists()


@folders
def test_where_quads_fail_the_folder_stays_as_it_was(tmp_path: Path, form: TableFolder) -> None:
    def failing() -> Iterator[Quad]:
        yield from claim()
        raise OSError("the disk is gone")

    form.save(claim(speaker=CLAIM), tmp_path / "graph")
    before = {path.name: path.read_bytes() for path in (tmp_path / "graph").iterdir()}
    with pytest.raises(OSError, match="gone"):
        form.save(failing(), tmp_path / "graph")
    assert {path.name: path.read_bytes() for path in (tmp_path / "graph").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]


def test_the_question_on_the_page_is_answered_from_the_tables_alone(
    written: Mapping[str, Path], root: Path, graph: Graph
) -> None:
    asked = (root / "docs/profiles.md").read_text(encoding="utf-8").partition("```sql\n")[2].partition("```")[0]
    with duckdb.connect() as connection:
        rows = connection.execute(asked.replace("'tables/", f"'{written['parquet']}/")).fetchall()
    found = graph.rows(
        "PREFIX k: <https://w3id.org/conflict-kg/ontology#> PREFIX s: <https://w3id.org/conflict-kg/statement#> "
        "SELECT DISTINCT ?gist { GRAPH ?g { ?claim k:content ?st ; k:gist ?gist . "
        "?st s:location|s:direction <https://w3id.org/conflict-kg/place/kalbajar> } }"
    )
    assert {gist for _, _, gist in rows} == {row["gist"] for row in found}
    assert {stance for _, stance, _ in rows} >= {"asserts", "denies"}


@folders
def test_what_other_projects_wrote_comes_back(shared: Path, tmp_path: Path, form: TableFolder) -> None:
    read = [of_newsreader(shared), *of_others(shared)]
    assert len(read) > 4
    for number, quads in enumerate(read):
        form.save(quads, tmp_path / str(number))
        assert canonical(form.load(tmp_path / str(number))) == canonical(quads)
