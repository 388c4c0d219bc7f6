"""A message left by a caller is read, heard, put right and answered, all in the browser."""

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from admin.access.roles import Role
from store.database import connect, disconnect
from store.models import Correction
from tests.admin.panels import user
from tests.browser.at_work import AtWork
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel
from tests.contract.phone import Manners
from tests.end_to_end.conftest import PhoneMaker, desks, house, phones
from tests.end_to_end.house import LOCAL, House, hear_each_other, phone_at
from tests.end_to_end.leaving import leave
from tests.end_to_end.mailboxes import TIP
from tests.end_to_end.test_messages import SPOKEN
from tests.listening import read_wav

__all__ = ["desks", "house", "phones"]

pytestmark = pytest.mark.timeout(600)

RINGS = Manners(status=None)
SEAT = "seat-of-inbox"
LIMIT = 60.0


@pytest.fixture
def at_work(browser: Chrome, house: House) -> AtWork:
    house.write(people={SEAT: {"title": "Ann Berg", "numbers": [phone_at("200")]}})
    connect(house.box.home / "pressline.db")
    panel = RunningPanel(house.box.home, f"http://{house.box.panel}")
    panel.let_in(browser, user(Role.EDITOR, "inbox", person=SEAT))
    return AtWork(browser, panel)


def test_a_message_is_left_heard_put_right_and_answered(
    at_work: AtWork, house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    trunk, desk = phones("trunk", RINGS), desks("200", RINGS)
    house.trunks(trunk)
    at_work.open("/inbox/")
    left = leave(phones(LOCAL), house.box, house.spoken, "801", read_wav(TIP))
    at_work.sees(SPOKEN, f"[data-message='{left.id}']")

    at_work.click(f"[data-message='{left.id}'] a.who")
    at_work.click("#play")
    at_work.until(lambda b: plays(b) > 1.0, "the sound plays")
    at_work.click("#correct summary")
    text = at_work.browser.find_element(By.ID, "text")
    text.clear()
    text.send_keys("The bridge is closed.")
    at_work.click("#correct button")
    at_work.sees("The bridge is closed.", "#corrected")
    assert Correction.get(Correction.message == left.id).author == "Inbox"

    at_work.click("[data-call] button")
    at_work.sees("Your phone rings.", "#calling-state")
    desk.wait_invite(LIMIT)
    desk.pick_up()
    assert f"sip:{LOCAL}@" in trunk.wait_invite(LIMIT)["To"]
    trunk.pick_up()
    hear_each_other(desk, trunk)
    trunk.hang_up()
    at_work.sees("You have spoken with the caller.", "#calling-state")
    assert complaints(at_work.browser) == []
    disconnect()


def plays(browser: Chrome) -> float:
    return float(browser.execute_script("return document.getElementById('sound').currentTime"))
