"""Somebody at work in a browser."""

from collections.abc import Callable

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.chromium import PATIENCE, complaints
from tests.browser.panel_process import RunningPanel

REPLACED = (NoSuchElementException, StaleElementReferenceException)
"""A page that renews itself may do so between finding a thing and reading it."""


class AtWork:
    """What they do, and what they wait to see."""

    def __init__(self, browser: Chrome, panel: RunningPanel) -> None:
        self.browser = browser
        self.url = panel.url

    def open(self, path: str) -> None:
        self.browser.get(self.url + path)

    def click(self, selector: str) -> None:
        self.until(lambda b: b.find_elements(By.CSS_SELECTOR, selector), selector)
        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def sees(self, words: str, where: str = "#content") -> None:
        def shown(browser: Chrome) -> bool:
            return words in browser.find_element(By.CSS_SELECTOR, where).text

        self.until(shown, f"{words!r} in {where}")

    def until(self, is_so: Callable[[Chrome], object], what: str) -> None:
        told = f"never so: {what}; {complaints(self.browser)}"
        wait = WebDriverWait(self.browser, 2 * PATIENCE, ignored_exceptions=REPLACED)
        wait.until(is_so, told)
