"""An hour is hosted and its answers reviewed, in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from admin.access.roles import Role
from admin.app import create_app
from admin.panel import Panel
from lines.pieces import reviewing
from store.database import connect, disconnect
from store.migrate import migrate
from tests.admin.hours.hours import an_hour, held, question, staff
from tests.admin.panels import Asked, a_panel, user
from tests.browser.chromium import PATIENCE, complaints
from tests.browser.served import let_in, served
from tests.lines.pieces.hours import make_piece

REFUSED = "409"
"""A browser complains of each answer that is no success; these are told by the page."""


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    connect(tmp_path / "pressline.db")
    migrate()
    yield a_panel(tmp_path)
    disconnect()


@pytest.fixture
def desk(panel: Panel, browser: Chrome) -> Iterator[str]:
    """The panel's address, an editor signed in."""
    app = create_app(panel)
    with served(app) as url:
        let_in(browser, url, app, user(Role.EDITOR))
        yield url


def wait(browser: Chrome, holds: Callable[[], object]) -> None:
    WebDriverWait(browser, PATIENCE, ignored_exceptions=[Exception]).until(lambda _: holds())


def text(browser: Chrome, selector: str) -> str:
    return browser.find_element(By.CSS_SELECTOR, selector).text


def press(browser: Chrome, selector: str) -> None:
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, selector))


def test_a_host_sees_callers_come_and_puts_them_on_air(
    browser: Chrome, panel: Panel, desk: str
) -> None:
    hour, box = an_hour(), cast(Asked, panel.ask)
    ann = question("q1", name="Ann", note="keeps bees")
    on_air = ann | {"state": "on_air", "on_air_at": "2027-05-03T12:10:00+02:00"}
    box.answers |= {
        "experts.state": held(hour.id),
        "experts.next": held(hour.id, on_air=on_air, recording=True),
        "experts.off": held(hour.id),
    }
    browser.get(f"{desk}/hours/{hour.id}/desk")
    assert "Nobody waits." in text(browser, "#queue")

    box.answers["experts.state"] = held(hour.id, ann, staff=[staff("expert")])
    wait(browser, lambda: panel.live.followed)
    panel.live.tell("hours", {"session": hour.id})
    wait(browser, lambda: "keeps bees" in text(browser, "#queue"))  # without a reload

    press(browser, "#act-next")
    wait(browser, lambda: "Ann" in text(browser, "#on-air"))
    assert ("experts.next", {"session": hour.id, "question": ""}) in box.questions

    press(browser, "#keys")
    browser.find_element(By.TAG_NAME, "body").send_keys("2")
    wait(browser, lambda: "Nobody is on air." in text(browser, "#on-air"))
    assert ("experts.off", {"session": hour.id}) in box.questions

    box.away = True
    panel.live.tell("hours", {"session": hour.id})
    wait(browser, lambda: "does not answer" in text(browser, "#away"))
    assert browser.find_elements(By.ID, "queue")  # what was seen last stays
    box.away = False
    wait(browser, lambda: not browser.find_element(By.ID, "away").is_displayed())
    assert [said for said in complaints(browser) if REFUSED not in said] == []


def test_an_answer_is_cut_and_approved(
    browser: Chrome, panel: Panel, desk: str, tmp_path: Path
) -> None:
    piece = make_piece(tmp_path / "recordings")
    browser.get(f"{desk}/pieces/{piece.id}/")
    wait(browser, lambda: browser.find_element(By.CSS_SELECTOR, "#wave[data-ready]"))
    begin: Any = browser.find_element(By.ID, "start")
    begin.clear()
    begin.send_keys("1.2")
    wait(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, ".word.pale")) == 2)
    press(browser, "#cut button.first")
    wait(browser, lambda: reviewing.piece(piece.id).cut_start == 1.2)
    wait(browser, lambda: browser.find_element(By.ID, "verdict-approve"))
    press(browser, "#verdict-approve")
    wait(browser, lambda: browser.find_element(By.ID, "verdict-reopen"))
    assert reviewing.piece(piece.id).review == "approved"
    assert complaints(browser) == []
