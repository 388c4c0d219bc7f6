"""Reads what a flow may hand to a filter. Every value is hostile: callers' keys, query results."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ivr_flows.speaking.errors import SpeakingError

MAX_CHARACTERS = 64
"""No number, date, sum or phone number is longer; longer text is refused before it is parsed."""
LARGEST = Decimal(10) ** 15
"""Numbers from here on have no words that a listener could follow."""
MAX_DECIMALS = 6

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole subunits."""

    subunits: int
    """Never negative: the sign is kept apart, for minus nought is nought."""
    negative: bool
    currency: str
    """ISO 4217."""


def read_text(word: str, value: object, expected: str, limit: int = MAX_CHARACTERS) -> str:
    """`value` as one trimmed line of ordinary characters (full-width digits made ordinary)."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SpeakingError(word, value, expected)
    if isinstance(value, int) and value.bit_length() > 4 * limit:
        raise SpeakingError(word, "a huge integer", expected)
    text = str(value)
    if len(text) > limit:
        raise SpeakingError(word, text, f"{expected}, of at most {limit} characters")
    return unicodedata.normalize("NFKC", text).strip()


def read_number(word: str, value: object) -> Decimal:
    """A finite decimal below `LARGEST`."""
    expected = f"a number between -{LARGEST:,f} and {LARGEST:,f}"
    number = _decimal(word, value, expected)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise SpeakingError(word, value, expected)
    return number


def _decimal(word: str, value: object, expected: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    text = read_text(word, value, expected).replace("−", "-").replace(" ", "")
    if not _NUMBER.fullmatch(text):
        raise SpeakingError(word, value, expected)
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise SpeakingError(word, value, expected) from error


def read_whole(word: str, value: object) -> int:
    """A whole number of nought or more."""
    number = read_number(word, value)
    if number < 0 or number != number.to_integral_value():
        raise SpeakingError(word, value, "a whole number of nought or more")
    return int(number)


def read_date(word: str, value: object) -> dt.date:
    """A date, a datetime, or text in ISO 8601."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    expected = "a date such as 2027-05-03"
    text = read_text(word, value, expected)
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError as error:
        raise SpeakingError(word, value, expected) from error


def read_time(word: str, value: object) -> dt.time:
    """A time, a datetime, or text in ISO 8601 (`9:05` too)."""
    if isinstance(value, dt.datetime):
        return value.time()
    if isinstance(value, dt.time):
        return value
    expected = "a time such as 14:30"
    text = read_text(word, value, expected)
    if re.fullmatch(r"\d:\d\d(:\d\d)?", text, re.ASCII):
        text = f"0{text}"
    if ":" not in text:
        raise SpeakingError(word, value, expected)
    try:
        is_whole_moment = re.match(r"\d{4}-", text, re.ASCII)
        if is_whole_moment:
            return dt.datetime.fromisoformat(text).time()
        return dt.time.fromisoformat(text)
    except ValueError as error:
        raise SpeakingError(word, value, expected) from error


def split_decimal(number: Decimal) -> tuple[int, str]:
    """The whole part and the decimals of `number`, rounded to `MAX_DECIMALS`, trailing 0s cut."""
    rounded = abs(number).quantize(Decimal(1).scaleb(-MAX_DECIMALS))
    whole, _, decimals = f"{rounded:f}".partition(".")
    return int(whole), decimals.rstrip("0")
