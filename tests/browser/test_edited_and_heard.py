"""What is done in the browser, callers hear: the panel beside real calls."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys

from admin.access.roles import Role
from store import database
from store.models import PanelUser
from tests.admin.panels import user
from tests.browser.at_work import AtWork
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel
from tests.end_to_end.box import RELOADED, Box
from tests.end_to_end.callers import call
from tests.end_to_end.conftest import (
    PhoneMaker,
    box,
    phones,
    post,
    rough_box,
    rough_post,
    rough_spoken,
)
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_publishing import begins, morning
from tests.end_to_end.waiting import eventually

__all__ = ["box", "morning", "phones", "post", "rough_box", "rough_post", "rough_spoken"]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def editor(rough_box: Box) -> Iterator[PanelUser]:
    database.connect(rough_box.home / "pressline.db")
    yield user(Role.EDITOR, person="")
    database.disconnect()


@pytest.fixture
def at_work(browser: Chrome, rough_box: Box, editor: PanelUser) -> AtWork:
    panel = RunningPanel(rough_box.home, f"http://{rough_box.panel}")
    panel.let_in(browser, editor)
    return AtWork(browser, panel)


@contextmanager
def taken_up(box: Box) -> Iterator[None]:
    """Afterwards the callbox has read again what is live."""
    before = box.said().count(RELOADED)
    yield
    eventually(lambda: box.said().count(RELOADED) > before, "the callbox has taken it up")


def rewrite(at_work: AtWork, words: str, others: str) -> None:
    """Find words in the editor, and put others in their place."""
    at_work.click("#text .cm-content")
    keys = ActionChains(at_work.browser)
    keys.key_down(Keys.CONTROL).send_keys("f").key_up(Keys.CONTROL)
    keys.send_keys(words, Keys.ENTER, Keys.ESCAPE, others)
    keys.perform()


def test_a_change_made_in_the_browser_is_heard_by_the_next_caller(
    at_work: AtWork, rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, morning: int
) -> None:
    at_work.open("/flows/edit/edition")
    at_work.sees("No mistakes.", "#verdict")
    rewrite(at_work, "news line", "radio line")
    rewrite(at_work, "next: wait", "next: wai")
    at_work.sees('there is no step "wai"', "#mistakes")
    rewrite(at_work, "next: wai", "next: wait")
    at_work.sees("No mistakes.", "#verdict")
    at_work.click("#save")
    at_work.sees("saved by editor", "#standing")

    at_work.click("#try")
    at_work.click("#call")
    at_work.sees("This is the morning edition of our radio line.", "#transcript")
    at_work.sees("finished", "#screen")

    at_work.open("/flows/edit/edition")
    at_work.click("#publish")
    at_work.sees("1 test call passed")
    with taken_up(rough_box):
        at_work.click("#go-live")
        at_work.sees("Live now: edition")
    caller = call(phones("5550811"), rough_box, "302")
    rough_spoken.wait_heard("This is the morning edition of our radio line.", caller.line.heard)

    with taken_up(rough_box):
        at_work.click("form[action$='roll-back'] button")
        at_work.browser.switch_to.alert.accept()
        at_work.sees("is live again.")
    caller = call(phones("5550812"), rough_box, "302")
    rough_spoken.wait_heard(begins("morning"), caller.line.heard)
    assert complaints(at_work.browser) == []
