"""Forms in which the graph leaves for other tools, and comes back. See ``PROFILES``; docs/profiles.md."""

from kg.profiles.forms import FORMS, Form, form_named, form_of
from kg.profiles.oneway import ONE_WAY, OneWay, one_way_of
from kg.profiles.order import ordered
from kg.profiles.profile import PROFILES, Profile, profile, profile_of, tells_of_profile

__all__ = [
    "FORMS", "ONE_WAY", "PROFILES", "Form", "OneWay", "Profile", "form_named", "form_of", "one_way_of", "ordered",
    "profile", "profile_of", "tells_of_profile",
]  # fmt: skip
