"""GeoJSON, KML and CSV: read back whole by the readers of the field, and nothing without place or time is lost."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastkml
import geopandas
import pandas as pd
import pyogrio
import pytest
from fastkml.utils import find_all
from lxml import etree

from kg.pictures import draw
from kg.pictures.features import features_of
from kg.pictures.table import COLUMNS, plain, safe
from kg.pictures.text import clean

if TYPE_CHECKING:
    from kg.view import View

KML = "{http://www.opengis.net/kml/2.2}"


def written_to(tmp_path: Path, view: View, ending: str) -> Path:
    path = tmp_path / f"view.{ending}"
    path.write_text(draw(view, ending), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("which", ["mapped", "hostile_map", "view"])
def test_geojson_is_read_back_with_every_feature_and_its_times(
    request: pytest.FixtureRequest, tmp_path: Path, which: str
) -> None:
    view: View = request.getfixturevalue(which)
    features = features_of(view)
    read = geopandas.read_file(written_to(tmp_path, view, "geojson"))
    assert len(read) == len(features)
    assert read.geometry.isna().sum() == sum(feature.site is None for feature in features)
    assert read.crs.to_epsg() == 4326
    assert str(read["start"].dt.tz) == "UTC"
    starts = [feature.properties()["start"] for feature in features]
    assert [None if pd.isna(start) else start.strftime("%Y-%m-%dT%H:%M:%SZ") for start in read["start"]] == starts


def test_geojson_keeps_every_place_every_drawing_of_it_and_every_event(mapped: View) -> None:
    features = json.loads(draw(mapped, "geojson"))["features"]
    places = [f["properties"]["subject"] for f in features if f["properties"]["kind"] == "place"]
    assert set(places) == {iri for iri, kind in mapped.kinds.items() if kind == "place"}
    assert len([iri for iri in places if iri.endswith("/lachin")]) == 2
    events = {f["properties"]["subject"] for f in features if f["properties"]["kind"] == "event"}
    assert events == {iri for iri, kind in mapped.kinds.items() if kind == "event"}
    shapes = {f["geometry"]["type"] if f["geometry"] else None for f in features}
    assert shapes == {"Point", "LineString", None}


def test_geojson_tells_all_four_bounds_and_leaves_out_what_is_unbounded(mapped: View) -> None:
    features: list[dict[str, Any]] = json.loads(draw(mapped, "geojson"))["features"]
    night = next(
        f
        for f in features
        if f["properties"]["name"] == "Shelling of the first night" and f["properties"]["end"] is None
    )
    assert night["when"]["timespans"] == [
        {
            "start": {"earliest": "2022-09-12T20:05:00Z", "latest": "2022-09-12T20:05:00Z"},
            "end": {"earliest": "2022-09-12T22:00:00Z"},
        }
    ]
    held = next(f for f in features if f["properties"]["kind"] == "holding")
    assert (held["properties"]["disputed"], held["properties"]["value"]) == (True, "Azerbaijan")
    assert held["properties"]["stances"] == "asserts | denies"


@pytest.mark.parametrize("which", ["mapped", "hostile_map", "view"])
def test_kml_is_valid_against_its_schema(request: pytest.FixtureRequest, which: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(Path(fastkml.__file__).parent / "schema/ogckml22.xsd")))
    document = etree.fromstring(draw(request.getfixturevalue(which), "kml").encode())
    schema.assertValid(document)


def test_kml_is_read_back_with_every_feature_in_three_layers(mapped: View, tmp_path: Path) -> None:
    path, features = written_to(tmp_path, mapped, "kml"), features_of(mapped)
    layers = [name for name, _ in pyogrio.list_layers(path)]
    read = [geopandas.read_file(path, layer=layer) for layer in layers]
    assert sum(map(len, read)) == len(features)
    assert sum(frame.geometry.is_empty.sum() + frame.geometry.isna().sum() for frame in read) == sum(
        f.site is None for f in features
    )


def test_kml_has_a_time_span_for_all_that_has_a_bound_and_none_for_the_rest(mapped: View) -> None:
    document = etree.fromstring(draw(mapped, "kml").encode())
    spans = [(s.findtext(f"{KML}begin"), s.findtext(f"{KML}end")) for s in document.iter(f"{KML}TimeSpan")]
    told = [(p["start"], p["end"]) for p in (feature.properties() for feature in features_of(mapped))]
    assert sorted(spans, key=str) == sorted([pair for pair in told if any(pair)], key=str)
    back = fastkml.KML.from_string(draw(mapped, "kml").partition("?>")[2])
    marks = [mark for mark in find_all(back, of_type=fastkml.Placemark) if isinstance(mark, fastkml.Placemark)]
    begins = [mark.begin.dt for mark in marks if mark.begin]
    assert len(begins) == sum(begin is not None for begin, _ in spans)
    assert {str(getattr(begin, "tzinfo", None)) for begin in begins} == {"UTC"}


def test_kml_says_in_words_what_is_disputed(mapped: View) -> None:
    document = etree.fromstring(draw(mapped, "kml").encode())
    names = [mark.findtext(f"{KML}name") or "" for mark in document.iter(f"{KML}Placemark")]
    assert sum(name.endswith("(disputed)") for name in names) == sum(f.disputed for f in features_of(mapped)) > 0


def test_csv_has_a_row_for_every_fact_with_both_ends(mapped: View) -> None:
    rows = list(csv.DictReader(io.StringIO(draw(mapped, "csv"), newline="")))
    assert len(rows) == len(mapped.facts)
    assert tuple(rows[0]) == COLUMNS
    call = next(row for row in rows if row["predicate"] == "invokes")
    assert {call[name] for name in ("begin_earliest", "begin_latest", "end_earliest", "end_latest")} == {""}
    truce = next(row for row in rows if row["predicate"] == "mediator")
    assert (truce["disputed"], truce["stances"]) == ("yes", "asserts | denies")
    assert truce["end_earliest"] == "2022-09-13T06:01:00Z"


@pytest.mark.parametrize("which", ["hostile", "hostile_map"])
def test_no_cell_of_the_csv_begins_a_formula_and_plain_gives_back_what_was_said(
    request: pytest.FixtureRequest, which: str
) -> None:
    view: View = request.getfixturevalue(which)
    frame = pd.read_csv(io.StringIO(draw(view, "csv"), newline=""), dtype=str, keep_default_na=False)
    cells = [cell for column in frame for cell in frame[column]]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert sum(cell.startswith("'") for cell in cells) >= 3
    assert [plain(cell) for cell in frame["value_label"]] == [clean(view.value_words(fact)) for fact in view.facts]


@pytest.mark.parametrize("cell", ["=1+1", "'=1+1", "-5", "Jermuk", "", "'", "''tis"])
def test_a_cell_made_safe_is_given_back(cell: str) -> None:
    assert plain(safe(cell)) == cell
    assert not safe(cell).startswith(("=", "-"))


@pytest.mark.parametrize("ending", ["csv", "geojson", "kml", "gexf", "graphml", "json"])
@pytest.mark.parametrize("which", ["hostile", "hostile_map", "mapped"])
def test_same_view_gives_same_file(request: pytest.FixtureRequest, which: str, ending: str) -> None:
    view: View = request.getfixturevalue(which)
    assert draw(view, ending) == draw(
        type(view)(view.title, view.things[::-1], view.facts[::-1], view.claims[::-1], view.sites[::-1]), ending
    )


def test_a_kml_balloon_shows_hostile_text_as_text(hostile_map: View) -> None:
    document = etree.fromstring(draw(hostile_map, "kml").encode())
    for mark in document.iter(f"{KML}Placemark"):
        shown = etree.HTML("<p>" + (mark.findtext(f"{KML}description") or "") + "</p>")
        assert {element.tag for element in shown.iter()} <= {"html", "body", "p", "br"}
    assert html.escape("<img src=x") in draw(hostile_map, "kml")
    assert "http://maps" not in draw(hostile_map, "kml")
