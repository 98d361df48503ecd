"""Forms in which the graph leaves for other tools, and comes back. See ``PROFILES``; docs/profiles.md."""

from kg.profiles.order import ordered
from kg.profiles.profile import PROFILES, Profile, profile, profile_of, tells_of_profile

__all__ = ["PROFILES", "Profile", "ordered", "profile", "profile_of", "tells_of_profile"]
