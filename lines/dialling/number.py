"""From what somebody keyed, wrote or sent as a caller's number to one exact number."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat
from phonenumbers.shortnumberinfo import (
    ShortNumberCost,
    connects_to_emergency_number,
    expected_cost_for_region,
)

from lines.dialling.cost import cost_of
from lines.errors import NumberOdd
from store.models.line import CostClass

LONGEST_TEXT: Final = 40
"""Characters; E.164 has 15 digits at most, and people put blanks between them."""
MOST_DIGITS: Final = 19
"""15 (E.164, section 6.1), and before them the way out of a country, four at most."""
LONGEST_SHORT: Final = 6
"""Digits that a number without area code may have, to be taken as a short one."""
PHONE: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
"""A SIP user of the switch, which is called as it is."""
PLAIN: Final = re.compile(r"\+?[0-9]+", re.ASCII)
SEPARATORS: Final = str.maketrans("", "", " -./()")

EVERYWHERE: Final = frozenset({"000", "08", "110", "112", "118", "119", "911", "999"})
"""Phones know these as emergency calls in every country (3GPP TS 22.101, section 10.1)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number outside the house, and what a call to it costs."""

    digits: str
    """`+49301234567`, or a short number as it is: `112`."""
    cost: CostClass
    national: str = ""
    """`0301234567`, for numbers of the paper's own country."""
    region: str = ""
    """ISO 3166; empty where it is not known."""

    @property
    def forms(self) -> frozenset[str]:
        """The ways in which a rule may name it."""
        return frozenset({self.digits, self.national} - {""})


def normalised(text: str, country: str) -> Number:
    """`text` as a number, for a paper in `country` (ISO 3166; empty where it is not set).

    Raises `NumberOdd`.
    """
    digits = _plain(text)
    if not country and digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if not digits.startswith("+"):
        short = _short(digits, country)
        if short:
            return short
    return _long(digits, country)


def _plain(text: str) -> str:
    """Digits with a + before them, or without. Extensions, pauses and letters are refused."""
    if len(text) > LONGEST_TEXT:
        raise NumberOdd(f"it has {len(text)} characters; a number has at most {LONGEST_TEXT}")
    digits = text.translate(SEPARATORS)
    if not PLAIN.fullmatch(digits):
        raise NumberOdd("it has other characters than the digits 0 to 9 and a + before them")
    if len(digits) > MOST_DIGITS:
        raise NumberOdd(f"it has {len(digits)} digits; a number has at most 15")
    return digits


def _short(digits: str, country: str) -> Number | None:
    """An emergency or service number, which has no other form; None for all others."""
    known = country in phonenumbers.SUPPORTED_REGIONS
    parsed = _parsed(digits, country) if known else None
    if parsed and phonenumbers.is_valid_number(parsed):
        return None
    if {digits, digits.lstrip("0")} & EVERYWHERE or _connects_to_emergency(digits, country):
        return Number(digits, CostClass.EMERGENCY, region=country)
    if len(digits) > LONGEST_SHORT:
        return None
    dear = parsed and expected_cost_for_region(parsed, country) == ShortNumberCost.PREMIUM_RATE
    return Number(digits, CostClass.PREMIUM if dear else CostClass.UNKNOWN, region=country)


def _connects_to_emergency(digits: str, country: str) -> bool:
    """With a zero before it too, which a trunk may take away."""
    return any(
        connects_to_emergency_number(tried, country) for tried in (digits, digits.lstrip("0"))
    )


def _long(digits: str, country: str) -> Number:
    if not digits.startswith("+") and country not in phonenumbers.SUPPORTED_REGIONS:
        raise NumberOdd("it has no country code, and the setting `country` names no country")
    parsed = _parsed(digits, country)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise NumberOdd("no country has numbers like this one")
    region = phonenumbers.region_code_for_number(parsed) or ""
    at_home = region in (country, "") and (
        parsed.country_code == phonenumbers.country_code_for_region(country)
    )
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    exact = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if _parsed(exact, country) != parsed:  # of many zeros each reading takes another one away
        raise NumberOdd("no country has numbers like this one")
    return Number(
        exact,
        cost_of(parsed, country),
        re.sub(r"[^0-9]", "", national) if at_home else "",
        region,
    )


def _parsed(digits: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, country or None)
    except NumberParseException:
        return None
