"""The ontology as one HTML page, by pyLODE: ``python -m kg.release.lode`` reads N-Triples and writes HTML.

A process of its own, because pyLODE's order follows Python's hash seed, and the
same ontology is to give the same bytes. The page loads nothing: pyLODE puts its
style and icons inside, and needs no script.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import UsageError
from kg.terms import ontology_files
from kg.vocab import K_NS, OWL, PREFIXES, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

_HERE: Final = str(Path(__file__).resolve().parents[2])
_TYPE: Final = NamedNode(RDF + "type")
_ENTRIES: Final = "Code lists and their entries"
_MEND: Final = "pip install 'conflict-kg[release]'"


@cache
def ontology_page() -> str:
    """Return the page, made once in a process. Raises UsageError if pyLODE is not there or cannot work."""
    triples = "".join(f"{triple} .\n" for triple in sorted(set(_shown()), key=str))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "kg.release.lode"],
        input=triples.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(_path()), "PYTHONIOENCODING": "utf-8"},
    )
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"])[-1]
        raise UsageError(f"pyLODE does not make the page of the ontology: {last}", mend=_MEND)
    return done.stdout.decode()


def _path() -> Iterator[str]:
    yield _HERE
    if before := os.environ.get("PYTHONPATH"):
        yield before


def _shown() -> Iterator[Triple]:
    """Yield the ontology as one: pyLODE takes every header, also that of a code list, for that of the page."""
    root = NamedNode(K_NS.removesuffix("#"))
    for path in ontology_files():
        triples = [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
        heads = {t.subject for t in triples if t.predicate == _TYPE and t.object == NamedNode(OWL + "Ontology")}
        lists = NamedNode(SKOS + "ConceptScheme")
        yield from (t for t in triples if t.subject not in heads - {root} and t.object != lists)


def _write_page() -> None:
    """Make the page from stdin with what pyLODE shows, and the entries of the code lists, which it leaves out."""
    from dominate.tags import a, h4, li, ul
    from pylode import OntPub, utils
    from pylode.rdf_elements import PROP_PROPS
    from rdflib import OWL as OWL_NS
    from rdflib import SKOS as SKOS_NS
    from rdflib import Graph

    class WithEntries(OntPub):  # type: ignore[misc] # it publishes no types
        def _make_main_sections(self) -> None:
            super()._make_main_sections()
            shown = [*PROP_PROPS, SKOS_NS.inScheme]
            with self.content:
                utils.section_html(
                    _ENTRIES, self.ont, self.back_onts, self.ns, OWL_NS.NamedIndividual, shown,
                    self.toc, "named_individuals", self.fids, self.props_labeled,
                ).render()  # fmt: skip

        def _make_toc(self) -> None:
            super()._make_toc()
            self.doc.getElementById("toc").get(ul)[0].add(li(h4(a(_ENTRIES, href="#named_individuals"))))

    # With the names of rdflib's own prefixes, pyLODE takes twice as long and lists them all.
    graph = Graph(bind_namespaces="none").parse(sys.stdin.buffer, format="nt")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    with tempfile.TemporaryDirectory() as folder:
        # pyLODE keeps a pickle beside the vocabularies that it knows, where it may not write and others may.
        vocabularies = [path.read_text(encoding="utf-8") for path in sorted(utils.RDF_FOLDER.glob("*.ttl"))]
        utils.RDF_FOLDER = Path(folder)
        (utils.RDF_FOLDER / "all.ttl").write_text("\n".join(vocabularies), encoding="utf-8")
        sys.stdout.write(WithEntries(graph).make_html() + "\n")


if __name__ == "__main__":
    _write_page()
