"""Literals that stores give back otherwise than they got them, brought into one form.

The same form is sent and compared with, so that a store that keeps the value
and not the spelling is not taken for one that lost something.
"""

from __future__ import annotations

import re
import struct
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.vocab import GEO, XSD

if TYPE_CHECKING:
    from re import Match

_DECIMAL = re.compile(rf'"([^"\\]*)"\^\^<{re.escape(XSD)}decimal>')
_VIRTUOSO_GEOMETRY = "<http://www.openlinksw.com/schemas/virtrdf#Geometry>"
_WKT = re.compile(rf'"([^"\\]*)"\^\^<{re.escape(GEO)}wktLiteral>')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_COMMA = re.compile(r"\s*,\s*")


def as_it_is(line: str) -> str:
    """Return a line of N-Quads unchanged."""
    return line


def plain_decimals(line: str) -> str:
    """Return a line with decimals in their canonical form (XSD 1.1: 45 for 45.0): Jena's TDB2 keeps values only."""
    return _DECIMAL.sub(_decimal, line) if "#decimal>" in line else line


def single_floats(line: str) -> str:
    """Return a line with the coordinates of geometries as 32-bit floats have them: Virtuoso keeps no more.

    Its own datatype of geometries becomes that of GeoSPARQL again.
    """
    line = line.replace(_VIRTUOSO_GEOMETRY, f"<{GEO}wktLiteral>")
    return _WKT.sub(_geometry, line) if "wktLiteral>" in line else line


def _decimal(found: Match[str]) -> str:
    try:
        value = Decimal(found[1])
    except InvalidOperation:
        return found[0]
    text = f"{value:f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return f'"{"0" if short in {"-0", ""} else short}"^^<{XSD}decimal>'


def _geometry(found: Match[str]) -> str:
    return f'"{_COMMA.sub(",", _NUMBER.sub(_single, found[1]))}"^^<{GEO}wktLiteral>'


def _single(found: Match[str]) -> str:
    value = struct.unpack("f", struct.pack("f", float(found[0])))[0]
    return next(text for digits in range(1, 18) if _same(text := f"{value:.{digits}g}", value))


def _same(text: str, value: float) -> bool:
    return bool(struct.unpack("f", struct.pack("f", float(text)))[0] == value)
