"""A voicemail, as a person meets it: it appears, is played, put right, and found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from admin.access.roles import Role
from store.message_search import index
from store.models import Correction, Mailbox, Message
from tests.admin.panels import user
from tests.browser.at_work import REPLACED
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel
from tests.voicemail.left import heard, leave

pytestmark = pytest.mark.timeout(600)

PATIENCE = 60.0
WORDS = (("the", 1.0), ("main", 0.95), ("road", 0.9), ("is", 0.99), ("toast", 0.3))


def until(browser: Chrome, is_so: Callable[[Chrome], object], what: str) -> None:
    WebDriverWait(browser, PATIENCE, ignored_exceptions=REPLACED).until(is_so, f"never so: {what}")


def left(home: Path, desk: Mailbox) -> Message:
    message = leave(desk, home / "voicemail")
    heard(message, *WORDS)
    index(message.id)
    return message


def plays(browser: Chrome, beyond: float) -> Callable[[Chrome], object]:
    script = "return document.getElementById('sound').currentTime"
    return lambda _: browser.execute_script(script) > beyond


def test_a_voicemail_appears_is_played_put_right_and_found(
    browser: Chrome, running_panel: RunningPanel
) -> None:
    desk = Mailbox.create(name="desk", title="News desk", shared=True)
    running_panel.let_in(browser, user(Role.EDITOR))
    browser.get(f"{running_panel.url}/inbox/")
    assert "No messages here." in browser.find_element(By.CSS_SELECTOR, ".messages").text
    message = left(running_panel.home, desk)
    until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "[data-message]"), "it appears")
    until(browser, lambda b: "toast" in b.find_element(By.CSS_SELECTOR, ".said").text, "its words")
    browser.find_element(By.CSS_SELECTOR, "[data-message] a.who").click()
    until(browser, lambda b: b.find_elements(By.ID, "play"), "its page")
    is_played(browser, message)
    is_put_right(browser, message)
    is_found(browser, running_panel, message)
    assert complaints(browser) == []


def is_played(browser: Chrome, message: Message) -> None:
    until(
        browser,
        lambda b: b.execute_script(
            "return !!document.querySelector('#wave div')?.shadowRoot?.querySelector('canvas')"
        ),
        "the picture is drawn",
    )
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.SPACE)
    until(browser, plays(browser, 0.2), "the space bar plays")
    until(browser, lambda _: Message.get_by_id(message.id).heard_at, "it counts as heard")
    until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".word.now"), "a word is followed")
    browser.find_element(By.CSS_SELECTOR, ".word:nth-child(5)").click()
    until(browser, plays(browser, 3.9), "a word is jumped to")
    browser.find_element(By.ID, "play").click()
    until(
        browser,
        lambda b: b.execute_script("return document.getElementById('sound').paused"),
        "it pauses",
    )


def is_put_right(browser: Chrome, message: Message) -> None:
    browser.find_element(By.CSS_SELECTOR, "#correct summary").click()
    text = browser.find_element(By.ID, "text")
    assert text.get_attribute("value") == "the main road is toast"
    text.clear()
    text.send_keys("The main road is closed.")
    browser.find_element(By.CSS_SELECTOR, "#correct button").click()
    until(browser, lambda b: b.find_elements(By.ID, "corrected"), "the correction is shown")
    assert Correction.get(Correction.message == message.id).text == "The main road is closed."
    assert "Corrected by Editor" in browser.find_element(By.TAG_NAME, "main").text
    until(browser, plays(browser, 3.9), "the sound is where it was")


def is_found(browser: Chrome, panel: RunningPanel, message: Message) -> None:
    browser.get(f"{panel.url}/inbox/")
    browser.find_element(By.ID, "search").send_keys("closed" + Keys.ENTER)
    until(browser, lambda b: b.find_elements(By.TAG_NAME, "mark"), "it is found")
    assert browser.find_element(By.TAG_NAME, "mark").text == "closed"
    [found] = browser.find_elements(By.CSS_SELECTOR, "[data-message]")
    assert found.get_attribute("data-message") == message.id
