"""Requests that another site's page sends with our user's browser: refused before the token is
looked at, so that a token that leaked is of no use to such a page."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_other_sites(app: Flask) -> None:
    app.before_request(_look)


def _look() -> None:
    if request.method not in READING and _is_from_elsewhere():
        abort(403, "This was sent by a page of another site.")


def _is_from_elsewhere() -> bool:
    """Browsers tell; old ones, and those on a network without HTTPS, name the page's origin."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
