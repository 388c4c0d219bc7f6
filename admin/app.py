"""The panel's Flask application."""

from collections.abc import Mapping

from flask import Blueprint, Flask, redirect, url_for

from .health import Check, health_page


def create_app(checks: Mapping[str, Check], *pages: Blueprint) -> Flask:
    """The panel. `checks` are what `/healthz` runs, by the name of the part."""
    app = Flask(__name__)
    for page in (health_page(checks), *pages):
        app.register_blueprint(page)
    app.add_url_rule("/", view_func=lambda: redirect(url_for("health.healthz")))
    return app
