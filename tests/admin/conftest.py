"""Stores and panels for the tests of the panel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from admin.panel import Panel
from store.database import connect, disconnect
from store.migrate import migrate
from tests.admin.panels import a_panel, without_csrf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    connect(tmp_path / "pressline.db")
    migrate()
    yield
    disconnect()


@pytest.fixture
def panel(store: None, tmp_path: Path) -> Panel:
    return a_panel(tmp_path)


@pytest.fixture
def app(panel: Panel) -> Flask:
    return without_csrf(panel)
