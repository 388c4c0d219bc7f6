"""From one step of signing in to the next."""

from flask import redirect, request
from werkzeug.wrappers import Response

from admin.access import sessions
from admin.access.current import current_session, take_up
from admin.access.stages import Stage, stage_of
from admin.audit import record
from store.fields import now
from store.models import PanelSession, PanelUser

from .wished import remember, remembered


def begin(user: PanelUser) -> Response:
    """The password was right."""
    browser = request.headers.get("User-Agent", "")
    return _sent_on(sessions.begin(user, address(), browser, second_factor=False))


def go_on(found: PanelSession) -> Response:
    """Something that was missing is there now."""
    return _sent_on(sessions.renew(found))


def renew(found: PanelSession) -> None:
    """The same session by another token, for whoever may do more from now on."""
    _let_in(sessions.renew(found))


def elsewhere(page: Stage) -> Response | None:
    """Where somebody belongs who is not to see this page of the sign-in."""
    found = current_session()
    stage = stage_of(found) if found else None
    return None if stage == page else redirect(_place(stage))


def address() -> str:
    return request.remote_addr or ""


def _sent_on(token: str) -> Response:
    return redirect(_place(_let_in(token)))


def _let_in(token: str) -> Stage | None:
    wished = remembered()
    found = take_up(token)
    remember(wished)
    stage = stage_of(found) if found else None
    if found is not None and stage == Stage.IN:
        _arrived(found)
    return stage


def _place(stage: Stage | None) -> str:
    if stage is None:
        return "/sign-in"
    return remembered() if stage == Stage.IN else str(stage)


def _arrived(found: PanelSession) -> None:
    user = found.user
    user.last_seen_at = now()
    user.save(only=[PanelUser.last_seen_at])
    record("sign-in", "user", user.name, None, {"second factor": found.second_factor})
