"""Compare three shapes of one graph in one run: size, load, memory, slice, questions.

    python bench/shapes.py --claims 100000

(a) statements that group triples and share interval nodes: the shape of this project;
(b) a node per triple with rdf:subject, rdf:predicate, rdf:object and bounds of its own;
(c) RDF 1.2 reifiers. Each step runs in a process of its own. Every question must give
the same rows in every shape, else the run fails. It prints a Markdown table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyoxigraph
import shapes_data
import shapes_queries

RUNS = 5
ENOUGH_S = 30.0
"""After that many seconds of one question no further run is started."""


def load(nquads: Path, folder: Path) -> dict[str, Any]:
    """Load a file into a new on-disk store; return quads, bytes on disk, seconds, peak memory."""
    begin = time.perf_counter()
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(nquads), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    return {"quads": len(store), "disk": size, "seconds": seconds, "peak": peak}


def ask(folder: Path, question: str, shape: str, cap: int) -> dict[str, Any]:
    """Ask once to warm up and up to five times more; return median seconds, rows and their hash.

    The engine cannot be interrupted from Python, so the process dies of SIGALRM
    if one run takes longer than ``cap`` seconds.
    """
    store = pyoxigraph.Store.read_only(str(folder))
    text = shapes_queries.query_for(question, shape)
    times: list[float] = []
    rows: list[str] = []
    while len(times) <= RUNS and (sum(times) < ENOUGH_S or not times):
        signal.alarm(cap)
        begin = time.perf_counter()
        found = list(store.query(text, use_default_graph_as_union=True))  # type: ignore[arg-type]  # SELECT only
        times.append(time.perf_counter() - begin)
        signal.alarm(0)
        rows = [" ".join(map(str, row)) for row in found]
    warm = times[1:] or times
    digest = hashlib.sha256("\n".join(rows if "said" in question else sorted(rows)).encode()).hexdigest()
    return {"seconds": statistics.median(warm), "runs": len(warm), "rows": len(rows), "digest": digest}


def step(*words: str) -> dict[str, Any] | None:
    """Run one step of this script in a new process; return what it found, None if it was too slow."""
    done = subprocess.run([sys.executable, __file__, *words], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode == -signal.SIGALRM:
        return None
    if done.returncode:
        raise SystemExit(f"bench: step {' '.join(words)!r} failed with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(options: argparse.Namespace, scratch: Path) -> dict[str, dict[str, dict[str, Any] | None]]:
    """Return what was found for each shape: its load, and each question (None: over the cap)."""
    found: dict[str, dict[str, dict[str, Any] | None]] = {}
    for shape in shapes_data.SHAPES:
        nquads, folder = scratch / f"{shape}.nq", scratch / shape
        note(f"({shape}) writing and loading {options.claims:,} claims")
        step("--step", "write", shape, str(options.claims), str(options.sources), str(nquads))
        found[shape] = {"load": step("--step", "load", str(nquads), str(folder))}
        nquads.unlink()
        for question in shapes_queries.QUESTIONS:
            answer = step("--step", "ask", str(folder), question, shape, str(options.cap))
            note(f"({shape}) {question}: {'over the cap' if answer is None else round(answer['seconds'], 4)}")
            found[shape][question] = answer
    return found


def note(text: str) -> None:
    """Say on stderr how far the run is."""
    print(text, file=sys.stderr, flush=True)


def differing(found: dict[str, dict[str, dict[str, Any] | None]]) -> list[str]:
    """Return the questions that were not answered alike by all the shapes that answered."""
    odd = []
    for question in shapes_queries.QUESTIONS:
        answers = [a for shape in found.values() if (a := shape[question]) is not None]
        if len({(a["rows"], a["digest"]) for a in answers}) > 1 or not all(a["rows"] for a in answers):
            odd.append(f"{question}: rows {[a['rows'] for a in answers]}")
    return odd


def table(found: dict[str, dict[str, dict[str, Any] | None]], cap: int) -> str:
    """Return the Markdown table: a row per measure, the value and its ratio to (a)."""
    lines = ["| measure | rows | (a) statement groups | (b) node per triple | (c) RDF 1.2 reifiers | b / a | c / a |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    sized = [
        ("quads", "quads", 1, ",.0f"),
        ("on disk, MB", "disk", 1e6, ",.1f"),
        ("load, s", "seconds", 1, ".2f"),
        ("peak memory of the load, MB", "peak", 1e6, ",.0f"),
    ]
    for name, key, unit, form in sized:
        values = [(shape["load"] or {})[key] / unit for shape in found.values()]
        lines.append(_line(name, "", values, form, ""))
    for question in shapes_queries.QUESTIONS:
        answers = [shape[question] for shape in found.values()]
        values = [a["seconds"] * 1000 if a else None for a in answers]
        rows = next((f"{a['rows']:,}" for a in answers if a), "")
        lines.append(_line(f"{question}, ms", rows, values, ",.1f", f">{cap * 1000:,}"))
    return "\n".join(lines)


def _line(name: str, rows: str, values: list[float | None], form: str, over: str) -> str:
    first = values[0]
    cells = [over if value is None else format(value, form) for value in values]
    ratios = ["-" if value is None or first is None else f"{value / first:.1f}" for value in values[1:]]
    return "| " + " | ".join([name, rows, *cells, *ratios]) + " |"


def run_step(words: list[str]) -> None:
    """Do one step and print its result as JSON."""
    match words:
        case ["write", shape, claims, sources, nquads]:
            print(json.dumps({"quads": shapes_data.write(shape, int(claims), int(sources), Path(nquads))}))
        case ["load", nquads, folder]:
            print(json.dumps(load(Path(nquads), Path(folder))))
        case ["ask", folder, question, shape, cap]:
            print(json.dumps(ask(Path(folder), question, shape, int(cap))))
        case _:
            raise SystemExit(f"bench: no such step: {words}")


def main() -> int:
    """Run the comparison; return 1 if the shapes do not answer alike."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims, six facts each")
    parser.add_argument("--sources", type=int, default=10, help="how many sources, a named graph each")
    parser.add_argument("--cap", type=int, default=60, help="seconds that one run of a question may take")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        run_step(options.step)
        return 0
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as scratch:
        found = measure(options, Path(scratch))
    print(f"{options.claims:,} claims with six facts each in {options.sources} sources; pyoxigraph", end=" ")
    print(f"{pyoxigraph.__version__}, on disk; times are medians of up to {RUNS} warm runs in one process.\n")
    print(table(found, options.cap))
    odd = differing(found)
    note("\n".join(["bench: the shapes do not answer alike", *odd]) if odd else "every answered question: same rows")
    return 1 if odd else 0


if __name__ == "__main__":
    raise SystemExit(main())
