"""The explorer at four sizes in headless Chromium: bytes, first paint, script time of a slider step, heap.

python bench/explorer.py [--events 3000 30000]

Prints a Markdown table. Script time is that of one input event of the slider
"said by" until its handler has drawn, median and 95th percentile of 60 steps
over the span; CPU is that of all processes of the browser for
the same steps, by /proc. The page is opened three times; paint is the median.
Words are the text of the list, which is there for whoever runs no script; data
are what the script reads. The longest task is the browser's, parsing among it;
the longest script is the page's own part of it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from many import resampled
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from kg.api import cut, open_graph
from kg.pictures.explorer import explorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.view import View

STEPS = 60
_STEP = """
const slider = document.getElementById('known-slider'), found = [];
if (slider.disabled) document.getElementById('said').click();
for (let step = 0; step < arguments[0]; step++) {
  slider.value = Math.round(2000 * (step + 1) / arguments[0]);
  const begin = performance.now();
  slider.dispatchEvent(new Event('input'));
  found.push(performance.now() - begin);
}
return found;
"""
_LATER = """
const slow = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => slow.push(entry.duration)))
  .observe({ type: 'longtask', buffered: true });
setTimeout(() => arguments[0](slow), 500);
"""
_SCRIPTS = """
const own = [];
const note = (frame) => frame.scripts.forEach((one) => own.push(one.duration));
new PerformanceObserver((list) => list.getEntries().forEach(note))
  .observe({ type: 'long-animation-frame', buffered: true });
setTimeout(() => arguments[0](own), 500);
"""
_SIZES = """
const size = (id) => new TextEncoder().encode(document.getElementById(id).textContent).length;
return [size('all'), size('data')];
"""


def views(sizes: list[int]) -> Iterator[tuple[str, View]]:
    """Yield the views with their names."""
    graph = open_graph()
    yield "seed article", graph.view(title="Seed", only=graph.names_of("source:seed-article"))
    whole = graph.view(cut(unsourced=True), title="Whole")
    yield "whole curated graph", whole
    for size in sizes:
        yield f"{size:,} events", resampled(whole, size)


def browser() -> Chrome:
    """Return a headless Chromium without a GPU that tells its memory exactly."""
    options = ChromeOptions()
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000",
                   "--enable-precise-memory-info", "--js-flags=--expose-gc"):  # fmt: skip
        options.add_argument(switch)
    return Chrome(options=options, service=Service(shutil.which("chromedriver")))


def measured(driver: Chrome, page: Path) -> dict[str, float]:
    """Return the figures of one page."""
    paints = []
    for _ in range(3):
        driver.get("about:blank")
        driver.get(page.as_uri())
        while not driver.execute_script("return document.documentElement.dataset.ready"):
            time.sleep(0.05)
        paints.append(
            driver.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
    ready = driver.execute_script("return performance.now()")
    driver.set_script_timeout(60)
    slow, own = driver.execute_async_script(_LATER), driver.execute_async_script(_SCRIPTS)
    words, data = driver.execute_script(_SIZES)
    before = _cpu(driver)
    steps = driver.execute_script(_STEP, STEPS)
    spent = (_cpu(driver) - before) / STEPS
    driver.execute_script("gc()")
    heap = driver.execute_script("return performance.memory.usedJSHeapSize")
    return {
        "paint": statistics.median(paints), "ready": ready, "slow": max(slow, default=0),
        "own": max(own, default=0), "words": words, "data": data,
        "step": statistics.median(steps), "step95": sorted(steps)[int(0.95 * STEPS)], "cpu": spent * 1000, "heap": heap,
    }  # fmt: skip


def _cpu(driver: Chrome) -> float:
    """Return the seconds of CPU time of all processes of the browser (Linux)."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            spent[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
    ours = {driver.service.process.pid}
    while True:
        more = {pid for pid, parent in parents.items() if parent in ours} - ours
        if not more:
            return sum(spent[pid] for pid in ours) / os.sysconf("SC_CLK_TCK")
        ours |= more


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="*", default=[3000, 30000])
    driver = browser()
    print(
        "| view | claims | built, s | page, KB | words, KB | data, KB | first paint, s | ready, s | longest task, ms "
        "| longest script, ms | step, ms (p95) | CPU, ms | heap, MB |"
    )
    print("|---" * 13 + "|")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, view in views(parser.parse_args().events):
                begin = time.perf_counter()
                text = explorer(view)
                built = time.perf_counter() - begin
                page = Path(folder) / "page.html"
                page.write_text(text, encoding="utf-8")
                found = measured(driver, page)
                print(
                    f"| {name} | {len(view.claims):,} | {built:.1f} | {page.stat().st_size / 1000:,.0f} "
                    f"| {found['words'] / 1000:,.0f} | {found['data'] / 1000:,.0f} "
                    f"| {found['paint'] / 1000:.2f} | {found['ready'] / 1000:.2f} | {found['slow']:.0f} "
                    f"| {found['own']:.0f} "
                    f"| {found['step']:.1f} ({found['step95']:.1f}) | {found['cpu']:.0f} | {found['heap'] / 1e6:.0f} |",
                    flush=True,
                )
    finally:
        driver.quit()


if __name__ == "__main__":
    sys.exit(main())
