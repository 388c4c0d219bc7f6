"""Cuts a text into sentences: what is constant in a prompt is then rendered once and kept.

Both the loader (what can be rendered ahead) and speech itself cut by this one function, so a cut
depends only on the characters near it, never on what stands elsewhere in the text.
"""

import re
from collections.abc import Iterator

MAX_PIECE = 300
"""Characters in one piece: an engine says these well within its two seconds."""

TITLES = frozenset(str.split("mr mrs ms dr prof rev hon gen col sgt capt lt vs"))
"""Abbreviations after which a sentence never ends, for a name follows."""
NUMBERED = frozenset(str.split("no nos ext tel fig vol p pp"))
"""Abbreviations of what has a number: "No. 5" goes on, "No. Come back" does not."""
CLOSERS = frozenset(str.split("st jr sr etc inc ltd co corp a.m p.m e.g i.e u.s u.k approx dept"))
"""Abbreviations after which a sentence may end: it does where an opening word follows."""
OPENERS = frozenset(
    str.split(
        "after all an and another any are as at before but call can do everyone for from he here "
        "how if in is it its key may my no now of on or our outside please press say she so thank "
        "thanks that the their then there these they this those to today tomorrow until we welcome "
        "what when where which who why with yes you your"
    )
)

# Possessive, and never begun within a run: linear in the length of a hostile row of full stops.
_STOP = re.compile(r"[。！？；…]++[”’」』）)\"']*+|(?<![.!?])[.!?]++[”’)\"']*+(?=\s|\Z)|\n+")
_BREATH = re.compile(r"[，、：]|[,;:–—](?=\s)")
_LAST_WORD = re.compile(r"[^\W_](?:[\w.]{0,11})$")
_NEXT_WORD = re.compile(r"\s*+[\"'“‘(]?([^\W_]{1,12})")


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of `text` in order, none empty, each at most `MAX_PIECE` characters.

    `language` is one of the flow's; English abbreviations are minded in every one of them,
    for names are the same in all.
    """
    return [
        piece
        for sentence in _sentences(text)
        for piece in _pieces(sentence)
        if any(character.isalnum() for character in piece)
    ]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        if not _is_end(text, stop):
            continue
        yield _one_line(text[start : stop.end()])
        start = stop.end()
    yield _one_line(text[start:])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_end(text: str, stop: re.Match[str]) -> bool:
    if stop.group() != ".":
        return True
    found = _LAST_WORD.search(text, max(0, stop.start() - 12), stop.start())
    word = found.group() if found else ""
    following = _next_word(text, stop.end())
    if word.lower() in TITLES:
        return not following
    if word.lower() in NUMBERED and following.isdigit():
        return False
    if word.lower() in CLOSERS or _is_initial(word):
        return following.istitle() and following.lower() in OPENERS
    return True


def _is_initial(word: str) -> bool:
    """The J of "J. Smith"."""
    return len(word) == 1 and word.isalpha() and word.isupper()


def _next_word(text: str, at: int) -> str:
    found = _NEXT_WORD.match(text, at)
    return found.group(1) if found else ""


def _pieces(sentence: str) -> Iterator[str]:
    while len(sentence) > MAX_PIECE:
        at = _cut(sentence)
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    yield sentence


def _cut(sentence: str) -> int:
    """Where a too long sentence is cut: after the last comma that fits, a space, or anywhere."""
    breaths = [found.end() for found in _BREATH.finditer(sentence, 0, MAX_PIECE)]
    if breaths and breaths[-1] >= MAX_PIECE // 4:
        return breaths[-1]
    space = sentence.rfind(" ", MAX_PIECE // 4, MAX_PIECE)
    return space if space > 0 else MAX_PIECE
