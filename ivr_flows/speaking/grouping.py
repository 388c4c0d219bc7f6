"""Cuts rows of digits into groups that a listener can write down."""

import re
from collections.abc import Sequence

from ivr_flows.speaking.errors import SpeakingError
from ivr_flows.speaking.values import read_text

MAX_DIGITS = 40
_SEPARATORS = re.compile(r"[\s./()-]+")

_CODES_OF_ONE = {"1", "7"}
_CODES_OF_TWO = frozenset(
    str.split(
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 "
        "63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
    )
)
"""Country codes of one and two digits (ITU-T E.164, list of assigned codes); others have three."""


def group_digits(value: object, size: int) -> list[str]:
    """Groups of `size`; marks within `value` ("12-345") make the groups where there are any."""
    expected = f"up to {MAX_DIGITS} digits (* and # too)"
    parts = [part for part in _SEPARATORS.split(read_text("digits", value, expected)) if part]
    if not parts or not all(re.fullmatch(r"[0-9*#]+", part) for part in parts):
        raise SpeakingError("digits", value, expected)
    if sum(map(len, parts)) > MAX_DIGITS:
        raise SpeakingError("digits", value, expected)
    return parts if len(parts) > 1 else even_groups(parts[0], size)


def even_groups(digits: str, size: int) -> list[str]:
    """Groups of `size`; a last digit is never left alone."""
    groups = [digits[at : at + size] for at in range(0, len(digits), size)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def group_phone(value: object) -> tuple[str, list[str]]:
    """The country code (empty where none is given) and the groups of the rest.

    Groups that the value has of itself are kept.
    """
    expected = "a phone number of up to 20 digits"
    text = read_text("phone", value, expected)
    text = f"+{text[2:]}" if text.startswith("00") else text
    abroad = text.startswith("+")
    text = text[1:].replace("(0)", " ").strip() if abroad else text
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9*#]{1,20}", digits):
        raise SpeakingError("phone", value, expected)
    code = country_code(digits) if abroad else ""
    own = _SEPARATORS.split(text.removeprefix(code).strip(" ./()-"))
    if len(own) > 1 and text.startswith(code) and all(2 <= len(group) <= 5 for group in own):
        return code, own
    return code, phone_groups(code, digits[len(code) :])


def country_code(digits: str) -> str:
    if digits[0] in _CODES_OF_ONE:
        return digits[0]
    return digits[:2] if digits[:2] in _CODES_OF_TWO else digits[:3]


def phone_groups(code: str, digits: str) -> list[str]:
    """As people write them: 3-3-4 for ten digits, 3-4-4 for Chinese mobiles, 4-4 for eight."""
    if len(digits) == 11 and digits[0] == "1" and code in ("", "86"):
        return cut(digits, (3, 4, 4))
    if len(digits) == 10 and code in ("", "1"):
        return cut(digits, (3, 3, 4))
    if len(digits) == 8:
        return cut(digits, (4, 4))
    return even_groups(digits, 3) if digits else []


def cut(digits: str, sizes: Sequence[int]) -> list[str]:
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    return [digits[start : start + size] for start, size in zip(starts, sizes, strict=True)]
