"""The page that somebody wanted before he was asked to sign in."""

from urllib.parse import urlsplit

from flask import session

NEXT = "next"
"""Where the cookie keeps it, while one step of signing in follows the other."""
LONGEST = 500
HOME = "/"


def own_path(wished: str) -> str:
    """`wished` when it is a path of this panel, else the first page: a link that looks like ours
    must not lead elsewhere."""
    if not wished.startswith("/") or wished.startswith("//") or len(wished) > LONGEST:
        return HOME
    # Browsers take a backslash for a slash, and leave out control characters.
    if "\\" in wished or any(ord(letter) <= 32 or ord(letter) == 127 for letter in wished):
        return HOME
    try:
        parts = urlsplit(wished)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc or wished.startswith("/sign-") else wished


def remember(wished: str) -> None:
    session[NEXT] = own_path(wished)


def remembered() -> str:
    """Looked at again: it has been in the browser."""
    return own_path(str(session.get(NEXT, HOME)))
