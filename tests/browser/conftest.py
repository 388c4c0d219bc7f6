"""A browser, and a panel over an empty store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from store.database import connect, disconnect
from store.migrate import migrate
from tests.browser.chromium import BINARY, DRIVER, WHY_NOT, chromium
from tests.browser.panel_process import RunningPanel, panel_process


@pytest.fixture
def browser() -> Iterator[Chrome]:
    if not (BINARY and DRIVER):
        pytest.skip(WHY_NOT)
    with chromium() as driver:
        yield driver


@pytest.fixture
def running_panel(tmp_path: Path) -> Iterator[RunningPanel]:
    connect(tmp_path / "pressline.db")
    migrate()
    with panel_process(tmp_path) as panel:
        yield panel
    disconnect()
