"""The embedded store: Oxigraph in memory or on disk, and the canonical TriG.

On disk a store is a folder with a small file ``current`` that names the folder
of the data; a build writes new data beside the old and then swaps that one
file, so that a killed process leaves a store that opens. It knows no slice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg.errors import UnknownNameError
from kg.iri import mint
from kg.resources import DERIVED, data_dir
from kg.terms import ontology_files
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CURRENT = "current"
DERIVED_GRAPH = mint("graph", DERIVED)
"""The name of the graph that holds all that is derived, and no claim."""
BUILT = "graph.trig"
"""The built graph of a case, beside its sources (``graphs/<case>/graph.trig``)."""
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def canonical(quads: Iterable[Quad]) -> bytes:
    """Return quads as TriG: each once, sorted, the same bytes for the same quads."""
    ordered = sorted(set(quads), key=_order)
    texts = _texts(ordered)
    used = {name: iri for name, iri in PREFIXES.items() if any(iri in text for text in texts)}
    data = serialize(ordered, format=RdfFormat.TRIG, prefixes=used)
    return data if data is not None else b""


def _texts(quads: Sequence[Quad]) -> set[str]:
    terms = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)}
    return {_namespace(term.value) for term in terms if isinstance(term, NamedNode)} | {
        _namespace(term.datatype.value) for term in terms if hasattr(term, "datatype")
    }


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    predicate = str(quad.predicate)
    return str(quad.graph_name), str(quad.subject), predicate != RDF_TYPE, predicate, str(quad.object)


def in_memory(files: Iterable[Path]) -> Store:
    """Return a store in memory with the ontology and the given TriG files."""
    store = Store()
    _load_ontology(store)
    for path in files:
        store.bulk_load(path=str(path), format=RdfFormat.TRIG)
    return store


def shipped() -> Store:
    """Return the graph that comes with the package, in memory."""
    return in_memory(shipped_files())


def shipped_files() -> list[Path]:
    """Return the built graphs that come with the package, sorted."""
    return sorted(data_dir("graphs").glob(f"*/{BUILT}"))


def open_store(folder: Path | None = None) -> Store:
    """Return the store in a folder, read-only; without a folder, the shipped graph.

    Raises UnknownNameError if there is no store in the folder.
    """
    if folder is None:
        return shipped()
    return Store.read_only(str(store_data(folder)))


def store_data(folder: Path) -> Path:
    """Return the folder of the data that a store points at now. Raises UnknownNameError if there is no store."""
    current = _current(folder)
    if current is None:
        raise UnknownNameError(f"there is no store in {str(folder)!r}", mend=f"build one: kg build --store {folder}")
    return current


def write_store(folder: Path, graphs: Sequence[bytes]) -> bool:
    """Write a store of the given TriG documents; return False if it is there already.

    The new data is complete on disk before the store points at it.
    """
    key = hashlib.sha256(b"\0".join([*graphs, *(path.read_bytes() for path in ontology_files())])).hexdigest()[:20]
    target = folder / key
    if _current(folder) == target:
        return False
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    store = Store(str(target))
    _load_ontology(store)
    for graph in graphs:
        store.bulk_load(graph, format=RdfFormat.TRIG)
    store.flush()
    del store
    _point_at(folder, target)
    return True


def replace_graph(folder: Path, name: str, graph: bytes) -> bool:
    """Put a TriG document in the place of one named graph of a store; return False if it is there already.

    The data as it was stays whole until the new one is; raises UnknownNameError
    if there is no store in the folder.
    """
    current = store_data(folder)
    held = Store.read_only(str(current)).quads_for_pattern(None, None, None, NamedNode(name))
    if canonical(held) == graph:
        return False
    target = folder / hashlib.sha256(current.name.encode() + b"\0" + graph).hexdigest()[:20]
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(current, target)
    store = Store(str(target))
    store.remove_graph(NamedNode(name))
    store.bulk_load(graph, format=RdfFormat.TRIG)
    store.flush()
    del store
    _point_at(folder, target)
    return True


def _point_at(folder: Path, target: Path) -> None:
    """Make the data in a folder the current one, and remove the others."""
    write_whole(folder / CURRENT, target.name.encode())
    for old in folder.iterdir():
        if old.is_dir() and old != target:
            shutil.rmtree(old, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of the old or all of the new one."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _current(folder: Path) -> Path | None:
    pointer = folder / CURRENT
    if not pointer.is_file():
        return None
    target = folder / pointer.read_text(encoding="utf-8").strip()
    return target if target.is_dir() else None


def _load_ontology(store: Store) -> None:
    graph = mint("graph", "ontology")
    for path in ontology_files():
        quads = parse(path=str(path), format=RdfFormat.TURTLE)
        store.bulk_extend(Quad(q.subject, q.predicate, q.object, NamedNode(graph)) for q in quads)
