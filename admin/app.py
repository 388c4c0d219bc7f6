"""The panel's Flask application."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Flask, Response, make_response
from flask_admin import Admin
from flask_admin.base import BaseView
from flask_admin.theme import Bootstrap4Theme
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from store import database
from store.errors import StoreAway

from . import languages, pages, policy
from .access.guard import guard
from .access.limits import limits
from .access.origin import refuse_other_sites
from .health import health_page
from .overview.view import Overview
from .panel import Panel
from .request_log import number_requests
from .sent import PanelRequest
from .subjects import blueprints, views

LARGEST_REQUEST = 64 * 1024 * 1024
"""Bytes of an upload; larger ones are refused with 413 before they are read."""
LARGEST_FORM = 8 * 1024 * 1024
"""Bytes of a form without its files: the longest flow, with room."""


class RowNumber(IntegerConverter):
    """Of an address: what no row can be numbered is no page, rather than a fault of the store."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **{"max": 2**31 - 1, **more})


def create_app(panel: Panel, *others: Blueprint) -> Flask:
    """The whole panel; `others` are pages that anybody may see, behind signed links."""
    app = Flask(__name__)
    app.extensions["panel"] = panel
    app.config.update(
        SECRET_KEY=panel.secret,
        SESSION_COOKIE_NAME="__Host-pressline" if panel.secure else "pressline",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=panel.secure,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: forms stay open for hours
        COMPRESS_REGISTER=True,
    )
    app.request_class = PanelRequest
    number_requests(app)
    app.url_map.converters["int"] = RowNumber
    _proxies(app, panel.proxies)
    _store(app)
    refuse_other_sites(app)
    limits(app)
    CSRFProtect(app)
    Compress(app)
    policy.headers(app)
    languages.set_up(app)
    guard(app)
    pages.set_up(app)
    for page in (health_page(panel.checks), *blueprints(panel), *others):
        app.register_blueprint(page)
    _admin(app, panel, views(panel))
    return app


def _admin(app: Flask, panel: Panel, others: Iterable[BaseView]) -> None:
    theme = Bootstrap4Theme(base_template="panel/base.html")
    admin = Admin(
        app,
        name=f"Pressline · {panel.paper}",
        url="/",
        theme=theme,
        index_view=Overview(),
        csp_nonce_generator=policy.nonce,
    )
    admin.add_views(*others)
    app.extensions["panel-views"] = {view.endpoint: view for view in admin._views}


def _proxies(app: Flask, count: int) -> None:
    """Who asks, as so many reverse proxies tell; anybody could write that header otherwise."""
    if count:
        told = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = told  # type: ignore[method-assign]


def _store(app: Flask) -> None:
    """A connection for each request; what needs none does without."""

    @app.teardown_appcontext
    def close(_: BaseException | None) -> None:
        database.disconnect()

    @app.errorhandler(StoreAway)
    def away(_: StoreAway) -> Response:
        return make_response("The store does not answer just now; try again in a minute.", 503)
