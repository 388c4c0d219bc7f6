"""Flows in the store, and somebody who edits them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from store import flows
from tests.admin.flows.texts import MAIN
from tests.admin.panels import signed_in


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    return signed_in(app, Role.EDITOR)


@pytest.fixture
def main(store: None) -> str:
    """A flow whose first version is live."""
    flows.save_draft("main", MAIN, author="ann")
    flows.go_live("main", 1)
    return "main"
