"""A figure as PNG, in the same fonts on every machine.

resvg draws the SVG that the other modules write; the fonts come from packages, not
from the machine: Arimo has the widths that ``kg.pictures.text`` counts with, Noto
has Armenian and Georgian. What none of them has shows as an empty box.
"""

from __future__ import annotations

import re
from importlib.resources import files

from kg.errors import UsageError

ZOOM = 2
"""Pixels for each pixel of the SVG: 2,400 across, which is 300 dpi on a page 8 inches wide."""
MOST = 100e6
"""Pixels of the largest PNG."""
_SIZE = re.compile(r'^<svg [^>]*? width="([0-9.]+)" height="([0-9.]+)"')
_FONTS = (
    ("fontpkg_arimo", "files/Arimo[wght].ttf"),
    ("fontpkg_arimo", "files/Arimo-Italic[wght].ttf"),
    ("manimgx_fonts", "NotoSansArmenian[wght].ttf"),
    ("manimgx_fonts", "NotoSansGeorgian[wght].ttf"),
    ("manimgx_fonts", "NotoSansArabic[wght].ttf"),
)


def png(svg: str, *, zoom: int = ZOOM) -> bytes:
    """Return an SVG document as PNG; the same text gives the same bytes.

    Raises UsageError without the extra, and for a figure of more than 100 million pixels.
    """
    wide, high = (float(number) * zoom for number in _SIZE.search(svg).groups())  # type: ignore[union-attr] # ours have both
    if wide * high > MOST:
        raise UsageError(
            f"a PNG of {wide:,.0f} by {high:,.0f} pixels is too large",
            mend="draw less (a slice, a source, a thing), or write .svg",
        )
    try:
        from resvg_py import svg_to_bytes

        fonts = [str(files(package).joinpath(name)) for package, name in _FONTS]
    except ImportError as error:
        raise UsageError("PNG needs the extra png", mend="pip install 'conflict-kg[png]', or write .svg") from error
    drawn = svg_to_bytes(
        svg_string=svg, zoom=zoom, background="#ffffff", skip_system_fonts=True, font_files=fonts,
        font_family="Arimo", sans_serif_family="Arimo",
    )  # fmt: skip
    return bytes(drawn)
