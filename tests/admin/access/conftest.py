"""The whole panel, its pages behind signed links included, over a box that does not answer."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from admin.app import create_app
from admin.figures import figures_page
from admin.messages import SharedMessages, message_pages
from admin.panel import Panel
from tests.admin.panels import Asked, a_panel
from voicemail.links import Links


@pytest.fixture
def panel(store: None, tmp_path: Path) -> Panel:
    return a_panel(tmp_path, ask=Asked(away=True))


@pytest.fixture
def guarded(panel: Panel, tmp_path: Path) -> Flask:
    """Every form needs its token, and addresses are counted."""
    links = Links("a secret", "http://127.0.0.1:1")
    messages = message_pages(SharedMessages(links, tmp_path, ZoneInfo("UTC")))
    app = create_app(panel, messages, figures_page(lambda: b"", ""))
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a fault is a 500, as for a user
    return app


@pytest.fixture
def app(guarded: Flask) -> Flask:
    guarded.config["WTF_CSRF_ENABLED"] = False
    guarded.extensions["panel-limiter"].enabled = False
    return guarded
