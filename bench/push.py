"""Push a large graph into three stores, side by side with the bulk loader that each store brings itself.

    python bench/push.py                          # 1,000,000 statements; memory also at 250,000
    python bench/push.py --statements 20000       # a quick look
    python bench/push.py --stores oxigraph fuseki

The statements are those of ``reasoning_data.py``, laid out once in many graphs
and once in eight. The push is what ``kg push`` does, in a process of its own:
read and sort, load, read every graph back and compare, record. The loaders work
on the server's own disk, and compare nothing. It prints a Markdown table. Needs
what tests/servers needs; a store that cannot be started is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import reasoning_data

from kg.profiles import profile_of
from kg.remote.access import Access
from kg.remote.connection import Connection, Patience
from kg.remote.pack import packed
from kg.remote.push import push
from kg.remote.target import Target, kind
from tests.servers.downloads import FUSEKI, AbsentError, jar
from tests.servers.stores import JVM, STORES, Server, virtuoso_sql

Found = dict[str, Any]
KINDS = ("oxigraph", "fuseki", "virtuoso")
QUADS_OF_A_CLAIM, OF_A_GRAPH, FEW = 45, 365, 8
LOADERS = {"oxigraph": "oxigraph load", "fuseki": "tdb2.tdbloader", "virtuoso": "ld_dir, rdf_loader_run"}


def made(count: int, folder: Path) -> dict[str, Path]:
    """Write so many statements twice: in graphs of some 365 statements, and in eight graphs."""
    source = folder / "made.nq"
    reasoning_data.write(count // QUADS_OF_A_CLAIM * 11 // 10 + 100, source)
    files = {"many": folder / "many.nq", "few": folder / "few.nq"}
    numbers = {"many": max(1, count // OF_A_GRAPH), "few": FEW}
    with source.open(encoding="utf-8") as lines:
        known = list(islice(lines, count))
    for name, path in files.items():
        with path.open("w", encoding="utf-8") as file:
            file.writelines(dict.fromkeys(_moved(line, numbers[name]) for line in known))
    source.unlink()
    return files


def _moved(line: str, graphs: int) -> str:
    triple, _, graph = line.removesuffix(" .\n").rpartition(" ")
    number = int.from_bytes(hashlib.sha256(graph.encode()).digest()[:6]) % graphs
    return f"{triple} <https://w3id.org/conflict-kg/graph/made-{number}> .\n"


def bulk(name: str, file: Path, folder: Path) -> Found:
    """Return the seconds that the bulk loader of a store takes, by the clock and of the processor."""
    if name == "virtuoso":
        return _bulk_virtuoso(file, folder)
    program = str(Path(sys.executable).parent / "oxigraph")
    command = [program, "load", "--location", str(folder / "bulk"), "--file", str(file)]
    if name == "fuseki":
        command = ["java", *JVM, "-cp", str(jar(FUSEKI)), "tdb2.tdbloader", "--loc", str(folder / "bulk"), str(file)]
    begin, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return {"bulk": time.perf_counter() - begin, "bulk_cpu": spent}


def _bulk_virtuoso(file: Path, folder: Path) -> Found:
    with STORES["virtuoso"](folder) as server:
        shutil.copy(file, folder / "bulk.nq")
        begin, cpu = time.perf_counter(), _cpu_of(server)
        virtuoso_sql(folder, f"ld_dir('{folder}', 'bulk.nq', 'urn:x-none')")
        virtuoso_sql(folder, "rdf_loader_run()")
        virtuoso_sql(folder, "checkpoint")  # the loader writes no log: until then nothing of it would outlast a crash
        return {"bulk": time.perf_counter() - begin, "bulk_cpu": _cpu_of(server) - cpu}


def _cpu_of(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pushed(name: str, url: str, file: Path) -> Found:
    """Push a file into an empty store; return seconds, by what was done, and the peak memory of this process."""
    access = Access("dba", "dba") if name == "virtuoso" else Access()
    connection = Connection(Target(kind(name), url), access, Patience(timeout=600))
    begin = time.perf_counter()
    spent: Found = dict.fromkeys(("reading", "loading", "verifying", "recording"), 0.0)
    last, doing = begin, "reading"

    def tell(what: str, done: int, total: int) -> None:
        nonlocal last, doing
        now = time.perf_counter()
        spent[doing] += now - last
        last, doing = now, "recording" if what == "verifying" and done == total else what

    with packed(profile_of(file).load(file), connection.target.kind.normal) as pack:
        tell("loading", 0, 1)
        report = push(connection, pack, "bench", tell=tell)
        tell("", 0, 0)
        if report.gained != pack.count:
            raise SystemExit(f"bench: {report.gained} of {pack.count} statements came")
        counts = {"graphs": len(pack.parts), "quads": pack.count}
    return {**counts, **spent, "seconds": time.perf_counter() - begin, "cpu": time.process_time(), "peak": _peak()}


def _peak() -> int:
    # What getrusage tells is passed on from the parent process.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def measured(name: str, file: Path, *, beside: bool = True) -> Found:
    """Return what the push into a store took, and its own loader ``beside`` it."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as scratch:
        found = bulk(name, file, _empty(Path(scratch) / "loader")) if beside else {}
        with STORES[name](_empty(Path(scratch) / "pushed")) as server:
            cpu = _cpu_of(server)
            found |= _in_a_process(server, file)
            found["server_cpu"] = _cpu_of(server) - cpu
    note(f"{name} {file.stem} {found['quads']:,}: push {found['seconds']:.1f} s, loader {found.get('bulk', 0):.1f} s")
    return found


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _in_a_process(server: Server, file: Path) -> Found:
    command = [sys.executable, __file__, "--step", server.kind, server.url, str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads(done.stdout)
    return found


def row(name: str, layout: str, found: Found, small: Found) -> str:
    """Return a row of the table."""
    parts = ("bulk", "seconds", "reading", "loading", "verifying", "recording", "bulk_cpu", "cpu", "server_cpu")
    ratios = [found["seconds"] / found["bulk"], (found["cpu"] + found["server_cpu"]) / found["bulk_cpu"]]
    cells = [name, layout, f"{found['quads']:,}", f"{found['graphs']:,}", *(f"{found[part]:.1f}" for part in parts)]
    cells += [f"{ratio:.1f}" for ratio in ratios] + [f"{one['peak'] / 1e6:,.0f}" for one in (small, found)]
    return f"| {' | '.join(cells)} |"


HEADS = (
    "| store | graphs are | statements | graphs | its loader, s | push, s | reading, s | loading, s | verifying, s"
    " | recording, s | loader, CPU s | client, CPU s | server, CPU s | push / loader | by CPU"
    " | peak at a quarter, MB | peak, MB |\n|---|---|" + "---:|" * 15
)


def note(text: str) -> None:
    """Say on stderr how far the run is."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--stores", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--layouts", nargs="+", choices=("many", "few"), default=("many", "few"))
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, url, file = options.step
        print(json.dumps(pushed(name, url, Path(file))))
        return 0
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as scratch:
        whole, quarter = _empty(Path(scratch) / "whole"), _empty(Path(scratch) / "quarter")
        large, small = made(options.statements, whole), made(options.statements // 4, quarter)
        print(HEADS, flush=True)
        for name in options.stores:
            for layout in options.layouts:
                try:
                    few = measured(name, small[layout], beside=False)
                    print(row(name, layout, measured(name, large[layout]), few), flush=True)
                except AbsentError as error:
                    note(f"{name} left out: {error}")
    note("loaders: " + "; ".join(f"{name}: {LOADERS[name]}" for name in options.stores))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
