"""What of a query can be told without parsing it: whether it may reach out, and whether it names its data set.

The engine itself would ask the server that SERVICE names, whoever it is. This
reads words only: strings, comments, IRIs, variables and the local parts of
names are passed over, and what is left is looked at with suspicion.
"""

from __future__ import annotations

import re

_PASSED_OVER = re.compile(
    r'''
      """ (?: "{0,2} (?: [^"\\] | \\. ) )* """
    | \'\'\' (?: '{0,2} (?: [^'\\] | \\. ) )* \'\'\'
    | " (?: [^"\\\n\r] | \\. )* "
    | ' (?: [^'\\\n\r] | \\. )* '
    | < [^<>"{}|^`\\\x00-\x20]* >     # an IRI; SERVICE has a "{" or a "<" before any ">" that follows it
    | \# [^\n\r]*
    | [?$] [A-Za-z0-9_]+
    | : [A-Za-z0-9_-]*                # after the prefix of a name, which is not passed over
    | \\ .                            # an escape in a name: what it escapes opens nothing
    ''',
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def bare(sparql: str) -> str:
    """Return the words of a query with all that may hold any text taken out, in lower case."""
    return _PASSED_OVER.sub(lambda found: ":" if found[0].startswith(":") else " ", sparql).lower()


def reaches_out(sparql: str) -> bool:
    """Return whether a query may ask another server; when in doubt, it may.

    A name with the prefix ``service:`` counts, because the engine reads ``service :x`` there.
    """
    spelt = {sparql, _spelt_out(sparql)} if "\\" in sparql else {sparql}
    return any("service" in text.lower() and "service" in bare(text) for text in spelt)


def names_its_data(sparql: str) -> bool:
    """Return whether a query says FROM which graphs it takes its data."""
    return re.search(r"\bfrom\b(?!:)", bare(sparql)) is not None


def _spelt_out(sparql: str) -> str:
    # SPARQL 1.1 section 19.2 has these escapes anywhere in a query; engines differ in whether they follow.
    def sign(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number <= 0x10FFFF else " "  # noqa: PLR2004 # the last code point

    return _CODE_POINT.sub(sign, sparql)
