"""What Mandarin and Cantonese share: numbers by ten thousands, and the order of dates and sums.

Each has a file of its own with its words; this one has the rules of 零, of 两 and of 一十.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ivr_flows.speaking.currencies import DECIMALS
from ivr_flows.speaking.values import Money, split_decimal

DIGITS = "零一二三四五六七八九"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Words:
    """Where the two languages differ."""

    two: str
    """The two of things counted: 两 or 兩."""
    two_before: str
    """The places before which a leading 2 is `two` and not 二."""
    scales: tuple[str, ...]
    """The names of 1, 10⁴, 10⁸ and 10¹²."""
    minus: str
    point: str
    phone_one: str
    """一 as it is said in phone numbers."""
    day: str
    hour: str
    o_clock: str
    half: str
    periods: Sequence[tuple[int, str]]
    """The hour from which each part of the day has its name, in order."""
    noon: str
    midnight: str
    ordinal: str
    country_code: str
    marks: Mapping[str, str]
    currencies: Mapping[str, tuple[str, str, tuple[str, ...]]]
    """Words before the sum, its unit, and its parts: hundredths (分), or tenths and hundredths."""


@dataclass(frozen=True, slots=True)
class Chinese:
    """Implements `SpokenLanguage` over a language's words."""

    words: Words

    def cardinal(self, number: int) -> str:
        if number == 0:
            return DIGITS[0]
        spoken, gap = "", False
        for scale in range(len(self.words.scales) - 1, -1, -1):
            section = number // 10_000**scale % 10_000
            if not section:
                gap = bool(spoken)
                continue
            if gap or (spoken and section < 1000):
                spoken += DIGITS[0]
            spoken += self._section(section, self.words.scales[scale], leading=not spoken)
            gap = False
        return spoken

    def _section(self, section: int, scale: str, *, leading: bool) -> str:
        if section == 2 and scale and scale[0] in self.words.two_before:
            return self.words.two + scale
        spoken, gap = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = section // place % 10
            if not digit:
                gap = bool(spoken)
                continue
            spoken += DIGITS[0] if gap else ""
            spoken += self._digit(digit, name, leading=leading and not spoken) + name
            gap = False
        return spoken + scale

    def _digit(self, digit: int, place: str, *, leading: bool) -> str:
        if digit == 1 and place == "十" and leading:
            return ""
        has_two = place == "千" or (place == "百" and leading)
        if digit == 2 and has_two and place in self.words.two_before:
            return self.words.two
        return DIGITS[digit]

    def _counted(self, number: int) -> str:
        """A number before a unit: 两元, but 十二元."""
        return self.words.two if number == 2 else self.cardinal(number)

    def date(self, date: dt.date, style: str) -> str:
        day = f"{self.cardinal(date.month)}月{self.cardinal(date.day)}{self.words.day}"
        if style == "short":
            return day
        dated = f"{''.join(DIGITS[int(digit)] for digit in str(date.year))}年{day}"
        return f"{dated}，星期{WEEKDAYS[date.weekday()]}" if style == "full" else dated

    def time(self, time: dt.time, style: str) -> str:
        if style == "24":
            return self._clock(time.hour, time.minute)
        if time.minute == 0 and time.hour in (0, 12):
            return self.words.noon if time.hour else self.words.midnight
        period = [name for start, name in self.words.periods if start <= time.hour][-1]
        return period + self._clock(time.hour if time.hour <= 12 else time.hour - 12, time.minute)

    def _clock(self, hour: int, minute: int) -> str:
        spoken = self._counted(hour) + self.words.hour
        if minute == 0:
            return spoken + self.words.o_clock
        if minute == 30:
            return spoken + self.words.half
        return f"{spoken}{DIGITS[0] if minute < 10 else ''}{self.cardinal(minute)}分"

    def money(self, money: Money) -> str:
        before, unit, parts = self.words.currencies[money.currency]
        units, subunits = divmod(money.subunits, 10 ** DECIMALS[money.currency])
        spoken = self._counted(units) + unit if units or not subunits else ""
        spoken += self._subunits(subunits, parts, after_units=bool(units)) if subunits else ""
        return (self.words.minus if money.negative else "") + before + spoken

    def _subunits(self, subunits: int, names: tuple[str, ...], *, after_units: bool) -> str:
        if len(names) == 1:
            return self._counted(subunits) + names[0]
        tenths, hundredths = divmod(subunits, 10)
        spoken = self._counted(tenths) + names[0] if tenths else ""
        if hundredths:
            gap = DIGITS[0] if after_units and not tenths else ""
            two = DIGITS[hundredths] if gap else self._counted(hundredths)
            spoken += gap + two + names[1]
        return spoken

    def number(self, number: Decimal) -> str:
        whole, decimals = split_decimal(number)
        sign = self.words.minus if number < 0 and (whole or decimals) else ""
        point = self.words.point + self._row(decimals) if decimals else ""
        return f"{sign}{self.cardinal(whole)}{point}"

    def digits(self, groups: Sequence[str]) -> str:
        return "，".join(map(self._row, groups))

    def phone(self, country: str, groups: Sequence[str]) -> str:
        spoken = [group.replace("一", self.words.phone_one) for group in map(self._row, groups)]
        if country:
            code = self._row(country).replace("一", self.words.phone_one)
            spoken.insert(0, self.words.country_code + code)
        return "，".join(spoken)

    def ordinal(self, number: int) -> str:
        return self.words.ordinal + self.cardinal(number)

    def spell(self, characters: Sequence[str]) -> str:
        return "，".join(map(self._letter, characters))

    def _row(self, digits: str) -> str:
        return "".join(self.words.marks.get(digit) or DIGITS[int(digit)] for digit in digits)

    def _letter(self, character: str) -> str:
        if character.isascii() and character.isdigit():
            return DIGITS[int(character)]
        return self.words.marks.get(character, character.upper())
