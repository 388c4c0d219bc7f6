"""Pictures of every page, for the documentation: `python -m tests.browser.pictures [FOLDER]`."""

import re
import sys
import tempfile
from pathlib import Path

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.chromium import chromium
from tests.browser.every_page import every_page
from tests.browser.panel_process import panel_process
from tests.browser.sample import sample_home

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SCREENS = {"desk": (1280, 900), "phone": (375, 800)}


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        sample_home(Path(home)),
        panel_process(Path(home)) as panel,
    ):
        for screen, size in SCREENS.items():
            with chromium(*size) as browser:
                panel.let_in(browser, user(Role.ADMINISTRATOR))
                for path in every_page(browser, panel):
                    browser.save_screenshot(str(folder / f"{_name(path)}-{screen}.png"))


def _name(path: str) -> str:
    """Without what differs from one run to the next."""
    place = re.sub(r"[?#].*", "", path).strip("/")
    return re.sub(r"[^a-z]+", "-", place.lower()).strip("-") or "overview"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
