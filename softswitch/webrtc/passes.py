"""Who may call from a browser: passes that the panel hands out and that need no list of users.

A pass is a SIP user and its secret. The user says until when, under which number and name; the
secret is signed over that with a key that only the panel and the gateway know, so it can be
neither made up nor altered nor used when its time is over.
"""

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_USER = re.compile(r"([0-9]{1,12})\.([A-Za-z0-9-]{1,32})\.([A-Za-z0-9_-]{0,256})\Z")
_NAME_BYTES = 180
"""Of a name in UTF-8; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as the called are told."""

    number: str
    name: str
    until: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Pass:
    user: str
    secret: str


def issue(key: str, number: str, name: str, until: int) -> Pass:
    """`number`: letters, digits and hyphens; `until`: seconds since 1970."""
    short = name.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
    coded = base64.urlsafe_b64encode(short.encode()).decode().rstrip("=")
    user = f"{until}.{number}.{coded}"
    if not _USER.match(user):
        raise ValueError(f"number {number[:40]!r}: expected letters, digits and hyphens")
    return Pass(user, _secret(key, user))


def caller_of(user: str) -> Caller | None:
    """Whom a pass was made for; says nothing of whether it is true. None for what is no pass."""
    match = _USER.match(user)
    if match is None:
        return None
    coded = match[3] + "=" * (-len(match[3]) % 4)
    try:
        name = base64.urlsafe_b64decode(coded).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Caller(match[2], name, int(match[1]))


def _secret(key: str, user: str) -> str:
    signed = hmac.new(key.encode(), user.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


class PassSecrets(Mapping[str, str]):
    """The secret of every pass whose time is not over, as the registrar asks for it."""

    def __init__(self, key: str, now: Callable[[], float] = time.time) -> None:
        self._key = key
        self._now = now

    def __getitem__(self, user: str) -> str:
        caller = caller_of(user)
        if caller is None or caller.until < self._now():
            raise KeyError(user)
        return _secret(self._key, user)

    def __iter__(self) -> Iterator[str]:
        """Nobody is listed: there is no list."""
        return iter(())

    def __len__(self) -> int:
        return 0
