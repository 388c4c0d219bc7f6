"""The frame of every page, in a browser."""

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel


def test_the_overview_opens_without_a_complaint(
    browser: Chrome, running_panel: RunningPanel
) -> None:
    running_panel.let_in(browser, user(Role.ADMINISTRATOR))
    browser.get(f"{running_panel.url}/")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Overview"
    assert complaints(browser) == []
