"""An application's argument in words."""

import shlex


def words_of(argument: str) -> list[str]:
    """Words apart by spaces, kept together by single quotes; backslashes stay."""
    lexer = shlex.shlex(argument, posix=True)
    lexer.whitespace_split = True
    lexer.quotes = "'"
    lexer.escape = ""
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:  # an unpaired quote
        return argument.split()
