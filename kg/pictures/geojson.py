"""GeoJSON (RFC 7946) with times, for QGIS, Leaflet, kepler.gl and data frames."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.pictures.features import features_of
from kg.pictures.text import clean

if TYPE_CHECKING:
    from kg.pictures.features import Feature
    from kg.view import View


def geojson(view: View) -> str:
    """Return events, claims on whose places are, and places as a FeatureCollection.

    What has no coordinates has ``geometry`` null. ``start`` and ``end`` are
    what QGIS takes for a temporal layer; ``when`` gives all four bounds as
    GeoJSON-T and Linked Places write them. Times are UTC; ends are excluded.
    """
    features = [json.dumps(_feature(feature), ensure_ascii=False) for feature in features_of(view)]
    head = json.dumps({"type": "FeatureCollection", "name": clean(view.title) or "conflict-kg"}, ensure_ascii=False)
    return head[:-1] + ', "features": [\n' + ",\n".join(features) + "\n]}\n"


def _feature(feature: Feature) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "Feature", "id": clean(feature.id), "properties": feature.properties()}
    made["geometry"] = _geometry(feature)
    told = made["properties"]
    if feature.held:
        span = {
            "start": _between(told["start"], told["start_latest"]),
            "end": _between(told["end_earliest"], told["end"]),
        }
        made["when"] = {"timespans": [{edge: bounds for edge, bounds in span.items() if bounds}]}
    return made


def _between(earliest: str | None, latest: str | None) -> dict[str, str]:
    pairs = (("earliest", earliest), ("latest", latest))
    return {name: moment for name, moment in pairs if moment}


def _geometry(feature: Feature) -> dict[str, Any] | None:
    if feature.site is None:
        return None
    points = [list(point) for point in feature.site.points]
    return (
        {"type": "Point", "coordinates": points[0]}
        if len(points) == 1
        else {"type": "LineString", "coordinates": points}
    )
