"""Ask every question of the catalogue of the curated graph, and of it with made-up claims beside it.

    python bench/questions.py                   # 300,000 made-up claims
    python bench/questions.py --claims 10000    # a quick look

The made-up claims (``reasoning_data.py``) are about things of their own, at times
that lie among the curated ones; nothing is derived from them. Both graphs stand in
on-disk stores. A row is the made-up part's if it names a thing of it; the others
must be the same rows in both, except in questions that count. It prints a Markdown table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyoxigraph
import reasoning_data
from pyoxigraph import RdfFormat, Store

from kg.ask import questions
from kg.resources import data_dir
from kg.store import BUILT, write_store

Found = dict[str, Any]
BASELINE = """PREFIX k: <https://w3id.org/conflict-kg/ontology#>
SELECT ?stance (COUNT(*) AS ?claims) WHERE { GRAPH ?graph { ?claim k:stance ?stance } } GROUP BY ?stance"""
"""What every run asks beside: one pass over the claims of a graph."""
RUNS, SLOW_S, UNUSABLE_S = 3, 15.0, 30.0


def build(folder: Path, claims: int) -> int:
    """Build a store of the shipped graphs, and of so many made-up claims beside; return its quads."""
    write_store(folder, [path.read_bytes() for path in sorted(data_dir("graphs").glob(f"*/{BUILT}"))])
    store = Store(str(data_of(folder)))
    if claims:
        nquads = folder / "made.nq"
        reasoning_data.write(claims, nquads)
        store.bulk_load(path=str(nquads), format=RdfFormat.N_QUADS)
        nquads.unlink()
    store.flush()
    return len(store)


def data_of(folder: Path) -> Path:
    """Return the folder of the data of a store as ``kg.store`` lays it out."""
    return folder / (folder / "current").read_text(encoding="utf-8")


def texts() -> dict[str, str]:
    """Return what is asked by name: the baseline, and the questions with their defaults."""
    return {"(baseline)": BASELINE} | {name: question.text for name, question in questions().items()}


def ask_all(folder: Path, cap: int, skip: int) -> None:
    """Ask all but the first questions in this process, and print what was found as a line of JSON each.

    The engine cannot be interrupted from Python, so the process dies of SIGALRM
    if one run takes longer than ``cap`` seconds.
    """
    store = Store.read_only(str(data_of(folder)))
    for name, text in list(texts().items())[skip:]:
        times: list[float] = []
        rows: list[str] = []
        while len(times) < RUNS and (not times or times[-1] < SLOW_S):
            signal.alarm(cap)
            begin = time.perf_counter()
            answer = store.query(text, use_default_graph_as_union=True)
            rows = [" ".join(map(str, row)) for row in answer]  # type: ignore[union-attr]  # all are SELECT
            times.append(time.perf_counter() - begin)
            signal.alarm(0)
        old = [row for row in rows if "/made-" not in row]
        digest = hashlib.sha256("\n".join(old).encode()).hexdigest()
        found = {"name": name, "seconds": statistics.median(times), "rows": len(rows), "old": len(old)}
        print(json.dumps(found | {"digest": digest}), flush=True)


def ask(folder: Path, cap: int) -> dict[str, Found | None]:
    """Return what was found by question, None where it took longer than the cap; such a question ends its process."""
    found: dict[str, Found | None] = {}
    names = list(texts())
    while len(found) < len(names):
        words = ["--cap", str(cap), "--step", "ask", str(folder), str(len(found))]
        done = subprocess.run([sys.executable, __file__, *words], stdout=subprocess.PIPE, text=True, check=False)
        found |= {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}
        if done.returncode == -signal.SIGALRM:
            found[names[len(found)]] = None
        elif done.returncode:
            raise SystemExit(f"bench: asking failed with {done.returncode}")
    return found


def table(small: dict[str, Found | None], large: dict[str, Found | None]) -> str:
    """Return the Markdown: a row a question, in milliseconds, with what became of its rows."""
    lines = ["| question | parameters | curated, ms | enlarged, ms | ratio | rows | rows, enlarged | curated rows |"]
    lines.append("|---|---|---:|---:|---:|---:|---:|---|")
    known = questions()
    for name, one in small.items():
        other, params = large[name], ", ".join(known[name].params) if name in known else ""
        if one is None or other is None:
            cells = [_ms(one), _ms(other), "-", _rows(one), _rows(other), "not known"]
        else:
            ratio = f"{other['seconds'] / one['seconds']:.1f}"
            cells = [_ms(one), _ms(other), ratio, _rows(one), _rows(other), same(one, other)]
        lines.append("| " + " | ".join([name, params, *cells]) + " |")
    return "\n".join(lines)


def same(one: Found, other: Found) -> str:
    """Return whether the rows that name nothing made-up are the rows of the small graph, in that order."""
    if one["digest"] == other["digest"]:
        return "same" if other["rows"] == other["old"] else "same, beside made-up ones"
    return "differ"


def _ms(found: Found | None) -> str:
    return "over the cap" if found is None else f"{found['seconds'] * 1000:,.1f}"


def _rows(found: Found | None) -> str:
    return "" if found is None else f"{found['rows']:,}"


def note(text: str) -> None:
    """Say on stderr how far the run is."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Run the measurement; return 1 if a question with parameters gives other curated rows, or one is unusable."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=300_000, help="how many made-up claims")
    parser.add_argument("--cap", type=int, default=120, help="seconds that one run of a question may take")
    parser.add_argument("--stores", type=Path, help="folder for the two stores, kept (else a temporary one)")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        ask_all(Path(options.step[1]), options.cap, int(options.step[2]))
        return 0
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as scratch:
        found, sizes = {}, {}
        for name, claims in (("small", 0), ("large", options.claims)):
            folder = (options.stores or Path(scratch)) / name
            sizes[name] = len(Store.read_only(str(data_of(folder)))) if folder.exists() else build(folder, claims)
            note(f"{name}: {sizes[name]:,} quads")
            found[name] = ask(folder, options.cap)
    print(f"{sizes['small']:,} quads, and {sizes['large']:,} with {options.claims:,} made-up claims;", end=" ")
    print(f"pyoxigraph {pyoxigraph.__version__}, on disk; medians of up to {RUNS} runs.\n")
    print(table(found["small"], found["large"]))
    slow = [name for name, one in found["large"].items() if one is None or one["seconds"] > UNUSABLE_S]
    odd = [
        name
        for name, question in questions().items()
        if question.params and (a := found["small"][name]) and (b := found["large"][name]) and same(a, b) == "differ"
    ]
    note(f"too slow: {', '.join(slow) or 'none'}; other rows: {', '.join(odd) or 'none'}")
    return 1 if slow or odd else 0


if __name__ == "__main__":
    raise SystemExit(main())
