"""Statements of FollowTheMoney (https://followthemoney.tech/docs/statements): see docs/profiles.md for the mapping."""

from kg.profiles.ftm.writing import CANNOT, write

__all__ = ["CANNOT", "write"]
