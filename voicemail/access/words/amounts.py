"""Numbers, spans of time and phone numbers in words."""

import math
from collections.abc import Sequence
from typing import Final

from ivr_flows.sentences import Words
from ivr_flows.speaking import FILTERS, SpeakingError

TWO: Final = {"zh": "两", "yue": "兩"}
"""The two of things counted: not 二."""
UNITS: Final[Sequence[tuple[int, Words]]] = (
    (3600, {"en": "hour", "zh": "小时", "yue": "個鐘"}),
    (60, {"en": "minute", "zh": "分钟", "yue": "分鐘"}),
    (1, {"en": "second", "zh": "秒", "yue": "秒"}),
)
LONGEST_SPELLED: Final = 20
"""Characters of a caller's address that are spelled; numbers have 15 digits at most (E.164)."""


def counted(number: int, language: str) -> str:
    """A number before the things that it counts."""
    return TWO[language] if number == 2 and language in TWO else plain(number, language)


def plain(number: int, language: str) -> str:
    return FILTERS["number"](number, language)


def span(seconds: float, language: str) -> str:
    """A time to wait, rounded up: "five minutes"."""
    whole = max(1, math.ceil(seconds))
    # Ninety seconds are said as such, not as two minutes.
    size, names = next(unit for unit in UNITS if whole >= 2 * unit[0] or whole == unit[0])
    number = math.ceil(whole / size)
    plural = "s" if language == "en" and number != 1 else ""
    gap = " " if language == "en" else ""
    return f"{counted(number, language)}{gap}{names[language]}{plural}"


def phone_number(number: str, language: str) -> str:
    """A caller's number in words, letters one by one; empty where nothing of it can be said."""
    try:
        return FILTERS["phone"](number, language)
    except SpeakingError:
        pass
    try:
        return FILTERS["spell"](number[:LONGEST_SPELLED], language)
    except SpeakingError:
        return ""
