"""Screens of the explorer for docs/explorer.md, and with ``--all`` at every size, theme and width, to be looked at.

python bench/make_screens.py [--all] [FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explorer import browser
from many import resampled

from kg.api import cut, open_graph
from kg.pictures.explorer import explorer

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from kg.view import View

WIDE, PHONE = (1500, 1150), (390, 844)
SEPTEMBER = "from=2022-09-12T00:00:00Z&to=2022-09-15T00:00:00Z&x0=2022-09-10T00:00:00Z&x1=2022-09-18T00:00:00Z"
ZONE = "zone=Asia/Yerevan"


class Screen(NamedTuple):
    """A picture: its name, the view, the state, the size of the window, and the theme."""

    name: str
    view: str
    state: str = "#v=1"
    size: tuple[int, int] = WIDE
    theme: str = "light"


DOCUMENTED = (
    Screen("article", "seed", f"#v=1&{ZONE}"),
    Screen("compared", "whole", f"#v=1&{ZONE}&who=state/armenia&vs=state/azerbaijan&{SEPTEMBER}"),
    Screen("dark", "whole", "#v=1", WIDE, "dark"),
    Screen("phone", "seed", f"#v=1&{ZONE}", PHONE),
)
OTHERS = tuple(
    Screen(f"{view}-{theme}-{size[0]}", view, "#v=1", size, theme)
    for view in ("seed", "whole", "3000", "30000")
    for theme in ("light", "dark")
    for size in (WIDE, PHONE)
)


def view_named(name: str) -> View:
    """Return a view by its name; a number is that many events, resampled."""
    graph = open_graph()
    if name == "seed":
        return graph.view(title="What one article says", only=graph.names_of("source:seed-article"))
    whole = graph.view(cut(unsourced=True), title="All that is in the graph")
    return whole if name == "whole" else resampled(whole, int(name))


def taken(driver: Chrome, page: Path, screen: Screen, folder: Path) -> None:
    """Write one picture."""
    width, height = screen.size
    told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": screen.size == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)
    theme = [{"name": "prefers-color-scheme", "value": screen.theme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": theme})
    driver.get("about:blank")
    driver.get(page.as_uri() + screen.state)
    while not driver.execute_script("return document.documentElement.dataset.ready"):
        time.sleep(0.05)
    time.sleep(0.3)
    driver.save_screenshot(str(folder / f"{screen.name}.png"))


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/screens"))
    parser.add_argument("--all", action="store_true", help="Every size, theme and width.")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    screens = (*DOCUMENTED, *OTHERS) if options.all else DOCUMENTED
    driver = browser()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for name in dict.fromkeys(screen.view for screen in screens):
                page = Path(scratch) / f"{name}.html"
                page.write_text(explorer(view_named(name), zone="Asia/Yerevan"), encoding="utf-8")
                for screen in screens:
                    if screen.view == name:
                        taken(driver, page, screen, options.folder)
    finally:
        driver.quit()


if __name__ == "__main__":
    sys.exit(main())
