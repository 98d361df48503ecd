"""Helpers of the tests of the explorer: a page opened in the browser, and what it logged."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

PATIENCE = 60


def opened(browser: Chrome, path: Path, hash_: str = "") -> None:
    """Open a page from its file and wait until its script has drawn."""
    for kind in ("browser", "performance"):
        browser.get_log(kind)  # type: ignore[no-untyped-call] # selenium does not say its types here
    browser.get("about:blank")
    browser.get(path.as_uri() + hash_)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready = run(browser, "return document.documentElement.dataset.ready")
        if ready:
            assert ready == "yes", complaints(browser)
            return
        time.sleep(0.05)
    raise AssertionError(f"the page did not start: {complaints(browser)}")


def run(browser: Chrome, script: str, *arguments: object) -> Any:  # noqa: ANN401 - what JSON can say
    """Return what a script returns."""
    return browser.execute_script(script, *arguments)


def complaints(browser: Chrome) -> list[str]:
    """Return what the browser's console says."""
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def requests(browser: Chrome) -> list[str]:
    """Return the addresses asked for, but for data in the page itself."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("data:", "blob:", "about:"))]


def media(browser: Chrome, kind: str = "screen", **features: str) -> None:
    """Set the medium and features such as prefers_color_scheme."""
    told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": told})


def sized(browser: Chrome, width: int, height: int) -> None:
    """Set the size of the window's content in pixels; below 500 it is a phone."""
    told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)
