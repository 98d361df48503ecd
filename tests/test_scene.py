"""What a view holds beside claims and facts: where places lie, by whose drawing, and the titles of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph


def test_a_view_of_one_article_has_the_coordinates_of_its_places_beside_it(graph: Graph) -> None:
    view = graph.view(only=graph.names_of("source:seed-article"))
    jermuk = next(place for place in view.sites_of if place.endswith("/jermuk"))
    (site,) = view.sites_of[jermuk]
    assert site.points == ((45.67112, 39.83948),)
    assert (site.quality, site.source.partition(" ")[0]) == ("gazetteerPoint", "GeoNames")
    assert all(view.kinds[site.place] == "place" for site in view.sites)


def test_a_place_that_two_drawings_lay_out_has_both(graph: Graph) -> None:
    view = graph.view(only=graph.names_of("place:lachin-corridor"))
    sites = next(sites for place, sites in view.sites_of.items() if place.endswith("/lachin-corridor"))
    assert sorted(len(site.points) for site in sites) == [1, 3]


def test_every_claim_names_its_source_by_title(graph: Graph) -> None:
    view = graph.view(only=graph.names_of("source:seed-article"))
    assert {claim.source_label for claim in view.claims} == {
        "The article the project began from (title and publisher not named)"
    }
