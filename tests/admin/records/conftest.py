"""Somebody signed in, for the tests of the records."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.panel import Panel
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def box(panel: Panel) -> FakeRecords:
    assert isinstance(panel.records, FakeRecords)
    return panel.records
