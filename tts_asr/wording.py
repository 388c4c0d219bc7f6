"""Texts as engines may see them: one line, nothing but what can be said."""

import unicodedata

from tts_asr.errors import TextTooLong

MAX_TEXT = 5_000
"""Characters: five minutes of talk, more than any caller listens to."""
SAID_SYMBOLS = frozenset("°©®™№℃℉")
"""Symbols that engines read well; other pictures (emoji) are left out, for engines spell them."""
UNSAID = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"})
"""Unicode categories of controls, lone surrogates, private characters, pictures, modifiers."""


def clean_text(text: str) -> str:
    """`text` in one line without what cannot be said. Raises `TextTooLong`.

    Controls go because espeak takes some for commands; line ends become spaces.
    """
    if len(text) > MAX_TEXT:
        raise TextTooLong(len(text), MAX_TEXT)
    kept = (character if _is_said(character) else " " for character in text)
    return " ".join("".join(kept).split())


def _is_said(character: str) -> bool:
    return character in SAID_SYMBOLS or unicodedata.category(character) not in UNSAID


def can_be_said(text: str) -> bool:
    """Whether there is a letter or a digit in `text`, or a symbol that has a name."""
    return any(character.isalnum() or character in SAID_SYMBOLS for character in text)
