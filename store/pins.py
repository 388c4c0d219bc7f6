"""PINs: which ones are good, and how they are kept."""

import re
import secrets
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from store.fields import clean


class PinFault(StrEnum):
    """Why a new PIN is refused, in plain words."""

    NONE = ""
    LENGTH = "a PIN has 4 to 12 digits"
    SIMPLE = "this PIN is too easy to guess"


SHAPE = re.compile(r"[0-9]{4,12}", re.ASCII)
GENERATED_DIGITS = 6
KEYPAD_COLUMN = ("2580", "0852")
"""The middle column of a telephone's keys, down and up: among the PINs that people like most."""
YEARS = re.compile(r"(19|20)[0-9]{2}", re.ASCII)

# The least that OWASP's Password Storage Cheat Sheet advises for argon2id: some 30 ms, since an
# owner waits for it on the phone. Against guesses by phone, the gates count, not the hash.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def fault(pin: str, numbers: Collection[str] = ()) -> PinFault:
    """What is wrong with a new PIN for a mailbox with these numbers."""
    if not SHAPE.fullmatch(pin):
        return PinFault.LENGTH
    return PinFault.SIMPLE if _is_simple(pin) or _is_number(pin, numbers) else PinFault.NONE


def generate(numbers: Collection[str] = ()) -> str:
    """A random PIN that passes."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(GENERATED_DIGITS))
        if not fault(pin, numbers):
            return pin


def hashed(pin: str) -> str:
    return HASHER.hash(pin)


def is_right(pin_hash: str, pin: str, longest: int = 64) -> bool:
    """Takes as long when there is no hash to compare with. Only `longest` characters count."""
    try:
        HASHER.verify(pin_hash or _hash_of_nothing(), clean(pin, longest))
    except (VerificationError, InvalidHashError):
        return False
    return bool(pin_hash)


@cache
def _hash_of_nothing() -> str:
    return HASHER.hash(secrets.token_hex())


def _is_simple(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_run = steps in ({0}, {1}, {9})
    return is_run or _repeats(pin) or pin in KEYPAD_COLUMN or bool(YEARS.fullmatch(pin))


def _repeats(pin: str) -> bool:
    """1212, 123123, 77887788."""
    return any(
        pin == pin[:size] * (len(pin) // size)
        for size in range(1, len(pin) // 2 + 1)
        if len(pin) % size == 0
    )


def _is_number(pin: str, numbers: Collection[str]) -> bool:
    """The box's number, also with zeros before or behind it, backwards, or said twice."""
    return any(
        pin in (number, number[::-1], number * 2) or pin.strip("0") == number.strip("0")
        for number in numbers
        if number
    )
