"""A piece's words as readers see them, and what must not be in them."""

import re
import unicodedata

from store.models import Piece

DIGITS = 6
"""The last ones of a number, with which people tell it within a town; shorter numbers are inside
extensions, years, prices."""
LEAST_NAME = 5
"""Characters of a name with a first and a last part; caller-ID names are hostile, and a shorter
one may be any word of a text."""
_BETWEEN = r"[\s,().\-/–]*"
"""What people write between the digits of a phone number."""
_SAID = {
    **{
        word: str(digit)
        for digit, word in enumerate(
            ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        )
    },
    **{word: str(digit) for digit, word in enumerate("零一二三四五六七八九")},
    "oh": "0",
    "〇": "0",
    "幺": "1",
    "两": "2",
}
"""Digits as machines write down what was spoken."""
_SPOKEN = re.compile(r"\b(?:[a-z]{2,5})\b|[零一二三四五六七八九〇幺两]")


def words_of(piece: Piece) -> str:
    """The editor's wording; else what was heard between the marks."""
    if piece.corrected:
        return str(piece.corrected)
    if not piece.words or not is_cut(piece):
        return str(piece.transcript)
    end = end_of(piece)
    within = [word for word in piece.words if word["end"] > piece.cut_start and word["start"] < end]
    # The machine's own text tells whether the language puts spaces between words.
    return (" " if " " in piece.transcript else "").join(word["text"] for word in within)


def is_cut(piece: Piece) -> bool:
    return bool(piece.cut_start) or piece.cut_end is not None


def end_of(piece: Piece) -> float:
    """Seconds from the beginning of the recording."""
    return float(piece.seconds if piece.cut_end is None else piece.cut_end)


def betrays(piece: Piece, text: str) -> str:
    """What in `text` tells who the caller is, in plain words; empty when nothing does."""
    return _number_in(text, _numbers(piece)) or _name_in(text, _names(piece))


def _number_in(text: str, numbers: set[str]) -> str:
    told = _SPOKEN.sub(lambda word: _SAID.get(word[0], word[0]), _folded(text))
    for number in numbers:
        digits = re.sub(r"[^0-9]", "", number)[-DIGITS:]
        if len(digits) == DIGITS and re.search(_BETWEEN.join(digits), told):
            return "the text holds the caller's number"
    return ""


def _name_in(text: str, names: set[str]) -> str:
    said = f" {_plain(text)} "
    for name in map(_plain, names):
        if len(name) >= LEAST_NAME and " " in name and f" {name} " in said:
            return "the text holds the caller's name"
    return ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", _folded(text)))


def _folded(text: str) -> str:
    """Without capitals, wide digits and other dress."""
    return unicodedata.normalize("NFKC", text).casefold()


def _numbers(piece: Piece) -> set[str]:
    asked = piece.question
    own = {asked.caller_number, asked.contact_number} if asked else set()
    return own | {piece.contact_number} | {one["number"] for one in _callers(piece)}


def _names(piece: Piece) -> set[str]:
    own = {piece.question.caller_name} if piece.question else set()
    return own | {one["name"] for one in _callers(piece)}


def _callers(piece: Piece) -> list[dict[str, str]]:
    return [one for one in piece.people if one["role"] == "caller"]
