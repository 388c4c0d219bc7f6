"""What one language must know to speak values: the shape of the table in `filters.py`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ivr_flows.speaking.values import Money


class SpokenLanguage(Protocol):
    """Each method gets a checked value and returns words without a full stop."""

    def date(self, date: dt.date, style: str) -> str: ...
    def time(self, time: dt.time, style: str) -> str: ...
    def money(self, money: Money) -> str: ...
    def number(self, number: Decimal) -> str: ...
    def digits(self, groups: Sequence[str]) -> str: ...
    def phone(self, country: str, groups: Sequence[str]) -> str: ...
    def ordinal(self, number: int) -> str: ...
    def spell(self, characters: Sequence[str]) -> str: ...


@dataclass(frozen=True, slots=True)
class CurrencyWords:
    """The names of a currency's unit and subunit, for one and for many."""

    one: str
    many: str
    one_sub: str = ""
    many_sub: str = ""
