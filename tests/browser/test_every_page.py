"""Every page of the panel, with a week's data: without complaint, for all eyes, on every screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.chromium import BINARY, DRIVER, WHY_NOT, chromium, complaints
from tests.browser.every_page import every_page
from tests.browser.panel_process import RunningPanel, panel_process
from tests.browser.sample import sample_home

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
RUN_AXE = """
const done = arguments[0];
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
  .then((found) => done(found.violations.map((one) => [one.impact, one.id,
     one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])),
   (fault) => done([["failed", String(fault), []]]));
"""
SERIOUS = {"serious", "critical", "failed"}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPanel]:
    if not (BINARY and DRIVER):
        pytest.skip(WHY_NOT)
    home = tmp_path_factory.mktemp("home")
    with sample_home(home), panel_process(home) as running:
        yield running


def faults(browser: Chrome, *, wide: bool) -> list[Any]:
    """What is wrong with the page that the browser shows."""
    found: list[Any] = complaints(browser)
    width = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    if width[0] > width[1]:
        found.append(f"wider than the screen: {width}")
    if wide:
        browser.execute_script(AXE)
        found += [one for one in browser.execute_async_script(RUN_AXE) if one[0] in SERIOUS]
        complaints(browser)  # of axe's own styles, which the policy keeps out
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", [1280, 375], ids=["desk", "phone"])
def test_every_page_is_sound(panel: RunningPanel, width: int) -> None:
    with chromium(width, 900) as browser:
        browser.set_script_timeout(60)
        panel.let_in(browser, user(Role.ADMINISTRATOR))
        found = {path: faults(browser, wide=width > 600) for path in every_page(browser, panel)}
    wrong = [f"{path}: {fault}" for path, all_of_it in found.items() for fault in all_of_it]
    assert not wrong, "\n".join(wrong)
    assert len(found) > 15
