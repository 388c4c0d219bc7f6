"""A recording of the paper's own, spoken into a desk phone that the box calls."""

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from admin.access.roles import Role
from store.database import connect, disconnect
from tests.admin.panels import user
from tests.browser.at_work import AtWork
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel
from tests.contract.phone import Manners
from tests.end_to_end.conftest import PhoneMaker, desks, house, phones
from tests.end_to_end.house import House, phone_at
from tests.end_to_end.leaving import speak
from tests.end_to_end.mailboxes import TIP
from tests.listening import heard_in_parts, read_wav

__all__ = ["desks", "house", "phones"]

pytestmark = pytest.mark.timeout(600)

SPEAKER = "speaker"


@pytest.fixture
def at_work(browser: Chrome, house: House) -> AtWork:
    people = {SPEAKER: {"title": "Ann Berg", "numbers": [phone_at("200")]}}
    house.box.take_in(f"people: {people}")
    connect(house.box.home / "pressline.db")
    panel = RunningPanel(house.box.home, f"http://{house.box.panel}")
    panel.let_in(browser, user(Role.EDITOR, "recording"))
    disconnect()
    return AtWork(browser, panel)


def test_the_box_calls_and_what_is_spoken_is_kept_under_a_name(
    at_work: AtWork, house: House, desks: PhoneMaker
) -> None:
    desk = desks("200", Manners(status=None))
    at_work.open("/records/prompts/")
    at_work.click("details.card:nth-of-type(2) summary")
    at_work.browser.find_element(By.ID, "phone-name").send_keys("welcome")
    Select(at_work.browser.find_element(By.ID, "to")).select_by_value(SPEAKER)
    at_work.click("form[action$='/phone'] button")
    desk.wait_invite(60)
    desk.pick_up()
    said = read_wav(TIP)
    speak(desk, said)
    desk.press("#")
    house.spoken.wait_heard("If you are content, press 1.", desk.line.heard)
    desk.press("1")
    desk.wait_end(60)
    at_work.click("form[action*='take'] button")
    at_work.sees("welcome")
    kept = house.box.home / "own-prompts" / "welcome.wav"
    assert heard_in_parts(said, read_wav(kept)) > 0.6
    assert complaints(at_work.browser) == []
