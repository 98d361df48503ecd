"""The frames of Jelly, through pyjelly: terms of pyoxigraph to rows, and back.

Writes flat quads, each frame with its length before it. Reads streams of
triples, of quads and of graphs, however they are framed, within RDF 1.1.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast

from google.protobuf.message import DecodeError
from pyjelly import jelly
from pyjelly.errors import JellyConformanceError
from pyjelly.options import LookupPreset, StreamParameters
from pyjelly.parse.decode import Adapter, Decoder
from pyjelly.parse.ioutils import get_options_and_frames
from pyjelly.serialize.encode import TermEncoder
from pyjelly.serialize.ioutils import write_delimited
from pyjelly.serialize.streams import QuadStream, SerializerOptions
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.profiles.syntax import as_file, parts, within_rdf11
from kg.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STRING = XSD + "string"
_ROWS = 1000
"""Rows of a frame, and so what is held at once."""
_FAULTS = (DecodeError, JellyConformanceError, NotImplementedError, LookupError, TypeError)
"""What pyjelly raises on bytes that are no Jelly of ours."""


class _Encoder(TermEncoder):  # type: ignore[misc] # pyjelly publishes no types
    """Writes pyoxigraph's terms into rows."""

    def encode_spo(self, term: object, slot: Any, statement: Any) -> Any:  # noqa: ANN401 # protobuf messages
        if isinstance(term, NamedNode):
            return self.encode_iri(term.value, self.get_iri_field(statement, slot))
        if isinstance(term, BlankNode):
            return self.set_bnode_field(statement, slot, term.value) or ()
        told = cast("Literal", term)
        return self.encode_literal(
            lex=told.value,
            language=told.language,
            datatype=None if told.language else told.datatype.value,
            literal=self.get_literal_field(statement, slot),
        )

    def encode_graph(self, term: object, statement: Any) -> Any:  # noqa: ANN401 # protobuf messages
        if isinstance(term, NamedNode):
            return self.encode_iri(term.value, statement.g_iri)
        if isinstance(term, BlankNode):
            statement.g_bnode = term.value
            return ()
        return self.encode_default_graph(statement.g_default_graph)


def write(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write quads as frames; of none, the frame that says what the stream is."""
    preset = LookupPreset()
    options = SerializerOptions(
        frame_size=_ROWS,
        logical_type=jelly.LOGICAL_STREAM_TYPE_FLAT_QUADS,
        params=StreamParameters(generalized_statements=False, rdf_star=False, namespace_declarations=False),
        lookup_preset=preset,
    )
    stream = QuadStream(encoder=_Encoder(lookup_preset=preset), options=options)
    stream.enroll()
    for quad in quads:
        if frame := stream.quad(within_rdf11(quad)):
            write_delimited(frame, out)
    if frame := stream.flow.to_stream_frame():
        write_delimited(frame, out)


class _Adapter(Adapter):  # type: ignore[misc] # pyjelly publishes no types
    """Makes pyoxigraph's terms and quads of rows."""

    graph: NamedNode | BlankNode | DefaultGraph = DefaultGraph()

    def iri(self, iri: str) -> NamedNode:
        return NamedNode(iri)

    def bnode(self, bnode: str) -> BlankNode:
        return BlankNode(bnode)

    def default_graph(self) -> DefaultGraph:
        return DefaultGraph()

    def literal(self, lex: str, language: str | None = None, datatype: str | None = None) -> Literal:
        return Literal(lex, language=language) if language else Literal(lex, datatype=NamedNode(datatype or _STRING))

    def triple(self, terms: Iterable[Any]) -> Quad:
        subject, predicate, value = terms
        return Quad(subject, predicate, value, self.graph)

    def quad(self, terms: Iterable[Any]) -> Quad:
        subject, predicate, value, graph = terms
        return Quad(subject, predicate, value, graph)

    def graph_start(self, graph_id: Any) -> None:  # noqa: ANN401 # as pyjelly has it
        self.graph = graph_id

    def graph_end(self) -> None:
        self.graph = DefaultGraph()

    def namespace_declaration(self, name: str, iri: str) -> None:
        """Leave it out: a prefix says nothing of the quads."""


def read(file: IO[bytes]) -> Iterator[Quad]:
    """Yield the quads of a stream. Raises SyntaxError where it is none, or holds more than RDF 1.1."""
    try:
        options, frames = get_options_and_frames(as_file(parts(file)))
        decoder = Decoder(adapter=_Adapter(options))
        for frame in frames:
            yield from (item for item in decoder.iter_rows(frame) if isinstance(item, Quad))
    except _FAULTS as error:
        raise SyntaxError(f"this is no Jelly of RDF 1.1: {error}") from error
