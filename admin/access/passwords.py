"""Passwords of the panel: which ones are good, and how they are kept."""

import secrets
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from store import pins
from store.fields import clean

SHORTEST = 10
LONGEST = 200
"""Characters: far beyond what anybody keys, and little to hash."""
FEWEST_DIFFERENT = 5
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of passwords that the box makes up: nothing that is read as something else."""
GROUPS = 4
GROUP = 5
"""Four groups of five letters: some 99 bits."""
COMMON = (
    "password", "passwort", "qwerty", "qwertz", "asdfgh", "1q2w3e", "123456", "iloveyou",
    "letmein", "welcome", "admin", "pressline", "newspaper", "changeme", "abcdef",
    "cluecon", "freeswitch",
)  # fmt: skip
"""What guessers try first; a good password is more than one of these with something beside it."""
BESIDE_COMMON = 8

_ONE = BoundedSemaphore(1)
# Whoever floods the sign-in page keeps one core busy at most: calls need the others.


class PasswordFault(StrEnum):
    """Why a new password is refused."""

    NONE = ""
    SHORT = "A password has at least 10 characters; a few words in a row are easy to keep."
    LONG = "A password has at most 200 characters."
    SIMPLE = "Others would guess this password soon; take a few words that do not belong together."
    SAME = "This is the password that you have now."


def fault(password: str, name: str = "") -> PasswordFault:
    """What is wrong with a new password of the user `name`."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return PasswordFault.SHORT
    if len(plain) > LONGEST:
        return PasswordFault.LONG
    return PasswordFault.SIMPLE if _is_simple(plain.casefold(), name) else PasswordFault.NONE


def generated() -> str:
    """A random password that can be read aloud."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def hashed(password: str) -> str:
    return str(_aside(lambda: pins.hashed(_plain(password))))


def is_right(password_hash: str, password: str) -> bool:
    """Takes as long when there is no hash to compare with, as for a user who does not exist."""
    tried = _plain(password)
    return bool(_aside(lambda: pins.is_right(password_hash, tried, LONGEST + 1)))


def _plain(password: str) -> str:
    """The same for however a keyboard composes its letters."""
    normal = unicodedata.normalize("NFKC", clean(password, LONGEST + 1))
    return normal[: LONGEST + 1]


def _is_simple(plain: str, name: str) -> bool:
    if len(set(plain)) < FEWEST_DIFFERENT:
        return True
    known = (*COMMON, name.casefold()) if len(name) > 2 else COMMON
    return any(word in plain and len(plain) - len(word) < BESIDE_COMMON for word in known)


def _aside(work: Callable[[], Any]) -> Any:
    """In a native thread: argon2 takes tens of milliseconds, in which other pages go on."""
    with _ONE:
        return gevent.get_hub().threadpool.apply(work)
