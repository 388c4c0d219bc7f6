"""`GET /metrics`: the box's figures for Prometheus, for this machine or whoever knows the token."""

import hmac
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST

from .access.guard import Open, needs

FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""A web server in front asks from this machine, too: who comes through it is from elsewhere."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names by which this machine calls itself: a page that has its own name lead here is refused."""


def figures_page(text: Callable[[], bytes], token: str) -> Blueprint:
    """`text` makes the page anew. Without a `token` only this machine may see it."""
    page = Blueprint("figures", __name__)

    @page.get("/metrics")
    @needs(Open.EVERYBODY)
    def metrics() -> Response:
        if not (_knows(token) or _is_from_here()):
            abort(403, "Figures are for this machine, or for whoever sends the token.")
        answer = Response(text(), content_type=CONTENT_TYPE_LATEST)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return page


def _knows(token: str) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    is_right = hmac.compare_digest(given.strip().encode(), token.encode())
    return bool(token) and kind.lower() == "bearer" and is_right


def _is_from_here() -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        is_near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_near and urlsplit(f"//{request.host}").hostname in HERE
