"""A box that may hold an hour, and people of the newsroom."""

from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from tests.admin.panels import Asked, signed_in


@pytest.fixture
def box(panel: Panel) -> Asked:
    return cast(Asked, panel.ask)


@pytest.fixture
def host(app: Flask) -> FlaskClient:
    return signed_in(app, Role.HOST)


@pytest.fixture
def screener(app: Flask) -> FlaskClient:
    return signed_in(app, Role.SCREENER)
