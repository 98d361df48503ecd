"""Who one is for a server: a name with a password, or a token, from the environment or the keyring.

Secrets come in no option, so that none stands in a list of processes or the
history of a shell; none is shown in a representation or a message.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

USER, PASSWORD, TOKEN = "KG_USER", "KG_PASSWORD", "KG_TOKEN"  # names of variables, no secrets
KEYRING = "conflict-kg"
"""The service under which the keyring is asked, for a name written as USER@HOST:PORT."""


@dataclass(frozen=True, slots=True)
class Access:
    """A user's name with its password, a token, or nothing of these."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def is_open(self) -> bool:
        """Return whether nothing secret is sent."""
        return not (self.password or self.token)


def access_for(url: str, user: str = "", environment: Mapping[str, str] | None = None) -> Access:
    """Return what is to be sent to a server: a token, or a user with a password.

    Taken from KG_TOKEN, or KG_USER and KG_PASSWORD, or for a user without a
    password from the keyring. Raises UsageError for a secret that would go
    unencrypted to another machine, a user without a password, and secrets in an address.
    """
    given = os.environ if environment is None else environment
    address = checked(url)
    if token := given.get(TOKEN, ""):
        found = Access(token=token)
    elif name := user or given.get(USER, ""):
        found = Access(name, given.get(PASSWORD) or _from_keyring(name, address))
    else:
        return Access()
    if urlsplit(url).scheme != "https" and not is_loopback(url):
        raise UsageError(f"a secret would go to {address} unencrypted", mend="use an https address")
    return found


def checked(url: str) -> str:
    """Return host and port of an address. Raises UsageError for what is no http address, or holds a password."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        mend = f"take user and password out of it, and set {USER} and {PASSWORD}"
        raise UsageError("an address that holds a password stands in the list of processes", mend=mend)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"{url!r} is no address of a server", mend="write http://HOST:PORT/PATH or https://")
    return parts.netloc


def is_loopback(url: str) -> bool:
    """Return whether an address stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _from_keyring(user: str, address: str) -> str:
    who = f"{user}@{address}"
    mend = f"set {PASSWORD}, or say: keyring set {KEYRING} {who}"
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise UsageError(
            f"there is no password for {who}", mend=f"set {PASSWORD}, or install conflict-kg[keyring]"
        ) from None
    try:
        found = keyring.get_password(KEYRING, who)
    except KeyringError as error:
        raise UsageError(f"the keyring does not tell the password of {who}: {error}", mend=f"set {PASSWORD}") from error
    if not found:
        raise UsageError(f"there is no password for {who}", mend=mend)
    return found
