"""One door before every page: what names no permission is closed, not open."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, runtime_checkable
from urllib.parse import urlencode

from flask import Flask, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from admin.wishes import wants_json

from .current import current_session, current_user, may
from .roles import Permission
from .stages import Stage, stage_of

F = TypeVar("F", bound=Callable[..., Any])


class Open:
    """Instead of a permission: pages that everybody, or everybody who is signed in, may see."""

    EVERYBODY = "everybody"
    HALFWAY = "password shown"
    """What is asked between the password and the panel; each page looks whose turn it is."""
    SIGNED_IN = "signed in"


Need = Permission | str
"""A permission, or one of `Open`."""

_NEEDS = "__panel_needs__"


def needs(need: Need) -> Callable[[F], F]:
    """Tell what a page asks for. For a function of a blueprint or a method of a view."""

    def tell(page: F) -> F:
        setattr(page, _NEEDS, need)
        return page

    return tell


@runtime_checkable
class Needing(Protocol):
    """A view of several pages that tells what each of them asks for."""

    def need_of(self, page: str) -> Need | None: ...


def told_need(page: Any) -> Need | None:
    need: Need | None = getattr(page, _NEEDS, None)
    return need


def need_of(app: Flask, endpoint: str) -> Need | None:
    """What the page behind `endpoint` asks for; none: it is closed to everybody."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return Open.EVERYBODY
    told = told_need(app.view_functions.get(endpoint))
    if told is not None:
        return told
    name, _, page = endpoint.rpartition(".")
    view = app.extensions["panel-views"].get(name)
    return view.need_of(page) if isinstance(view, Needing) else None


def guard(app: Flask) -> None:
    """Have every request pass the door."""
    app.before_request(_door)


def _door() -> Response | None:
    if request.endpoint is None:  # no such page: the 404 follows
        return None
    need = need_of(current_app, request.endpoint)
    if need == Open.EVERYBODY:
        return None
    if need == Open.HALFWAY and current_session() is not None:
        return None
    user = current_user()
    if user is None:
        return _to_sign_in()
    if need != Open.SIGNED_IN and not (isinstance(need, Permission) and may(need)):
        abort(403)
    return None


def _to_sign_in() -> Response:
    if request.method != "GET" or wants_json():
        abort(401)
    found = current_session()
    if found is not None and (stage := stage_of(found)) != Stage.IN:
        return redirect(stage)
    return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}")
