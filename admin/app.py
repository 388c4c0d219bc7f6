"""The panel's Flask application."""

from collections.abc import Mapping

from flask import Flask, redirect, url_for

from .health import Check, health_page


def create_app(checks: Mapping[str, Check]) -> Flask:
    """The panel. `checks` are what `/healthz` runs, by the name of the part."""
    app = Flask(__name__)
    app.register_blueprint(health_page(checks))
    app.add_url_rule("/", view_func=lambda: redirect(url_for("health.healthz")))
    return app
