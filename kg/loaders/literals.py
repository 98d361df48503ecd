"""Literals as people type them: numbers in one canonical form, texts with their language.

``İstisu@az`` is a text with a language tag (BCP 47) after its last ``@``.
Equal numbers give the same text, so that equal content is an equal statement.
It reads one value at a time and notes no findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal as RdfLiteral

from kg.claim import Literal
from kg.keys import DECIMAL, INTEGER, LANG_STRING, WKT

_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_WKT = re.compile(r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*(?:Z\s*)?\(.+\)|GEOMETRYCOLLECTION\s*\(.+\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is no value of a datatype, and how to mend it."""

    rule: str
    message: str
    mend: str


def literal(text: str, datatype: str) -> Literal | Unreadable:
    """Return the literal that a text stands for, or why it stands for none."""
    if datatype == LANG_STRING:
        return _tagged(text)
    if datatype in {INTEGER, DECIMAL}:
        return _number(text, datatype)
    if datatype == WKT and not _WKT.fullmatch(text):
        return Unreadable("wkt", f"{text!r} is not WKT", "write it as POINT(45.67 39.84): longitude first, no CRS")
    return Literal(text, datatype)


def in_language(text: str, tag: str) -> Literal | Unreadable:
    """Return a text in a language, its tag in lower case as stores keep it, or why the tag is none."""
    language = _language(tag)
    if language is None:
        mend = "write a BCP 47 tag such as en, az or hy-Latn"
        return Unreadable("language", f"{tag!r} is no language tag", mend)
    return Literal(text, LANG_STRING, language)


def _tagged(text: str) -> Literal | Unreadable:
    words, _, tag = text.rpartition("@")
    if words.strip() and _language(tag):
        return in_language(words.strip(), tag)
    mend = "write the language after the text, as in İstisu@az or Ստեփանակերտ@hy"
    return Unreadable("language", f"{text!r} names no language", mend)


@lru_cache(maxsize=256)
def _language(tag: str) -> str | None:
    try:
        return RdfLiteral("", language=tag).language
    except ValueError:
        return None


def _number(text: str, datatype: str) -> Literal | Unreadable:
    if datatype == INTEGER and not _INTEGER.fullmatch(text):
        return Unreadable("number", f"{text!r} is not a whole number", "write digits only, as 12")
    if not _DECIMAL.fullmatch(text):
        return Unreadable("number", f"{text!r} is not a decimal number", "write digits and one point, as 2.5")
    return Literal(canonical_number(text), datatype)


def canonical_number(text: str) -> str:
    """Return a decimal without a plus, leading zeros, or zeros at its end: ``2.50`` is ``2.5``.

    >>> [canonical_number(text) for text in ("10.0", "+007", "-.50", "-0")]
    ['10', '7', '-0.5', '0']
    """
    whole, _, part = text.lstrip("+-").partition(".")
    digits = whole.lstrip("0") or "0"
    part = part.rstrip("0")
    number = f"{digits}.{part}" if part else digits
    return f"-{number}" if text.startswith("-") and number != "0" else number
