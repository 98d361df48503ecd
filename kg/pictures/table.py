"""The facts of a view as CSV (RFC 4180), one fact a row, with both ends of its time and who said it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kg.pictures.axis import is_bound
from kg.pictures.text import clean
from kg.when.model import written

if TYPE_CHECKING:
    from datetime import datetime

    from kg.view import Fact, View

COLUMNS = (
    "subject", "subject_label", "predicate", "value", "value_label", "begin_earliest", "begin_latest", "end_earliest",
    "end_latest", "mode", "begin_kind", "end_kind", "precision", "disputed", "stances", "speakers", "said_earliest",
    "said_latest", "claims", "sources", "statement",
)  # fmt: skip
"""The columns, in order. Times are UTC; a begin counts in, an end does not; an empty bound is none."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def fact_table(view: View) -> str:
    """Return every fact of a view as a row, in the order of the view; several claims are joined by `` | ``.

    A cell that a spreadsheet would take for a formula begins with an
    apostrophe (OWASP, CSV injection); ``plain`` takes it away again.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([safe(cell) for cell in _row(view, fact)] for fact in view.facts)
    return out.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before what could begin a formula, or is one already.

    >>> safe("=1+1"), safe("'tis"), safe("Jermuk")
    ("'=1+1", "''tis", 'Jermuk')
    """
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """Return what ``safe`` was given: the cell without the apostrophe that it begins with, if any."""
    return cell.removeprefix("'")


def _row(view: View, fact: Fact) -> list[str]:
    claims, held = view.claims_on.get(fact.statement, ()), fact.held
    said = [claim.said for claim in claims]
    return [
        clean(fact.subject), clean(view.label(fact.subject)), clean(fact.predicate), clean(fact.value),
        clean(view.value_words(fact)), *(_bound(bound) for bound in held.bounds), held.mode.value,
        held.begin_kind.value, held.end_kind.value, held.precision.value,
        "yes" if fact.statement in view.disputed else "no",
        *(" | ".join(clean(word) for word in words) for words in (
            [claim.stance for claim in claims], [claim.speaker_label for claim in claims],
            [_bound(one.begin_earliest) for one in said], [_bound(one.end_latest) for one in said],
            [claim.claim for claim in claims], [claim.source for claim in claims], [fact.statement],
        )),
    ]  # fmt: skip


def _bound(moment: datetime) -> str:
    return written(moment) if is_bound(moment) else ""
