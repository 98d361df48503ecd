"""Measure what ``kg reason`` derives from made-up claims: time, memory, and the same bytes in every run.

    python bench/reasoning.py                       # 1,000, 10,000 and 100,000 claims
    python bench/reasoning.py --claims 1000 10000   # a quick look

For each size it writes claims (``reasoning_data.py``), loads them into an on-disk
store, derives into a file of N-Quads, and asks the store for the same pairs of
values with one naive SPARQL join. Each step runs in a process of its own. It fails
if two runs, or another order of the quads, give other bytes, or if the join and
the rules differ in what they find without a reason. It prints Markdown tables.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import reasoning_data
import reasoning_pairs
from pyoxigraph import RdfFormat, Store, parse, serialize
from reasoning_pairs import ODD

from kg.reason import counted, derive
from kg.store import write_store

if TYPE_CHECKING:
    from collections.abc import Iterable

Found = dict[str, Any]
LINES = 200_000
"""So many N-Quads are loaded at a time."""


def made(claims: int, nquads: Path) -> Found:
    """Write so many claims as N-Quads."""
    begin = time.perf_counter()
    return {"quads": reasoning_data.write(claims, nquads), "seconds": time.perf_counter() - begin}


def load(nquads: Path, folder: Path, shuffled: str) -> Found:
    """Load N-Quads and the ontology into a new on-disk store; ``shuffled`` says that their order is to be another."""
    begin = time.perf_counter()
    write_store(folder, [])
    store = Store(str(data_of(folder)))
    with nquads.open("rb") as file:
        lines: Iterable[bytes] = file
        if shuffled == "yes":
            known = file.readlines()
            random.Random(1).shuffle(known)  # a fixed seed: another order, the same in every run
            lines = iter(known)
        while chunk := b"".join(islice(lines, LINES)):
            store.bulk_load(chunk, format=RdfFormat.N_QUADS)
    store.flush()
    return {"quads": len(store), "seconds": time.perf_counter() - begin}


def data_of(folder: Path) -> Path:
    """Return the folder of the data of a store as ``kg.store`` lays it out."""
    return folder / (folder / "current").read_text(encoding="utf-8")


def run(folder: Path, out: Path) -> Found:
    """Derive into a file, quad after quad; return seconds, peak memory before and after, counts and hash."""
    store = Store.read_only(str(data_of(folder)))
    before = _peak()
    begin, cpu, written = time.perf_counter(), time.process_time(), 0
    with out.open("wb") as file:
        quads = derive(store)
        while chunk := list(islice(quads, 10_000)):
            written += len(chunk)
            file.write(serialize(chunk, format=RdfFormat.N_QUADS) or b"")
    seconds, cpu, after = time.perf_counter() - begin, time.process_time() - cpu, _peak()
    return {"seconds": seconds, "cpu": cpu, "before": before, "after": after, "quads": written}


def told(out: Path) -> Found:
    """Return how much of each kind was derived, and the hash of the derived quads, each once, sorted."""
    lines = sorted(set(out.read_bytes().splitlines(keepends=True)))
    found = counted(parse(out.read_bytes(), format=RdfFormat.N_QUADS))
    return {"digest": hashlib.sha256(b"".join(lines)).hexdigest(), "counts": found, "distinct": len(lines)}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux


def step(*words: object, cap: int = 0) -> Found | None:
    """Run one step of this script in a new process; return what it found, None if it took longer than the cap."""
    command = [sys.executable, __file__, "--cap", str(cap), "--step", *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode == -signal.SIGALRM:
        return None
    if done.returncode:
        raise SystemExit(f"bench: step {' '.join(map(str, words))!r} failed with {done.returncode}")
    found: Found = json.loads(done.stdout)
    return found


def run_step(words: list[str]) -> Found:
    """Do one step, with its arguments as text."""
    match words:
        case ["made", claims, nquads]:
            found = made(int(claims), Path(nquads))
        case ["load", nquads, folder, shuffled]:
            found = load(Path(nquads), Path(folder), shuffled)
        case ["run", folder, out]:
            found = run(Path(folder), Path(out))
        case ["told", out]:
            found = told(Path(out))
        case ["rule", folder]:
            found = reasoning_pairs.by_rule(data_of(Path(folder)))
        case ["join", folder, pairs]:
            found = reasoning_pairs.by_join(data_of(Path(folder)), Path(pairs))
        case ["compare", folder, pairs, out]:
            found = dict(reasoning_pairs.compared(data_of(Path(folder)), Path(pairs), Path(out)))
        case _:
            raise SystemExit(f"bench: no such step: {words}")
    return found


def measure(claims: int, options: argparse.Namespace, scratch: Path) -> dict[str, Found | None]:
    """Return what was found for one size."""
    nquads, folder, out, pairs = (scratch / f"{claims}{end}" for end in (".nq", "", ".derived.nq", ".pairs"))
    found: dict[str, Found | None] = {"made": step("made", claims, nquads), "load": step("load", nquads, folder, "no")}
    note(f"{claims:,} claims: {(found['load'] or {})['quads']:,} quads loaded")
    found["run"] = step("run", folder, out)
    found["told"] = step("told", out)
    note(f"{claims:,} claims: derived in {(found['run'] or {})['seconds']:.1f} s")
    found["rule"], found["join"] = step("rule", folder), step("join", folder, pairs, cap=options.cap)
    note(f"{claims:,} claims: joined in {found['join'] and found['join']['seconds']}")
    if found["join"]:
        found["compare"] = step("compare", folder, pairs, out)
    if claims <= options.again:
        found["again"] = _again(scratch, nquads, folder, out)
    return found


def _again(scratch: Path, nquads: Path, folder: Path, out: Path) -> Found:
    """Derive once more, and from a store that was loaded in another order; return the hashes."""
    other, digests = scratch / f"{folder.name}-shuffled", {}
    step("load", nquads, other, "yes")
    for name, store in (("second run", folder), ("other order", other)):
        step("run", store, out)
        digests[name] = (step("told", out) or {})["digest"]
    return digests


def note(text: str) -> None:
    """Say on stderr how far the run is."""
    print(text, file=sys.stderr, flush=True)


def total(found: Found, name: str) -> int:
    """Return how many contradictions, or lookalikes, of any kind there are."""
    return sum(count for kind, count in found["told"]["counts"].items() if kind.startswith(name))


def ratio(found: Found, name: str) -> str:
    """Return how many times as long the join took as something else did."""
    return f"{found['join']['seconds'] / found[name]['seconds']:.1f}" if found["join"] else "-"


def same(found: Found) -> str:
    """Return whether all runs gave the same bytes."""
    digests = {found["told"]["digest"], *found.get("again", {}).values()}
    return "not run" if "again" not in found else "same bytes" if len(digests) == 1 else "OTHER BYTES"


def joined(found: Found) -> str:
    """Return how long the join took."""
    return f"{found['join']['seconds']:.1f}" if found["join"] else "over the cap"


ROWS = (
    ("quads", lambda found: f"{found['load']['quads']:,}"),
    ("derive, s", lambda found: f"{found['run']['seconds']:.1f}"),
    ("derive, s of processor", lambda found: f"{found['run']['cpu']:.1f}"),
    ("claims a second", lambda found: f"{found['claims'] / found['run']['seconds']:,.0f}"),
    ("peak memory before, MB", lambda found: f"{found['run']['before'] / 1e6:,.0f}"),
    ("peak memory after, MB", lambda found: f"{found['run']['after'] / 1e6:,.0f}"),
    ("derived quads, distinct", lambda found: f"{found['told']['distinct']:,}"),
    ("contradictions", lambda found: f"{total(found, 'Contradiction'):,}"),
    ("lookalikes", lambda found: f"{total(found, 'Lookalike'):,}"),
    ("value rule alone, s", lambda found: f"{found['rule']['seconds']:.1f}"),
    ("naive join for that rule, s", joined),
    ("join / value rule", lambda found: ratio(found, "rule")),
    ("join / all rules", lambda found: ratio(found, "run")),
    ("second run, other order", same),
)


def tables(sizes: dict[int, Found]) -> str:
    """Return the Markdown: what was measured by size, what was derived by kind, and how the join compares."""
    heads = " | ".join(f"{claims:,} claims" for claims in sizes)
    lines = [f"| measure | {heads} |", "|---|" + "---:|" * len(sizes)]
    lines += [f"| {name} | {' | '.join(cell(found) for found in sizes.values())} |" for name, cell in ROWS]
    kinds = sorted({kind for found in sizes.values() for kind in found["told"]["counts"]})
    lines += ["", f"| derived | {heads} |", "|---|" + "---:|" * len(sizes)]
    for kind in kinds:
        counts = [format(found["told"]["counts"].get(kind, 0), ",") for found in sizes.values()]
        lines.append(f"| {kind} | {' | '.join(counts)} |")
    compared = {claims: found["compare"] for claims, found in sizes.items() if found.get("compare")}
    lines += ["", f"| pairs of statements | {' | '.join(f'{claims:,} claims' for claims in compared)} |"]
    lines.append("|---|" + "---:|" * len(compared))
    for name in next(iter(compared.values()), {}):
        lines.append(f"| {name} | {' | '.join(format(found[name], ',') for found in compared.values())} |")
    return "\n".join(lines)


def main() -> int:
    """Run the measurement; return 1 if runs differ, or the join and the rules do without a reason."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes")
    parser.add_argument("--again", type=int, default=10_000, help="up to this size, derive again and in another order")
    parser.add_argument("--cap", type=int, default=600, help="seconds that the join may take")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        signal.alarm(options.cap)
        print(json.dumps(run_step(options.step)))
        return 0
    sizes: dict[int, Found] = {}
    for claims in options.claims:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as scratch:
            sizes[claims] = {"claims": claims, **measure(claims, options, Path(scratch))}
    print(f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}, networkx {version('networkx')}.\n")
    print(tables(sizes))
    odd = [f"{n}: other bytes" for n, found in sizes.items() if same(found) == "OTHER BYTES"]
    odd += [f"{n}: pairs without a reason" for n, f in sizes.items() if (f.get("compare") or {}).get(ODD)]
    note("\n".join(["bench: not as it should be", *odd]) if odd else "same bytes, and every difference has its reason")
    return 1 if odd else 0


if __name__ == "__main__":
    raise SystemExit(main())
