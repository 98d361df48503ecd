"""Products: at which addresses below a given one each answers, and what has to be minded.

Says where things are; speaks to nobody but for ``kind_at``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.loaders.names import mend_for
from kg.remote.literals import as_it_is, plain_decimals, single_floats

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Kind:
    """A product that can be filled: paths below the address that a user gives, and its limits."""

    name: str
    product: str
    address: str
    """What the address looks like."""
    query: str = ""
    update: str = ""
    graphs: str | None = None
    """Graph Store Protocol; None: it has none, and SPARQL does the same."""
    quads: str | None = None
    """Where N-Quads are posted; None: it takes a graph at a time."""
    quads_type: str = "application/n-quads"
    bulk: str = ""
    """What is added to an address when a graph is loaded that the store does not hold yet."""
    inline: int = 20_000
    """Triples that one update takes."""
    digest: bool = False
    """Whether passwords go as digests, not as basic authentication."""
    counts_all: bool = False
    """Whether it counts all graphs faster than some of them."""
    tested: bool = False
    """Whether the tests of this project run against it."""
    normal: Callable[[str], str] = as_it_is
    """Brings a line of N-Quads into the form in which it is sent, and compared when it comes back."""
    header: str = ""
    """How its answers begin their ``Server`` header, or ``""``."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "oxigraph", "Oxigraph server", "http://HOST:7878", query="/query", update="/update", graphs="/store",
            quads="/store", bulk="no_transaction", tested=True, header="Oxigraph",
        ),
        Kind(
            "fuseki", "Apache Jena Fuseki", "http://HOST:3030/DATASET", query="/query", update="/update",
            graphs="/data", quads="/data", tested=True, normal=plain_decimals, header="Apache Jena Fuseki",
        ),
        Kind(
            "rdf4j", "Eclipse RDF4J Server", "http://HOST:8080/rdf4j-server/repositories/NAME", update="/statements",
            graphs="/rdf-graphs/service", quads="/statements", tested=True,
        ),
        Kind(
            # An INSERT DATA of more than about 4,500 triples is refused: "memory exhausted".
            "virtuoso", "OpenLink Virtuoso", "http://HOST:8890", query="/sparql", update="/sparql-auth",
            graphs="/sparql-graph-crud-auth", inline=1_500, digest=True, counts_all=True, tested=True,
            normal=single_floats, header="Virtuoso",
        ),
        Kind(
            "graphdb", "Ontotext GraphDB", "http://HOST:7200/repositories/NAME", update="/statements",
            graphs="/rdf-graphs/service", quads="/statements",
        ),
        Kind(
            "stardog", "Stardog", "http://HOST:5820/DATABASE", query="/query", update="/update", graphs="",
        ),
        Kind(
            "neptune", "Amazon Neptune", "https://HOST:8182", query="/sparql", update="/sparql", graphs="/sparql/gsp/",
        ),
        Kind("qlever", "QLever", "http://HOST:7001", graphs=""),
        Kind("blazegraph", "Blazegraph", "http://HOST:9999/blazegraph/namespace/NAME/sparql"),
        Kind("anzograph", "AnzoGraph", "http://HOST:7070", query="/sparql", update="/sparql"),
        Kind("sparql", "any SPARQL 1.1 endpoint that takes updates", "http://HOST/sparql", inline=5_000),
    )
}  # fmt: skip
"""By name. Those that are not tested here follow their maker's documentation."""


@dataclass(frozen=True, slots=True)
class Target:
    """A store of a kind at an address."""

    kind: Kind
    url: str

    @property
    def query(self) -> str:
        """Return where queries go."""
        return self._at(self.kind.query)

    @property
    def update(self) -> str:
        """Return where updates go."""
        return self._at(self.kind.update)

    @property
    def graphs(self) -> str | None:
        """Return where single graphs are read and written, if the store has such a place."""
        return None if self.kind.graphs is None else self._at(self.kind.graphs)

    @property
    def quads(self) -> str | None:
        """Return where quads of several graphs are written, if the store has such a place."""
        return None if self.kind.quads is None else self._at(self.kind.quads)

    def _at(self, path: str) -> str:
        return self.url.rstrip("/") + path


def kind(name: str) -> Kind:
    """Return a product by its short name. Raises UnknownNameError."""
    if name not in KINDS:
        raise UnknownNameError(f"no store is called {name!r}", mend=mend_for(name, KINDS, f"one of {', '.join(KINDS)}"))
    return KINDS[name]


def kind_at(url: str, header: str) -> Kind | None:
    """Return the product that an address and the ``Server`` header of its answers tell of, if they do."""
    for one in KINDS.values():
        if one.header and header.startswith(one.header):
            return one
    return KINDS["rdf4j"] if "/repositories/" in url else None
