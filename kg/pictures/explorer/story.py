"""Stories: saved states of the explorer in order, each with a title and words, as the page saves them (JSON)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.errors import DataError, Finding

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ("title", "text", "state")


def read_story(path: Path) -> tuple[dict[str, str], ...]:
    """Return the steps of a story file: ``title``, ``text`` and ``state``, an address behind ``#``.

    Raises DataError that names the step for what is none.
    """
    try:
        steps = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise DataError([Finding(str(path), "story", f"it is no JSON: {error}", "save it from the page")]) from error
    if not isinstance(steps, list):
        raise DataError([Finding(str(path), "story", "a story is a list of steps", "save it from the page")])
    findings = [found for number, step in enumerate(steps, 1) for found in _findings(f"{path}: step {number}", step)]
    if findings:
        raise DataError(findings)
    return tuple({key: step.get(key, "") for key in KEYS} for step in steps)


def _findings(place: str, step: object) -> list[Finding]:
    if not isinstance(step, dict) or not all(isinstance(step.get(key, ""), str) for key in KEYS):
        return [Finding(place, "story", f"{step!r:.80} is no step", "give it title, text and state, all texts")]
    if not str(step.get("state", "")).startswith("#v=1"):
        return [Finding(place, "story", f"{step.get('state')!r:.80} is no state", "copy it from the address: #v=1&...")]
    return []
