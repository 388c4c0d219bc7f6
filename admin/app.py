"""The panel's Flask application."""

from collections.abc import Mapping

from flask import Flask

from .health import Check, health_page


def create_app(checks: Mapping[str, Check]) -> Flask:
    """The panel. `checks` are what `/healthz` runs, by the name of the part."""
    app = Flask(__name__)
    app.register_blueprint(health_page(checks))
    return app
