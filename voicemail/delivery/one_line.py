"""Texts from callers and servers, before they come near a header, a subject or a log line."""

import unicodedata

UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of controls, invisible and direction marks, lone surrogates, line ends."""


def one_line(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters, without what cannot be seen."""
    kept = (" " if unicodedata.category(each) in UNSAFE else each for each in text[: 4 * limit])
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
