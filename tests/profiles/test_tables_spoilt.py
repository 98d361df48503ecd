"""Tables that somebody changed or cut off: the fault is named with file, place, column, value and mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import DataError
from kg.profiles.forms import FOLDERS
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Spoil = Callable[[pa.Table], pa.Table]

BULLETIN = """
graph:bulletin {
    claim:b-0-1 a k:Claim ; k:speaker org:ministry ; k:content st:1 ; k:recorded "2022-09-12T20:05:00Z"^^xsd:dateTime ;
        dcterms:identifier "B1" , "B2" .
    st:1 a k:Statement ; k:subject event:fire ; s:name "Fire"@en ; s:location place:jermuk .
    psg:b a k:Passage ; k:start 17 .
}
"""
CSV = {
    "a time that is none": ("claims.csv", "2022-09-12T20:05:00Z", "yesterday", "claims.csv:2:", "recorded: 'yesterday'"),
    "a time without a zone": ("claims.csv", "20:05:00Z", "20:05:00", "claims.csv:2:", "2022-09-12T20:05:00'"),
    "a time in another zone": ("claims.csv", "20:05:00Z", "20:05:00+04:00", "claims.csv:2:", "as in 2022-09-12T20:05:00Z"),
    "half a second": ("claims.csv", "20:05:00Z", "20:05:00.500Z", "claims.csv:2:", "column recorded"),
    "texts that are no list": ("claims.csv", '[""B1"", ""B2""]', "B1", "claims.csv:2:", "identifiers: 'B1'"),
    "texts that are numbers": ("claims.csv", '[""B1"", ""B2""]', "[1]", "claims.csv:2:", "identifiers: '[1]'"),
    "a column that is gone": ("claims.csv", ",speaker,", ",", "claims.csv:1:", "column speaker is missing"),
    "a column of another name": ("claims.csv", ",speaker,", ",who,", "claims.csv:1:", "column 'who' is not known"),
    "columns in another order": ("claims.csv", "graph,claim,", "claim,graph,", "claims.csv:1:", "another order"),
    "a cell too many": ("statements.csv", "event:fire", "event:fire,x", "statements.csv:2:", "cells stand in a row of"),
    "no name": ("claims.csv", "claim:b-0-1", "", "claims.csv:2:", "column claim is empty"),
    "a name that is no IRI": ("claims.csv", "org:ministry", "the ministry", "claims.csv:2:", "'the ministry' is no IRI"),
    "no value": ("statements.csv", "place:jermuk", "", "statements.csv:2:", "column object is empty"),
    "a kind that is none": ("statements.csv", ",thing,", ",fact,", "statements.csv:2:", "object_kind: 'fact'"),
    "a language that is none": ("statements.csv", ",en,", ",e_n!,", "statements.csv:3:", "language: 'e_n!'"),
    "no datatype": ("statements.csv", ",rdf:langString,en,", ",,,", "statements.csv:3:", "column datatype is empty"),
    "no language": ("statements.csv", ",en,", ",,", "statements.csv:3:", "language does not go with rdf:langString"),
    "a language of a number": ("statements.csv", "rdf:langString", "xsd:integer", "statements.csv:3:", "go with xsd:integer"),
    "a datatype of a thing": ("statements.csv", ",thing,,", ",thing,xsd:date,", "statements.csv:2:", "kind: 'thing'"),
    "a number that is none": ("passages.csv", ",17,", ",seventeen,", "passages.csv:2:", "start: 'seventeen'"),
    "a quote that does not end": ("claims.csv", "org:ministry", '"org:ministry', "claims.csv:", "',' expected after"),
    "a byte that is no UTF-8": ("claims.csv", "org:ministry", "org:\udcff", "claims.csv:", "utf-8"),
    "no description": ("csv-metadata.json", None, None, "csv-metadata.json:", "No such file"),
    "a description that is no JSON": ("csv-metadata.json", '"tables"', "tables", "csv-metadata.json:", "property name"),
    "a description of nothing": ("csv-metadata.json", '"tables"', '"sheets"', "csv-metadata.json:", "tables"),
    "a description of others": ("csv-metadata.json", '"claims.csv"', '"c.csv"', "csv-metadata.json:", "no table claims"),
    "a table that is gone": ("quads.csv", None, None, "quads.csv:", "there is no such file"),
}  # fmt: skip


def swapped(table: pa.Table, name: str, cells: list[Any], kind: pa.DataType | None = None) -> pa.Table:
    place = table.schema.get_field_index(name)
    kind = kind or table.schema.field(name).type
    return table.set_column(place, pa.field(name, kind), pa.array(cells, kind))


PARQUET: dict[str, tuple[str, Spoil, str, str]] = {
    "a column that is gone": (
        "claims", lambda table: table.drop_columns(["speaker"]), "claims.parquet:", "column speaker is missing",
    ),
    "a column that is new": (
        "claims", lambda table: table.append_column("who", [["x"]]), "claims.parquet:", "column 'who' is not known",
    ),
    "a time that is text": (
        "claims", lambda table: swapped(table, "recorded", ["yesterday"], pa.string()),
        "claims.parquet:", "column recorded is string, not timestamp[ms, tz=UTC]",
    ),
    "half a second": (
        "claims", lambda table: swapped(table, "recorded", [1500]), "claims.parquet: row 1:", "recorded: '1970-01-01",
    ),
    "no name": (
        "claims", lambda table: swapped(table, "claim", [None]), "claims.parquet: row 1:", "column claim is empty",
    ),
    "no value": (
        "statements", lambda table: swapped(table, "object", ["place:jermuk", None]),
        "statements.parquet: row 2:", "column object is empty",
    ),
    "a name that is no IRI": (
        "claims", lambda table: swapped(table, "speaker", ["the ministry"]),
        "claims.parquet: row 1:", "speaker: 'the ministry' is no IRI",
    ),
}  # fmt: skip


def folder(form: str, tmp_path: Path) -> Path:
    text = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + BULLETIN
    quads = list(parse(text, format=RdfFormat.TRIG))
    FOLDERS[form].save(quads, tmp_path / "graph")
    assert set(FOLDERS[form].load(tmp_path / "graph")) == set(quads)
    return tmp_path / "graph"


def fault(form: str, path: Path) -> str:
    with pytest.raises(DataError) as caught:
        list(FOLDERS[form].load(path))
    (finding,) = caught.value.findings
    assert finding.place.startswith(str(path))
    assert finding.mend
    return str(finding)


@pytest.mark.parametrize("case", CSV.values(), ids=list(CSV))
def test_what_is_wrong_in_a_csv_file_is_named(
    tmp_path: Path, case: tuple[str, str | None, str | None, str, str]
) -> None:
    name, old, new, *told = case
    path = folder("csv-tables", tmp_path)
    if old is None or new is None:
        (path / name).unlink()
    else:
        text = (path / name).read_bytes().decode()
        assert old in text
        (path / name).write_bytes(text.replace(old, new, 1).encode(errors="surrogateescape"))
    found = fault("csv-tables", path)
    assert [part for part in told if part not in found] == [], found


@pytest.mark.parametrize("case", PARQUET.values(), ids=list(PARQUET))
def test_what_is_wrong_in_a_parquet_file_is_named(tmp_path: Path, case: tuple[str, Spoil, str, str]) -> None:
    name, spoil, *told = case
    path = folder("parquet", tmp_path)
    file = path / f"{name}.parquet"
    pq.write_table(spoil(pq.read_table(file)), file)
    found = fault("parquet", path)
    assert [part for part in told if part not in found] == [], found


@pytest.mark.parametrize(
    ("form", "name"), [("parquet", "claims.parquet"), ("parquet", "quads.parquet"), ("csv-tables", "claims.csv.zst")]
)
@pytest.mark.parametrize("bytes_left", [0, 4, 60, -60, -1])
def test_a_file_that_is_cut_off_is_named(tmp_path: Path, form: str, name: str, bytes_left: int) -> None:
    path = folder(form, tmp_path)
    if name.endswith(".zst"):
        quads = list(FOLDERS[form].load(path))
        path = tmp_path / "graph.zst"
        FOLDERS[form].save(quads, path)
    (path / name).write_bytes((path / name).read_bytes()[:bytes_left])
    assert name in fault(form, path)


def test_a_parquet_file_that_is_gone_is_named(tmp_path: Path) -> None:
    path = folder("parquet", tmp_path)
    (path / "intervals.parquet").unlink()
    assert "intervals.parquet: error [not-readable] there is no such file" in fault("parquet", path)
