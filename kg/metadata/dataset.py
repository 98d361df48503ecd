"""The data set as VoID and DCAT 3 describe it: what it is, how much of what it holds, where its files are.

It counts nothing itself (``figures`` does) and reads no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.metadata.writing import DCAT, FOAF, SPDX, VOID, part, plain, said_of
from kg.vocab import BASE, DCTERMS, GEO, K_NS, OWL, RDF, RDFS, S_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from kg.metadata.figures import Figures

LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
PUBLISHER = NamedNode(BASE + "publisher")
DATASET = NamedNode(BASE + "dataset")
"""The data set in all its versions."""
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_REGISTERED = {
    "text/turtle", "text/csv", "application/trig", "application/n-quads", "application/n-triples",
    "application/ld+json", "application/rdf+xml", "application/json", "application/geo+json", "application/zip",
    "application/vnd.apache.parquet",
}  # fmt: skip
"""Media types of dumps that IANA knows; DCAT allows no others in dcat:mediaType."""
_COMPRESSED = {".gz": "application/gzip", ".zst": "application/zstd", ".zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class About:
    """What is said of the data set that no graph can tell."""

    title: str
    description: str
    publisher: str
    keywords: tuple[str, ...]
    version: str = ""
    issued: str = ""
    """The day of the release (ISO 8601); empty if it is none."""

    @property
    def node(self) -> NamedNode:
        """Return the name of the data set in this version."""
        return NamedNode(f"{DATASET.value}/{self.version}") if self.version else DATASET


ABOUT = About(
    title="conflict-kg: claims about the Armenia-Azerbaijan conflict, 1988 to 2025",
    description=(
        "A temporal knowledge graph of what sources said about the conflict: each claim with its speaker, its stance, "
        "when it was said, and the time for which what it says is to hold. It takes no side, and asserts none of them."
    ),
    publisher="The conflict-kg developers",
    keywords=("Armenia", "Azerbaijan", "conflict", "claims", "knowledge graph", "provenance", "time"),
)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the whole graph: where it is, what it is, how large, and its checksum."""

    url: str
    title: str
    media_type: str
    size: int
    """In bytes, as it is sent."""
    sha256: str


def dataset_triples(
    about: About, figures: Figures, dumps: Sequence[Dump] = (), *, endpoint: str = ""
) -> Iterator[Triple]:
    """Return the description of the data set, with its dumps and the address of an endpoint if there are such."""
    return chain(
        _identity(about, figures),
        _size(about.node, figures),
        _partitions(about.node, figures),
        _access(about.node, dumps, endpoint),
    )


def _identity(about: About, figures: Figures) -> Iterator[Triple]:
    node = about.node
    yield from said_of(node, {
        RDF + "type": [NamedNode(VOID + "Dataset"), NamedNode(DCAT + "Dataset")],
        DCTERMS + "title": about.title,
        DCTERMS + "description": about.description,
        DCTERMS + "license": LICENCE,
        DCTERMS + "publisher": PUBLISHER,
        DCTERMS + "conformsTo": [NamedNode(K_NS.removesuffix("#")), NamedNode(BASE + "shapes")],
        DCAT + "keyword": about.keywords,
    })  # fmt: skip
    yield from said_of(PUBLISHER, {RDF + "type": NamedNode(FOAF + "Agent"), FOAF + "name": plain(about.publisher)})
    if about.version:
        yield from said_of(node, {DCAT + "version": plain(about.version), DCAT + "isVersionOf": DATASET})
    if about.issued:
        yield from said_of(node, {DCTERMS + "issued": plain(about.issued, "date")})
    if figures.first and figures.last:
        period = NamedNode(f"{node.value}#temporal")
        yield from said_of(node, {DCTERMS + "temporal": period})
        yield from said_of(period, {
            RDF + "type": NamedNode(DCTERMS + "PeriodOfTime"),
            DCAT + "startDate": plain(figures.first, "dateTime"),
            DCAT + "endDate": plain(figures.last, "dateTime"),
        })  # fmt: skip
    if figures.box:
        yield from _place(node, figures.box)


def _place(node: NamedNode, box: tuple[str, str, str, str]) -> Iterator[Triple]:
    west, south, east, north = box
    corners = ", ".join(
        f"{x} {y}" for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south))
    )
    place = NamedNode(f"{node.value}#spatial")
    yield from said_of(node, {DCTERMS + "spatial": place})
    yield from said_of(place, {
        RDF + "type": NamedNode(DCTERMS + "Location"),
        DCAT + "bbox": Literal(f"POLYGON(({corners}))", datatype=NamedNode(GEO + "wktLiteral")),
    })  # fmt: skip


def _size(node: NamedNode, figures: Figures) -> Iterator[Triple]:
    yield from said_of(node, {
        VOID + "triples": figures.triples,
        VOID + "distinctSubjects": figures.subjects,
        VOID + "distinctObjects": figures.objects,
        VOID + "classes": len(figures.classes),
        VOID + "properties": len(figures.properties),
        VOID + "uriSpace": plain(BASE),
        VOID + "vocabulary": [NamedNode(iri) for iri in _vocabularies(figures)],
    })  # fmt: skip


def _vocabularies(figures: Figures) -> list[str]:
    names = {*figures.classes, *figures.properties}
    spaces = (K_NS, S_NS, DCTERMS, GEO, OWL, RDF, RDFS, "http://www.w3.org/2004/02/skos/core#")
    return [space for space in spaces if any(name.startswith(space) for name in names)]


def _partitions(node: NamedNode, figures: Figures) -> Iterator[Triple]:
    for name, count in figures.classes.items():
        of = part(node, "class", name)
        yield from said_of(node, {VOID + "classPartition": of})
        yield from said_of(of, {VOID + "class": NamedNode(name), VOID + "entities": count})
    for name, count in figures.properties.items():
        of = part(node, "property", name)
        yield from said_of(node, {VOID + "propertyPartition": of})
        yield from said_of(of, {VOID + "property": NamedNode(name), VOID + "triples": count})


def _access(node: NamedNode, dumps: Iterable[Dump], endpoint: str) -> Iterator[Triple]:
    if endpoint:
        yield from said_of(node, {VOID + "sparqlEndpoint": NamedNode(endpoint)})
    for dump in dumps:
        file = NamedNode(dump.url)
        yield from said_of(node, {VOID + "dataDump": file, DCAT + "distribution": (of := _distribution(file))})
        yield from _described(dump, of, file)


def _distribution(file: NamedNode) -> NamedNode:
    return NamedNode(f"{file.value}#distribution")


def _described(dump: Dump, of: NamedNode, file: NamedNode) -> Iterator[Triple]:
    checksum = NamedNode(f"{file.value}#checksum")
    yield from said_of(of, {
        RDF + "type": NamedNode(DCAT + "Distribution"),
        DCTERMS + "title": dump.title,
        DCTERMS + "license": LICENCE,
        DCAT + "accessURL": file,
        DCAT + "downloadURL": file,
        DCAT + "byteSize": plain(str(dump.size), "nonNegativeInteger"),
        SPDX + "checksum": checksum,
        **_types(dump),
    })  # fmt: skip
    yield from said_of(checksum, {
        RDF + "type": NamedNode(SPDX + "Checksum"),
        SPDX + "algorithm": NamedNode(SPDX + "checksumAlgorithm_sha256"),
        SPDX + "checksumValue": plain(dump.sha256, "hexBinary"),
    })  # fmt: skip


def _types(dump: Dump) -> dict[str, NamedNode]:
    found = {}
    if dump.media_type in _REGISTERED:
        found[DCAT + "mediaType"] = NamedNode(_MEDIA_TYPES + dump.media_type)
    for ending, media_type in _COMPRESSED.items():
        if dump.url.endswith(ending):
            found[DCAT + "compressFormat"] = NamedNode(_MEDIA_TYPES + media_type)
    return found
