"""Reads a sum of money: its currency and how many subunits that has."""

import re
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from ivr_flows.speaking.errors import SpeakingError
from ivr_flows.speaking.values import Money, read_number

DECIMALS = MappingProxyType(
    {
        "USD": 2,
        "EUR": 2,
        "GBP": 2,
        "CNY": 2,
        "HKD": 2,
        "TWD": 2,
        "MOP": 2,
        "SGD": 2,
        "JPY": 0,
        "AUD": 2,
        "CAD": 2,
        "CHF": 2,
    }
)
"""Decimals of each currency that has words here (ISO 4217)."""
SIGNS = MappingProxyType(
    {"€": "EUR", "£": "GBP", "US$": "USD", "HK$": "HKD", "NT$": "TWD", "RMB": "CNY"}
)
"""Signs that mean one currency only."""
AMBIGUOUS = ("", "$", "¥", "￥")
"""Signs of several currencies: the flow says which."""

_SUM = re.compile(r"\s*(-?)([^\d\s.,+-]{1,3}\$?)?\s*(-?[\d.,]+)\s*([^\d\s.,+-]{1,3}\$?)?\s*")


def read_money(value: object, currency: str) -> Money:
    """The sum in `value`; a currency within it ("EUR 12.50", "€12.50") goes before `currency`."""
    amount, code = _take_apart(value, currency)
    if code not in DECIMALS:
        raise SpeakingError("money", code or value, f"a currency: one of {', '.join(DECIMALS)}")
    number = read_number("money", amount)
    unit = Decimal(1).scaleb(-DECIMALS[code])
    rounded = abs(number).quantize(unit, ROUND_HALF_UP)
    return Money(int(rounded / unit), number < 0 and rounded > 0, code)


def _take_apart(value: object, currency: str) -> tuple[object, str]:
    found = _SUM.fullmatch(value) if isinstance(value, str) and len(value) <= 64 else None
    if not found:
        return value, _code(currency)
    sign, before, amount, after = found.groups()
    marked = before or after or ""
    return f"{sign}{amount}", _code(currency if marked in AMBIGUOUS else marked)


def _code(currency: object) -> str:
    text = str(currency).strip()[:8].upper()
    return SIGNS.get(text, text)
