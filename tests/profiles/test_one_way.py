"""Forms that go one way: written like the others, and refused with the reason where they are read."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad

from kg.cli import main
from kg.errors import DataError, UsageError
from kg.iri import expand, term
from kg.profiles import ONE_WAY, OneWay, one_way_of
from kg.profiles.told import telling
from kg.vocab import RDF
from tests.profiles.made_up import claim, fact, graph

if TYPE_CHECKING:
    from pathlib import Path

forms = pytest.mark.parametrize("form", ONE_WAY.values(), ids=list(ONE_WAY))
CASE = "2016-04-four-day-war"


def kg(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


@forms
def test_a_case_is_exported_by_name_and_by_ending(form: OneWay, tmp_path: Path) -> None:
    named, ended = tmp_path / "named", tmp_path / f"x{form.ending}"
    assert kg("export", CASE, "--format", form.name, "-o", named)[0] == 0
    code, _, err = kg("export", CASE, "-o", ended)
    assert code == 0
    assert named.read_bytes() == ended.read_bytes() != b""
    assert [sentence for sentence in form.cannot if sentence not in err] == []


@forms
def test_another_profile_is_turned_into_it(form: OneWay, tmp_path: Path) -> None:
    direct, graph_file, turned = tmp_path / f"a{form.ending}", tmp_path / "a.nq", tmp_path / f"b{form.ending}.gz"
    assert kg("export", CASE, "-o", direct)[0] == kg("export", CASE, "-o", graph_file)[0] == 0
    assert kg("convert", graph_file, "-o", turned)[0] == 0
    assert kg("convert", graph_file, "--to", form.name, "-o", tmp_path / "c")[0] == 0
    assert (tmp_path / "c").read_bytes() == gzip.decompress(turned.read_bytes()) == direct.read_bytes()


@forms
@pytest.mark.parametrize("by_name", [True, False])
def test_reading_it_is_refused_with_what_is_not_there(form: OneWay, tmp_path: Path, *, by_name: bool) -> None:
    file = tmp_path / ("x.nq" if by_name else f"x{form.ending}")
    file.write_bytes(b"{}\n")
    code, _, err = kg("convert", file, *(["--from", form.name] if by_name else []), "-o", tmp_path / "x.trig")
    assert code == 2
    assert f"{form.name} goes one way" in err
    assert all(sentence in err for sentence in form.cannot)
    assert not (tmp_path / "x.trig").exists()


@forms
def test_the_list_of_forms_says_that_it_goes_one_way(form: OneWay) -> None:
    code, shown, _ = kg("export")
    assert code == 0
    assert form.name in shown
    assert form.ending in shown
    assert "one way" in form.summary
    for verb in ("export", "convert"):
        assert form.name in kg(verb, "--help")[1]


@forms
def test_it_can_never_be_read_from_python(form: OneWay, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one way"):
        form.load(tmp_path / "x")


@forms
def test_every_one_way_form_stands_on_the_page(form: OneWay, root: Path) -> None:
    page = (root / "docs/profiles.md").read_text(encoding="utf-8")
    assert f"### `{form.name}`" in page
    assert form.ending in page


def test_an_ending_tells_of_a_form_compressed_or_not() -> None:
    assert [one_way_of(f"x{form.ending}{end}") for form in ONE_WAY.values() for end in ("", ".gz", ".zst")] == [
        form for form in ONE_WAY.values() for _ in range(3)
    ]
    assert one_way_of("x.jsonld") is None


@forms
def test_a_claim_that_is_not_whole_is_named_as_a_fault_of_the_data(form: OneWay) -> None:
    broken = Quad(
        NamedNode(expand("claim:a")), NamedNode(RDF + "type"), NamedNode(term("Claim")), NamedNode(expand("graph:g"))
    )
    with pytest.raises(DataError, match="kg check"):
        form.write([broken], io.BytesIO())


@forms
def test_a_graph_without_claims_is_written_too(form: OneWay) -> None:
    file = io.BytesIO()
    form.write([], file)
    assert b"claim:" not in file.getvalue()


def test_a_graph_that_is_too_large_for_memory_is_looked_up_on_disk_and_tells_the_same() -> None:
    quads = graph([claim("a", "person:adams", [fact("holdsOffice", "office:minister")])])
    with telling(quads) as held, telling(quads, in_memory=3) as spilt:
        assert (list(held.claims()), held.things, held.sources) == (list(spilt.claims()), spilt.things, spilt.sources)
