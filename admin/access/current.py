"""Whoever is at the browser that asks."""

from flask import g, has_request_context, session

from store.models import PanelSession, PanelUser

from . import sessions
from .roles import Permission, permissions_of
from .stages import Stage, stage_of

TOKEN = "token"
"""Where the signed cookie keeps the session's token."""


def current_session() -> PanelSession | None:
    """Of whoever has shown a password at least; asked of the store once a request."""
    if "panel_session" not in g:
        g.panel_session = sessions.living(_token())
    found: PanelSession | None = g.panel_session
    return found


def current_user() -> PanelUser | None:
    """Who is signed in fully, the second factor included."""
    found = current_session()
    return found.user if found is not None and stage_of(found) == Stage.IN else None


def may(permission: Permission) -> bool:
    user = current_user()
    return user is not None and permission in permissions_of(user.role)


def user_name() -> str:
    """For rows that keep who did something; empty: the box itself, or a command."""
    found = current_session() if has_request_context() else None
    return found.user.name if found else ""


def take_up(token: str) -> PanelSession | None:
    """Let this browser go on with another session, and with nothing of what it had before.

    Whoever set a cookie in somebody's browser beforehand gains nothing by it.
    """
    before = _token()
    if before and before != token:
        sessions.end(before)
    session.clear()
    session[TOKEN] = token
    for kept in ("panel_session", "csrf_token"):
        g.pop(kept, None)
    return current_session()


def leave() -> None:
    """Sign this browser out."""
    if token := _token():
        sessions.end(token)
    session.clear()
    g.panel_session = None


def _token() -> str | None:
    token = session.get(TOKEN)
    return token if isinstance(token, str) else None
