"""The strings of python-edtf and of UNT's edtf-validate, read or refused as those two say.

The strings are others' and stay in ../shared. ``edtf_beyond_us.csv`` beside this
file lists, by hash, every string that is refused or read otherwise, and why; it
is compared exactly. ``python tests/conformance/test_edtf.py`` writes it anew.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BeyondUsError, TimeError
from kg.when import BEGINNING, FOREVER, Interval, Mode, read

ROOT = Path(__file__).resolve().parents[2]
SUITES = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "data" / "rdf-suites" / "edtf"
LISTED = Path(__file__).with_name("edtf_beyond_us.csv")
INVALID = ("invalid_edtf_dates", "invalid_edtf_intervals", "invalid_edtf_datetimes")
VALID = ("L0_Intervals", "L1_Intervals", "L2_Intervals")
Row = tuple[str, str, str, str]


def load(name: str) -> dict[str, Any]:
    path = SUITES / name
    if not path.exists():
        reason = f"{path} is not here: the EDTF string tables are not in the repository"
        if os.environ.get("KG_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def interval_of(text: str) -> Interval:
    """Read in UTC, unless the string has an offset of its own."""
    own_offset = re.search(r"T.*[+-]\d\d:\d\d$", text)
    return read(text, zone=None if own_offset else "UTC", mode=Mode.WITHIN).interval


def row(text: str, suite: str, outcome: str, reason: str) -> Row:
    return hashlib.sha256(text.encode()).hexdigest()[:16], suite, outcome, reason


def beyond(text: str, error: BeyondUsError, suite: str) -> Row:
    reason = "years outside 1700 to 2199" if "years outside" in error.message else error.message.rpartition(": ")[2]
    return row(text, suite, "refused", reason)


def outer(interval: Interval) -> tuple[str, str]:
    """Write the outer range as python-edtf does: first and last day, inf for unbounded."""
    first = "-inf" if interval.begin_earliest == BEGINNING else str(interval.begin_earliest.date())
    last_second = interval.end_latest - timedelta(seconds=1)
    return first, "inf" if interval.end_latest == FOREVER else str(last_second.date())


def compared(text: str, bounds: list[str]) -> list[Row]:
    """Return how our reading of one of python-edtf's examples differs from theirs."""
    try:
        marked = outer(interval_of(text))
        plain = outer(interval_of(re.sub(r"[?~%]", "", text)))
    except BeyondUsError as error:
        return [beyond(text, error, "python-edtf")]
    # They give first and last day, or one day; then the padded pair if marks pad it.
    strict = (bounds[0], bounds[1] if len(bounds) in {2, 4} else bounds[0])
    if plain != strict:
        unknown = text.startswith("/") or text.endswith("/")
        why = "an unknown end has no bound; they take ten years" if unknown else "a winter ends with February"
        return [row(text, "python-edtf", "wider", why)]
    if not re.search(r"[?~%]", text):
        return []
    fuzzy = tuple(bounds[-2:])
    if marked == fuzzy:
        return []
    return [
        row(
            text,
            "python-edtf",
            "padded otherwise",
            "a mark moves by its own unit; they add the coarser units and clip months",
        )
    ]


def differences() -> list[Row]:
    """Return a row for each string not read as its suite says, sorted."""
    rows: set[Row] = set()
    for text, bounds in load("python-edtf-examples.json")["EXAMPLES"]:
        rows.update(compared(text, bounds))
    suites = load("unt-edtf-validate.json")
    for text in (text for name in VALID for text in suites[name]):
        try:
            interval_of(text)
        except BeyondUsError as error:
            rows.add(beyond(text, error, "edtf-validate"))
    for text in (text for name in INVALID for text in suites[name]):
        try:
            interval_of(text)
        except BeyondUsError:
            rows.add(
                row(text, "edtf-validate invalid", "beyond", "a space after a comma in a set, as EDTF drafts wrote")
            )
        except TimeError:
            continue
        else:
            rows.add(row(text, "edtf-validate invalid", "read", "a time of day in an interval is ISO 8601-1"))
    return sorted(rows)


def test_the_strings_refused_or_read_otherwise_are_exactly_those_listed() -> None:
    with LISTED.open(encoding="utf-8", newline="") as lines:
        listed = [tuple(fields) for fields in csv.reader(lines)][1:]
    assert differences() == listed


def test_most_valid_strings_within_our_years_are_read_with_their_bounds() -> None:
    examples = len({text for text, _ in load("python-edtf-examples.json")["EXAMPLES"]})
    suites = load("unt-edtf-validate.json")
    intervals = len({text for name in VALID for text in suites[name]})
    invalid = len({text for name in INVALID for text in suites[name]})
    # Distinct strings. Read as python-edtf reads them: 89 - 32 - 4 = 53, ten of these with other padding for marks;
    # read of edtf-validate: 100 - 25 = 75;
    # refused as not a time: 54 - 3 - 2 = 49.
    assert (examples, intervals, invalid) == (89, 100, 54)
    assert Counter((suite, outcome) for _, suite, outcome, _ in differences()) == {
        ("python-edtf", "refused"): 32,
        ("python-edtf", "wider"): 4,
        ("python-edtf", "padded otherwise"): 10,
        ("edtf-validate", "refused"): 25,
        ("edtf-validate invalid", "read"): 3,
        ("edtf-validate invalid", "beyond"): 2,
    }


def test_every_bad_example_of_python_edtf_is_no_time_rather_than_beyond_us() -> None:
    for text in load("python-edtf-examples.json")["BAD_EXAMPLES"]:
        with pytest.raises(TimeError) as caught:
            read(text, zone="UTC", mode=Mode.WITHIN)
        assert not isinstance(caught.value, BeyondUsError), text


def test_marks_widen_exactly_the_strings_that_python_edtf_calls_qualified() -> None:
    refused = 0
    for text, (uncertain, approximate, both) in load("python-edtf-examples.json")["APPROXIMATE_UNCERTAIN_EXAMPLES"]:
        try:
            marked = interval_of(text)
        except BeyondUsError:
            refused += 1
            continue
        plain = interval_of(re.sub(r"[?~%]", "", text))
        is_wider = marked.end_latest - marked.begin_earliest > plain.end_latest - plain.begin_earliest
        assert is_wider == (uncertain or approximate or both), text
    assert refused == 2  # both for their years


def test_a_time_of_day_of_python_edtf_lies_in_the_day_they_give() -> None:
    zoned = [(text, bounds) for text, bounds in load("python-edtf-examples.json")["EXAMPLES"] if "T" in text]
    assert len(zoned) == 4
    for text, bounds in zoned:
        day = datetime.fromisoformat(bounds[0]).replace(tzinfo=UTC)
        assert day <= interval_of(text).begin_earliest < day + timedelta(days=1)


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("sha256", "suite", "outcome", "reason"))
    writer.writerows(differences())
