"""The graph as tables: every quad goes out and comes back, and readers that know nothing of us read them."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import DataError, UsageError
from kg.profiles import PROFILES
from kg.profiles.forms import FOLDERS
from kg.profiles.tables.columns import TABLES
from kg.profiles.tables.page import page
from tests.profiles.test_round_trip import FOREIGN, some_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad

    from kg.api import Graph
    from kg.profiles.tables import TableFolder

folders = pytest.mark.parametrize("form", FOLDERS.values(), ids=list(FOLDERS))


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> set[Quad]:
    return set(graph.store)


@pytest.fixture(scope="module")
def saved(shipped: set[Quad], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the folder of the whole graph in a form, written once."""

    @cache
    def folder(form: str) -> Path:
        path = tmp_path_factory.mktemp("tables") / "graph"
        FOLDERS[form].save(shipped, path)
        return path

    return folder


@folders
def test_the_whole_graph_comes_back(shipped: set[Quad], saved: Callable[[str], Path], form: TableFolder) -> None:
    assert set(form.load(saved(form.name))) == shipped


@folders
@settings(max_examples=25)
@given(quads=some_graph() | st.lists(FOREIGN, max_size=12))
def test_any_graph_comes_back_whatever_it_says(form: TableFolder, quads: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        form.save(quads, Path(folder) / "graph")
        assert set(form.load(Path(folder) / "graph")) == set(quads)


@folders
def test_what_other_projects_wrote_comes_back(shared: Path, tmp_path: Path, form: TableFolder) -> None:
    peers = shared / "data/peers"
    (newsreader,) = (peers / "newsreader").rglob("*.trig.gz")
    read = [set(islice(PROFILES["trig"].load(newsreader), 4000))]
    for path in sorted(peers.rglob("*.trig")):
        with suppress(SyntaxError):  # files that are wrong on purpose
            read.append(set(ox.parse(path=str(path), format=ox.RdfFormat.TRIG)))
    assert len(read) > 4
    for number, quads in enumerate(read):
        form.save(quads, tmp_path / str(number))
        assert canonical(form.load(tmp_path / str(number))) == canonical(quads)


def canonical(quads: Iterable[Quad]) -> ox.Dataset:
    found = ox.Dataset(quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


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


def test_duckdb_reads_the_columns_as_they_are_said_to_be(saved: Callable[[str], Path], graph: Graph) -> None:
    parquet = saved("parquet")
    claims = graph.rows("SELECT DISTINCT ?c { ?c a <https://w3id.org/conflict-kg/ontology#Claim> }")
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT count(DISTINCT claim) FROM '{parquet}/claims.parquet'").fetchone()  # noqa: S608
        assert found == (len(claims),)
        query = (
            f"SELECT s.object, s.held_begin_earliest FROM '{parquet}/statements.parquet' s "  # noqa: S608 - our own folder
            f"JOIN '{parquet}/claim_statements.parquet' c USING (graph, statement) "
            "WHERE s.subject = 'figure:armenia-servicemembers-killed-2022-09' AND s.predicate = 'amount' AND s.number = 105"
        )
        (amount, held), *_ = connection.execute(query).fetchall()
        kinds = connection.execute(f"DESCRIBE SELECT * FROM '{parquet}/intervals.parquet'").fetchall()  # noqa: S608
    assert (amount, held.astimezone(UTC) < datetime(2022, 9, 15, tzinfo=UTC)) == ("105", True)
    assert {kind for name, kind, *_ in kinds if name.startswith(("begin_e", "end_"))} >= {"TIMESTAMP WITH TIME ZONE"}


def test_the_description_names_every_file_and_column(tmp_path: Path, shipped: set[Quad]) -> None:
    FOLDERS["csv-tables"].save(sorted(shipped, key=str)[:3_000], tmp_path / "graph")
    told = json.loads((tmp_path / "graph/csv-metadata.json").read_text(encoding="utf-8"))
    described = {one["url"]: [column["name"] for column in one["tableSchema"]["columns"]] for one in told["tables"]}
    assert sorted(described) == sorted(f"{table.name}.csv" for table in TABLES)
    for name, columns in described.items():
        with (tmp_path / "graph" / name).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == columns
    assert all(column["dc:description"] for one in told["tables"] for column in one["tableSchema"]["columns"])


def test_every_column_stands_on_the_page(root: Path) -> None:
    assert (root / "docs/tables.md").read_text(encoding="utf-8") == page(), "run: make generate"


def test_the_question_on_the_page_is_answered_from_the_tables_alone(
    saved: Callable[[str], Path], root: Path, graph: Graph
) -> None:
    asked = (root / "docs/profiles.md").read_text(encoding="utf-8").partition("```sql\n")[2].partition("```")[0]
    with duckdb.connect() as connection:
        rows = connection.execute(asked.replace("'tables/", f"'{saved('parquet')}/")).fetchall()
    told = graph.rows(
        "PREFIX k: <https://w3id.org/conflict-kg/ontology#> PREFIX s: <https://w3id.org/conflict-kg/statement#> "
        "SELECT DISTINCT ?gist { GRAPH ?g { ?claim k:content ?st ; k:gist ?gist . "
        "?st s:location|s:direction <https://w3id.org/conflict-kg/place/kalbajar> } }"
    )
    assert {gist for _, _, gist in rows} == {row["gist"] for row in told}
    assert {stance for _, stance, _ in rows} >= {"asserts", "denies"}


@folders
def test_the_command_line_writes_a_folder_and_turns_it_back(tmp_path: Path, form: TableFolder) -> None:
    folder, file = tmp_path / "tables", tmp_path / "seed.nq"
    run = CliRunner()
    done = run.invoke(main, ["export", "2021-border-clashes", "--format", form.name, "-o", str(folder)])
    assert done.exit_code == 0, done.stderr
    assert run.invoke(main, ["convert", str(folder), "-o", str(file)]).exit_code == 0
    assert run.invoke(main, ["export", "2021-border-clashes", "-o", str(tmp_path / "direct.nq")]).exit_code == 0
    assert file.read_bytes() == (tmp_path / "direct.nq").read_bytes()
    refused = run.invoke(main, ["export", "2021-border-clashes", "--format", form.name, "-o", str(folder)])
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    to_stdout = run.invoke(main, ["export", "2021-border-clashes", "--format", form.name, "-o", "-"])
    assert (to_stdout.exit_code, "folder" in to_stdout.stderr) == (2, True)


@folders
def test_what_is_none_of_the_tables_is_refused_and_left_alone(tmp_path: Path, form: TableFolder) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        form.save([], tmp_path / "mine")
    assert (tmp_path / "mine/notes.txt").read_text(encoding="utf-8") == "mine"
    with pytest.raises(UsageError, match="no folder"):
        form.load(tmp_path / "nothing")


@folders
def test_a_folder_with_a_spoilt_file_is_named_with_the_place(tmp_path: Path, form: TableFolder) -> None:
    form.save([], tmp_path / "graph")
    spoilt = next(path for path in sorted((tmp_path / "graph").iterdir()) if path.name.startswith("claims"))
    spoilt.write_bytes(b"no table\x00")
    with pytest.raises(DataError, match="claims"):
        list(form.load(tmp_path / "graph"))
