"""English, as an announcer reads it: "Monday, the third of May, twenty twenty-seven"."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ivr_flows.speaking.currencies import DECIMALS
from ivr_flows.speaking.english_numbers import (
    DIGITS,
    below_hundred,
    cardinal,
    ordinal_word,
    year_words,
)
from ivr_flows.speaking.spoken import CurrencyWords
from ivr_flows.speaking.values import Money, split_decimal

WEEKDAYS = str.split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = str.split(
    "January February March April May June July August September October November December"
)
MARKS = {
    "*": "star",
    "#": "hash",
    "@": "at",
    ".": "dot",
    "-": "dash",
    "_": "underscore",
    "/": "slash",
    "+": "plus",
    "&": "and",
    "'": "apostrophe",
    ",": "comma",
    ":": "colon",
}
CURRENCIES = {
    "USD": CurrencyWords("dollar", "dollars", "cent", "cents"),
    "EUR": CurrencyWords("euro", "euros", "cent", "cents"),
    "GBP": CurrencyWords("pound", "pounds", "penny", "pence"),
    "CNY": CurrencyWords("yuan", "yuan", "fen", "fen"),
    "HKD": CurrencyWords("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "TWD": CurrencyWords("Taiwan dollar", "Taiwan dollars", "cent", "cents"),
    "MOP": CurrencyWords("Macau pataca", "Macau patacas", "avo", "avos"),
    "SGD": CurrencyWords("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "JPY": CurrencyWords("yen", "yen"),
    "AUD": CurrencyWords("Australian dollar", "Australian dollars", "cent", "cents"),
    "CAD": CurrencyWords("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CHF": CurrencyWords("Swiss franc", "Swiss francs", "centime", "centimes"),
}


def digit_words(digits: str) -> str:
    return " ".join(MARKS[digit] if digit in MARKS else DIGITS[int(digit)] for digit in digits)


class English:
    """Implements `SpokenLanguage`."""

    def date(self, date: dt.date, style: str) -> str:
        day = f"the {ordinal_word(date.day)} of {MONTHS[date.month - 1]}"
        if style == "short":
            return day
        dated = f"{day}, {year_words(date.year)}"
        return f"{WEEKDAYS[date.weekday()]}, {dated}" if style == "full" else dated

    def time(self, time: dt.time, style: str) -> str:
        minutes = f"{'oh ' if time.minute < 10 else ''}{below_hundred(time.minute)}"
        if style == "24":
            hour = f"{'oh ' if 0 < time.hour < 10 else ''}{below_hundred(time.hour)}"
            return f"{hour} {minutes}" if time.minute else f"{hour} hundred hours"
        if time.minute == 0 and time.hour in (0, 12):
            return "twelve noon" if time.hour else "twelve midnight"
        hour = below_hundred(time.hour % 12 or 12)
        half = "a.m." if time.hour < 12 else "p.m."
        return f"{hour} {minutes} {half}" if time.minute else f"{hour} {half}"

    def money(self, money: Money) -> str:
        names = CURRENCIES[money.currency]
        units, subunits = divmod(money.subunits, 10 ** DECIMALS[money.currency])
        parts = []
        if units or not subunits:
            parts.append(f"{cardinal(units)} {names.one if units == 1 else names.many}")
        if subunits:
            name = names.one_sub if subunits == 1 else names.many_sub
            parts.append(f"{cardinal(subunits)} {name}")
        return ("minus " if money.negative else "") + " and ".join(parts)

    def number(self, number: Decimal) -> str:
        whole, decimals = split_decimal(number)
        sign = "minus " if number < 0 and (whole or decimals) else ""
        point = f" point {digit_words(decimals)}" if decimals else ""
        return f"{sign}{cardinal(whole)}{point}"

    def digits(self, groups: Sequence[str]) -> str:
        return ", ".join(map(digit_words, groups))

    def phone(self, country: str, groups: Sequence[str]) -> str:
        spoken = self.digits(groups)
        return f"plus {digit_words(country)}, {spoken}".rstrip(", ") if country else spoken

    def ordinal(self, number: int) -> str:
        return ordinal_word(number)

    def spell(self, characters: Sequence[str]) -> str:
        return ", ".join(map(self._letter, characters))

    def _letter(self, character: str) -> str:
        if character.isascii() and character.isdigit():
            return DIGITS[int(character)]
        return MARKS.get(character, character.upper())
