"""What is asked of a release: its version and day, profiles, address, and the release before it.

It writes nothing; a plan that cannot be carried out is refused when it is made.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.metadata import ABOUT
from kg.profiles import profile
from kg.vocab import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from kg.metadata import About
    from kg.profiles import Profile

PROFILES_BY_DEFAULT: Final = ("trig", "nquads", "turtle", "rdf12-trig", "jsonld")
"""One to read, one for bulk loaders, one for tools without named graphs, one for RDF 1.2, one for the web."""
NAME: Final = "conflict-kg"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*")


@dataclass(frozen=True)
class Plan:
    """A release that is to be written. Raises UsageError for what cannot be one, UnknownNameError for a profile."""

    version: str
    issued: str
    """The day, as 2026-11-30."""
    profiles: tuple[str, ...] = PROFILES_BY_DEFAULT
    base: str = ""
    """The address of the folder when it is published, with a slash at its end; empty: below w3id.org."""
    against: Path | None = None
    """The release before this one: its folder, one of its dumps, or a store."""

    def __post_init__(self) -> None:
        """Check what can be checked without reading."""
        if not _VERSION.fullmatch(self.version):
            raise UsageError(f"{self.version!r} is no version", mend="digits, letters, '.', '+' and '-', as 1.0.0")
        _check_day(self.issued)
        try:
            NamedNode(self.address)
        except ValueError as error:
            raise UsageError(
                f"{self.base!r} is no IRI: {error}", mend="name an address as https://example.org/"
            ) from error
        if not self.address.endswith("/"):
            raise UsageError(f"{self.base!r} is no folder", mend="end it with a slash")
        if not self.forms:
            raise UsageError("a release without a dump holds no data", mend="name a profile")

    @property
    def about(self) -> About:
        """Return what is said of the data set in this version."""
        return replace(ABOUT, version=self.version, issued=self.issued)

    @property
    def address(self) -> str:
        """Return where the folder is to be found."""
        return self.base or f"{BASE}release/{self.version}/"

    @cached_property
    def forms(self) -> tuple[Profile, ...]:
        """Return the profiles, each once, in the order in which they were named."""
        return tuple(profile(name) for name in dict.fromkeys(self.profiles))


def dump_name(version: str, form: Profile) -> str:
    """Return what the file of a profile is called; no version and no profile has an underscore."""
    return f"{NAME}-{version}_{form.name}{form.syntax.suffix}.gz"


def _check_day(text: str) -> None:
    try:
        is_day = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise UsageError(f"{text!r} is no day", mend="write it as 2026-11-30")
