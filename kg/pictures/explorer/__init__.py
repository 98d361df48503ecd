"""The explorer: network, timeline, map and source words of a view in one HTML file that asks for nothing.

Python writes the text, the places of all marks and the data; a script in ``web/`` filters and draws.
"""

from kg.pictures.explorer.page import explorer
from kg.pictures.explorer.story import read_story

__all__ = ["explorer", "read_story"]
