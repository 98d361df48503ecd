"""Forms in which the graph leaves for other tools, and comes back. See ``FORMS``; docs/profiles.md, docs/tables.md."""

from kg.profiles.forms import FORMS, Form, form_of
from kg.profiles.oneway import ONE_WAY, OneWay, one_way_of
from kg.profiles.order import ordered
from kg.profiles.profile import PROFILES, Profile, profile, profile_of, tells_of_profile

__all__ = [
    "FORMS", "ONE_WAY", "PROFILES", "Form", "OneWay", "Profile", "form_of", "one_way_of", "ordered", "profile",
    "profile_of", "tells_of_profile",
]  # fmt: skip
