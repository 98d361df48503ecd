"""The base map: whole, valid, with a source on every shape; and the projection it is drawn in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.pictures.basemap import base_map, base_map_text
from kg.pictures.projection import Projection

BOX = (43.3, 38.3, 50.6, 42.0)


def test_every_shape_has_a_source_and_every_boundary_its_two_states() -> None:
    shapes = base_map().shapes
    assert {shape.layer for shape in shapes} == {"sea", "lake", "river", "boundary"}
    assert all(shape.source in base_map().sources for shape in shapes)
    assert all((len(shape.between) == 2) == (shape.layer == "boundary") for shape in shapes)
    assert {("Armenia", "Azerbaijan"), ("Armenia", "Iran")} <= {shape.between for shape in shapes}


def test_no_boundary_is_drawn_without_saying_whose_and_of_when() -> None:
    source = base_map().sources[base_map().layer("boundary")[0].source]
    assert source.name in base_map().caption()
    assert source.published in base_map().caption()
    assert {shape.source for shape in base_map().layer("boundary")} == {"ne-4.1.0"}


def test_the_shapes_are_valid_and_lie_in_their_box(tmp_path_factory: pytest.TempPathFactory) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path_factory.mktemp("map") / "basemap.geojson"
    path.write_text(base_map_text(), encoding="utf-8")
    read = geopandas.read_file(path)
    assert len(read) == len(base_map().shapes)
    assert read.geometry.is_valid.all()
    west, south, east, north = read.total_bounds
    assert (west, south, east, north) == base_map().bbox


@given(st.floats(42, 52), st.floats(37.5, 43))
def test_a_place_drawn_and_read_back_is_the_same_place(longitude: float, latitude: float) -> None:
    projection = Projection.fitted(BOX, (0, 0, 1100, 800))
    back = projection.degrees(*projection.xy(longitude, latitude))
    assert back == pytest.approx((longitude, latitude), abs=0.002)


def test_the_box_fits_its_frame_with_north_up_and_east_right() -> None:
    projection = Projection.fitted(BOX, (10, 20, 1100, 800))
    for longitude in (BOX[0], 46.5, BOX[2]):
        for latitude in (BOX[1], BOX[3]):
            x, y = projection.xy(longitude, latitude)
            assert 9.9 <= x <= 1110.1
            assert 19.9 <= y <= 820.1
    assert projection.xy(45, 40)[1] > projection.xy(45, 41)[1]
    assert projection.xy(45, 40)[0] < projection.xy(46, 40)[0]
    yerevan, baku = projection.xy(44.51, 40.18), projection.xy(49.87, 40.41)
    assert baku[0] - yerevan[0] == pytest.approx(projection.pixels(455), rel=0.01)
