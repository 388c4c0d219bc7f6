"""Whoever is at the browser that asks."""

from flask import g, session

from store.models import PanelUser

from .roles import Permission, permissions_of
from .sessions import session_of

TOKEN = "token"
"""Where the signed cookie keeps the session's token."""


def current_user() -> PanelUser | None:
    """Who is signed in fully, the second factor included; asked of the store once a request."""
    if "panel_user" not in g:
        found = session_of(session.get(TOKEN))
        g.panel_session = found
        g.panel_user = found.user if found else None
    user: PanelUser | None = g.panel_user
    return user


def may(permission: Permission) -> bool:
    user = current_user()
    return user is not None and permission in permissions_of(user.role)


def user_name() -> str:
    """For rows that keep who did something."""
    user = current_user()
    return user.name if user else ""
