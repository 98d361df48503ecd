"""What a release of the data set holds: dumps, description, change report, ontology as a page, licence, checksums.

It publishes nothing: it writes a folder. docs/releases.md
"""

from kg.release.plan import PROFILES_BY_DEFAULT, Plan
from kg.release.whole import release

__all__ = ["PROFILES_BY_DEFAULT", "Plan", "release"]
