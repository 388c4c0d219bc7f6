"""The filters for speech: `{{ value | date }}` becomes words that any engine says right.

Each takes the value, the language, and what the flow's author wrote in brackets.
"""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ivr_flows.speaking import values
from ivr_flows.speaking.cantonese import CANTONESE
from ivr_flows.speaking.currencies import read_money
from ivr_flows.speaking.english import English
from ivr_flows.speaking.errors import LanguageUnknown, SpeakingError
from ivr_flows.speaking.grouping import group_digits, group_phone
from ivr_flows.speaking.mandarin import MANDARIN
from ivr_flows.speaking.spoken import SpokenLanguage

LANGUAGES: Mapping[str, SpokenLanguage] = MappingProxyType(
    {
        "en": English(),
        "zh": MANDARIN,
        "cmn": MANDARIN,
        "yue": CANTONESE,
        "zh-hk": CANTONESE,
        "zh-mo": CANTONESE,
        "zh-hant-hk": CANTONESE,
    }
)
DATE_STYLES = ("full", "long", "short")
TIME_STYLES = ("12", "24")
MAX_SPELLED = 80
"""Longer is nobody's name or address, and takes a minute to listen to."""


def language_words(language: str) -> SpokenLanguage:
    """The words of `language` ("en", "en-GB", "zh_CN" …). Raises `LanguageUnknown`."""
    tag = language.lower().replace("_", "-")
    found = LANGUAGES.get(tag) or LANGUAGES.get(tag.split("-")[0])
    if not found:
        raise LanguageUnknown("language", language, "en, zh or yue")
    return found


def date(value: object, language: str, style: str = "full") -> str:
    """`full` has the weekday, `long` the year, `short` only day and month."""
    words = language_words(language)
    return words.date(values.read_date("date", value), _style("date", style, DATE_STYLES))


def time(value: object, language: str, style: object = "12") -> str:
    """`12` has the part of the day, `24` counts the hours through."""
    words = language_words(language)
    return words.time(values.read_time("time", value), _style("time", style, TIME_STYLES))


def money(value: object, language: str, currency: str = "") -> str:
    """A sum, rounded to its smallest coin; `currency` may be within the value: "EUR 12.50"."""
    return language_words(language).money(read_money(value, currency))


def number(value: object, language: str) -> str:
    """A number in words, with up to six decimals."""
    return language_words(language).number(values.read_number("number", value))


def digits(value: object, language: str, size: int = 3) -> str:
    """Digit by digit, with a pause after every `size`, or where the value has a space or dash."""
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= 10:
        raise SpeakingError("digits", size, "groups of 1 to 10 digits")
    return language_words(language).digits(group_digits(value, size))


def phone(value: object, language: str) -> str:
    """A phone number in the groups in which people say it, the country code first."""
    return language_words(language).phone(*group_phone(value))


def ordinal(value: object, language: str) -> str:
    """The place in a row: first, 第一."""
    return language_words(language).ordinal(values.read_whole("ordinal", value))


def spell(value: object, language: str) -> str:
    """Character by character; what has no name of its own (emoji, control codes) is left out."""
    expected = f"up to {MAX_SPELLED} letters and digits"
    text = values.read_text("spell", value, expected, MAX_SPELLED)
    characters = [character for character in text if _is_spoken(character)]
    if not characters:
        raise SpeakingError("spell", value, expected)
    return language_words(language).spell(characters)


def _is_spoken(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or character in "*#@.-_/+&',:"


def _style(word: str, style: object, known: tuple[str, ...]) -> str:
    if str(style) not in known:
        raise SpeakingError(word, style, f"a style: one of {', '.join(known)}")
    return str(style)


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "date": date,
        "time": time,
        "money": money,
        "number": number,
        "digits": digits,
        "phone": phone,
        "ordinal": ordinal,
        "spell": spell,
    }
)
