"""The one tree of errors, and the finding that a check reports.

    KgError
    ├── TimeError            a time that cannot be read
    │   ├── NaiveTimeError   a time of day or date without a zone
    │   └── BeyondUsError    valid EDTF, but outside what this project reads
    ├── DataError            a file or graph whose content is wrong (carries findings)
    ├── UnknownNameError     an id, term, question or file nobody knows
    ├── QueryError           SPARQL that does not parse or cannot be run
    ├── RemoteError          a server that cannot be reached, refuses, or answers with something else
    └── UsageError           options that do not go together

This module does not print and does not decide exit codes; the command line does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a finding is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, where it is, and how to mend it.

    ``place`` is ``file:line`` for files and an IRI for things in the graph;
    ``rule`` names the check, so that a reader can look it up.
    """

    place: str
    rule: str
    message: str
    mend: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the finding as one line: place, severity, rule, message, mend."""
        return f"{self.place}: {self.severity} [{self.rule}] {self.message}; {self.mend}"


class KgError(Exception):
    """Base of every error this package raises on purpose."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        """Keep what was wrong (with the value) and what to do about it."""
        super().__init__(f"{message}; {mend}" if mend else message)
        self.message = message
        self.mend = mend


class TimeError(KgError):
    """A time that cannot be read as written."""


class NaiveTimeError(TimeError):
    """A date or time of day without a zone, an offset or ``Z``."""


class BeyondUsError(TimeError):
    """Valid EDTF that this project does not read, refused by name."""


class DataError(KgError):
    """Content that is wrong; ``findings`` lists every fault, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings in the order of their places."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UnknownNameError(KgError):
    """A name that nothing here bears; the message suggests the nearest."""


class QueryError(KgError):
    """SPARQL that does not parse, or that the engine refuses."""


class RemoteFault(StrEnum):
    """What a server did instead of what it was asked."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CUT_OFF = "cut off"
    REFUSED = "refused"
    ABSENT = "absent"
    TOO_LARGE = "too large"
    BUSY = "busy"
    FULL = "full"
    FAILED = "failed"
    NOT_RDF = "not RDF"
    DIFFERS = "differs"


class RemoteError(KgError):
    """A server that cannot be reached, refuses, or answers with something else."""

    def __init__(
        self, message: str, fault: RemoteFault, *, mend: str = "", status: int = 0, retry_after: float = 0.0
    ) -> None:
        """Keep what it did, its HTTP status (0: none), and the seconds after which it wants to be asked again."""
        super().__init__(message, mend=mend)
        self.fault, self.status, self.retry_after = fault, status, retry_after


class UsageError(KgError):
    """Options or parameters that do not go together."""
