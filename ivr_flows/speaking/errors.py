"""What may go wrong when a value is put into words.

SpeakingError         the value or an argument cannot be spoken; the message says why
└── LanguageUnknown   no words are known for the language
"""

import reprlib


class SpeakingError(ValueError):
    """A value cannot be spoken: which filter, what was given, what was expected."""

    def __init__(self, word: str, given: object, expected: str) -> None:
        super().__init__(f"{word}: {_shown(given)} cannot be spoken, expected {expected}")


def _shown(given: object) -> str:
    try:
        return reprlib.repr(given)[:80]
    except ValueError:  # Python refuses to print an integer of more than 4,300 digits
        return f"a huge {type(given).__name__}"


class LanguageUnknown(SpeakingError):
    """The language has no table of words."""
