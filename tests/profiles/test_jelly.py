"""Jelly: streams as others frame them are read; what is none is named; without pyjelly the extra is."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from pyjelly.integrations.generic.generic_sink import IRI, GenericStatementSink
from pyjelly.integrations.generic.generic_sink import Literal as Text
from pyjelly.integrations.generic.generic_sink import Triple as Line
from pyjelly.integrations.generic.serialize import GenericSinkTermEncoder, grouped_stream_to_file
from pyjelly.options import StreamParameters
from pyjelly.serialize.ioutils import write_delimited
from pyjelly.serialize.streams import GraphStream, SerializerOptions
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import DataError, UsageError
from kg.profiles import profile

if TYPE_CHECKING:
    from pathlib import Path

FORM = profile("jelly")
SUBJECT, PREDICATE, GRAPH = IRI("http://example.org/s"), IRI("http://example.org/p"), IRI("http://example.org/g")


def quad(text: str, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(text), graph)


def test_a_stream_of_triples_is_read() -> None:
    sink = GenericStatementSink()
    sink.bind("ex", IRI("http://example.org/"))
    sink.add(Line(SUBJECT, PREDICATE, Text("a")))
    file = io.BytesIO()
    grouped_stream_to_file((one for one in [sink]), file)
    assert list(FORM.read(io.BytesIO(file.getvalue()))) == [quad("a", DefaultGraph())]


def test_a_stream_of_graphs_is_read() -> None:
    options = SerializerOptions(params=StreamParameters(namespace_declarations=False))
    stream = GraphStream(encoder=GenericSinkTermEncoder(lookup_preset=options.lookup_preset), options=options)
    stream.enroll()
    file = io.BytesIO()
    for frame in [*stream.graph(GRAPH, [(SUBJECT, PREDICATE, Text("a"))]), stream.flow.to_stream_frame()]:
        write_delimited(frame, file)
    assert list(FORM.read(io.BytesIO(file.getvalue()))) == [quad("a", NamedNode("http://example.org/g"))]


def test_no_quads_at_all_come_back_as_none() -> None:
    file = io.BytesIO()
    FORM.write([], file)
    assert list(FORM.read(io.BytesIO(file.getvalue()))) == []


@pytest.mark.parametrize("content", [b"", b"@prefix a: <b> .\n", b"\x00" * 9, b'{"@context": {}}'])
def test_a_file_that_is_no_jelly_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.jelly"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"no\.jelly"):
        list(FORM.load(path))


def test_without_pyjelly_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kg.profiles.frames", raising=False)
    monkeypatch.delattr("kg.profiles.frames", raising=False)
    monkeypatch.setitem(sys.modules, "pyjelly", None)
    with pytest.raises(UsageError, match=r"conflict-kg\[jelly\]"):
        FORM.write([], io.BytesIO())
