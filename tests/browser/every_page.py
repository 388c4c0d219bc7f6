"""Finds the pages of the panel as a person would: the menu, then the first row of each list."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.panel_process import RunningPanel

MENU = "nav.menu a"
FIRST_ROW = (
    "main table tbody tr:first-child a, main .cards li:first-child a, main .card:first-child a"
)
ELSEWHERE = ("/static/", "/experts", "/healthz")
FILES = (".csv", ".zip", ".yaml", ".wav", ".xml", "/export", "/audio", "/download")


def every_page(browser: Chrome, panel: RunningPanel) -> Iterator[str]:
    """Paths of the menu's pages and of what their first rows lead to, each once; opens none twice.

    The browser stands on a page when its path is given.
    """
    browser.get(f"{panel.url}/")
    menu = _paths(browser, panel, MENU)
    seen: set[str] = set()
    for path in ["/", *menu]:
        if path in seen:
            continue
        seen.add(path)
        browser.get(panel.url + path)
        yield path
        browser.get(panel.url + path)
        for below in _paths(browser, panel, FIRST_ROW):
            if urlsplit(below).path not in {urlsplit(known).path for known in seen}:
                seen.add(below)
                browser.get(panel.url + below)
                yield below


def _paths(browser: Chrome, panel: RunningPanel, selector: str) -> list[str]:
    links = [
        link.get_attribute("href") or ""
        for link in browser.find_elements(By.CSS_SELECTOR, selector)
    ]
    own = [link.removeprefix(panel.url) for link in links if link.startswith(panel.url)]
    return [path for path in own if _is_page(path)]


def _is_page(path: str) -> bool:
    place = urlsplit(path).path
    return not (place.startswith(ELSEWHERE) or any(part in place for part in FILES))
