"""Headers of every answer: what a page of the panel may load, and who may show it."""

import secrets

from flask import Flask, Response, g


def nonce() -> str:
    """This answer's own; scripts and styles in the page's text must carry it."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def may_connect_to(url: str) -> None:
    """Let this answer's page open a connection beside those to the panel."""
    g.connect_to = url


def headers(app: Flask) -> None:
    app.after_request(_with_headers)


def _with_headers(answer: Response) -> Response:
    # `setdefault`: pages that anybody may see have a stricter policy of their own.
    answer.headers.setdefault("Content-Security-Policy", _policy())
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
    if answer.mimetype == "text/html":
        answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def _policy() -> str:
    own = f"'self' 'nonce-{nonce()}'"
    connect = f"'self' {g.get('connect_to', '')}".strip()
    return (
        f"default-src 'none'; script-src {own}; style-src {own}; img-src 'self' data:; "
        f"font-src 'self'; connect-src {connect}; media-src 'self' blob:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
