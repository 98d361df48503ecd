"""The explorer and the editor over what is served, in a real browser, and asking nobody else."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.serve.conftest import Server


def asked(browser: Chrome) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("data:", "blob:", "about:", "chrome:"))]


def waited(browser: Chrome, script: str) -> object:
    for _ in range(200):
        found = browser.execute_script(f"return {script}")
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within 20 s: {script}")


def test_the_explorer_shows_what_is_served(server: Server, browser: Chrome) -> None:
    asked(browser)
    browser.get(f"{server.root}/explorer?about=source:seed-article")
    assert waited(browser, "document.documentElement.dataset.ready") == "yes"
    assert browser.execute_script("return conflictKg.claims().length") == 16
    assert {url.split("?")[0] for url in asked(browser)} <= {f"{server.root}/explorer", f"{server.root}/favicon.ico"}


def test_the_explorer_of_what_nobody_heard_of_is_refused(server: Server) -> None:
    for name, status in (("event:nothing-of-the-kind", 404), ("%3Cscript%3E", 404), ("x" * 5000, 404)):
        reply = server.get(f"/explorer?about={name}")
        assert (reply.status, reply.kind) == (status, "text/plain")


def test_the_editor_asks_the_endpoint_and_nobody_else(server: Server, browser: Chrome) -> None:
    asked(browser)
    browser.get(f"{server.root}/editor")
    waited(browser, "document.querySelector('.yasqe_queryButton') !== null")
    browser.execute_script("document.querySelector('.yasqe_queryButton').click()")
    waited(browser, "document.querySelectorAll('.yasr tbody tr').length >= 20")
    assert [url for url in asked(browser) if not url.startswith(server.root)] == []


def test_the_editor_has_its_two_files_and_no_other(server: Server) -> None:
    assert server.get("/editor/yasgui.min.js").kind == "text/javascript"
    assert server.get("/editor/key").status == 404
    assert server.get("/editor/..%2f..%2fpage.py").status == 404
