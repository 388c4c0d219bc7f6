"""Pictures of every page, for the documentation: `python -m tests.browser.pictures [FOLDER]`."""

import re
import sys
import tempfile
import time
from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.chromium import PATIENCE, chromium
from tests.browser.every_page import every_page
from tests.browser.panel_process import RunningPanel
from tests.browser.sample import sample_home
from tests.end_to_end.box import Box

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SCREENS = {"desk": (1280, 900), "phone": (375, 800)}
SETTLED = 1.5
"""Seconds after which what a page fetches by itself is there."""


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        box = Box(Path(scratch) / "home")
        with sample_home(box.home):
            try:
                box.start()
                take(folder, RunningPanel(box.home, f"http://{box.panel}"))
            finally:
                box.close()


def take(folder: Path, panel: RunningPanel) -> None:
    for screen, size in SCREENS.items():
        with chromium(*size) as browser:
            panel.let_in(browser, user(Role.ADMINISTRATOR))
            for path in every_page(browser, panel):
                settle(browser)
                browser.save_screenshot(str(folder / f"{_name(path)}-{screen}.png"))


def settle(browser: Chrome) -> None:
    """Until the page has fetched what it fetches by itself; a flow's first check takes longer."""
    time.sleep(SETTLED)
    WebDriverWait(browser, PATIENCE).until(
        lambda shown: not any("…" in one.text for one in shown.find_elements(By.ID, "verdict"))
    )
    time.sleep(SETTLED)


def _name(path: str) -> str:
    """Without what differs from one run to the next."""
    place = re.sub(r"[?#].*|(?<=/)[0-9a-f]{32}", "", path).replace("//", "/one/").strip("/")
    return re.sub(r"[^a-z]+", "-", place.lower()).strip("-") or "overview"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
