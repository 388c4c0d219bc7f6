"""A newcomer without a phone: calls the box from the panel, presses keys, leaves a message."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.chromium import BINARY, DRIVER, WHY_NOT, chromium, complaints
from tests.browser.panel_process import RunningPanel
from tests.end_to_end.box import Box
from tests.end_to_end.ledger import KeptMessage
from tests.end_to_end.mailboxes import TIP, opened
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, heard_in_parts, read_wav

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(not (BINARY and DRIVER), reason=WHY_NOT),
]
SPOKEN = 3.0
"""Seconds that the newcomer speaks at least."""


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    made = Box(tmp_path / "home")
    try:
        made.done("demo")
        yield made.start()
    finally:
        made.close()


@contextmanager
def newcomer(box: Box, folder: Path, **size: int) -> Iterator[Chrome]:
    """At a browser whose microphone hears somebody speak, over and over."""
    microphone = folder / "microphone.wav"
    soundfile.write(microphone, np.repeat(read_wav(TIP), 6), 6 * RATE)
    with chromium(
        size.get("width", 1280),
        size.get("height", 900),
        f"--use-file-for-fake-audio-capture={microphone}",
    ) as browser:
        panel = RunningPanel(box.home, f"http://{box.panel}")
        with opened(box.home):
            panel.let_in(browser, user(Role.ADMINISTRATOR, "anna"))
        browser.get(f"{panel.url}/phone/")
        yield browser


def state(browser: Chrome) -> str:
    return str(browser.find_element(By.ID, "phone").get_attribute("data-state"))


def steps(browser: Chrome) -> str:
    return browser.find_element(By.ID, "steps").text


def press(browser: Chrome, key: str) -> None:
    browser.find_element(By.CSS_SELECTOR, f'[data-key="{key}"]').click()


def message_in_progress(box: Box) -> bool:
    files = list((box.home / "voicemail" / "in-progress").glob("*.wav"))
    return any(file.stat().st_size > SPOKEN * RATE * 2 for file in files)


def kept_message(box: Box) -> KeptMessage | None:
    return next(iter(box.ledger.messages("state = 'new'")), None)


def test_a_newcomer_calls_from_the_panel_and_leaves_a_message(box: Box, tmp_path: Path) -> None:
    with newcomer(box, tmp_path) as browser:
        eventually(lambda: state(browser) == "ready", "the phone is ready")
        browser.find_element(By.ID, "call").click()
        eventually(lambda: state(browser) == "talking", "the box has answered")
        eventually(lambda: "main: welcome" in steps(browser), "the page shows the first step")
        press(browser, "5")
        eventually(lambda: "main: message" in steps(browser), "the page shows the next step")
        assert "Welcome to the Daily." in steps(browser)
        eventually(lambda: message_in_progress(box), "the message is being recorded")
        press(browser, "#")
        press(browser, "1")
        message = eventually(lambda: kept_message(box), "the message is in the store")
        browser.find_element(By.ID, "hang-up").click()
        eventually(lambda: state(browser) == "ready", "the page is ready for another call")
        assert complaints(browser) == []
    [call] = box.ledger.calls()
    assert (call.dialled, call.caller_name) == ("100", "Anna")
    sound = read_wav(box.home / "voicemail" / message.path)
    assert heard_in_parts(sound[RATE : 3 * RATE], np.tile(read_wav(TIP), 2)) > 0.5
