"""What can be a telephone number, and what of it the caller hears."""

import re

from ivr_flows.ports import Party
from ivr_flows.sentences import Words
from ivr_flows.speaking import FILTERS

MOST_DIGITS = 15
"""ITU-T E.164, section 6.1."""
NUMBER = re.compile(rf"[0-9]{{3,{MOST_DIGITS}}}", re.ASCII)
SHOWN = re.compile(rf"\+?{NUMBER.pattern}", re.ASCII)


def shown_number(caller: Party) -> str:
    """The caller's number if people can be called at it, else empty."""
    usable = not caller.withheld and SHOWN.fullmatch(caller.number)
    return caller.number if usable else ""


def spoken(sentence: Words, number: str, language: str) -> str:
    """A sentence with the digits of a number in words."""
    return sentence[language].format(number=FILTERS["phone"](number, language))
