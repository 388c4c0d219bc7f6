"""An expert's hour with real callers, hosted and screened in the browser."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from admin.access.roles import Role
from lines.experts.ports import QuestionState, SessionState
from store.database import connect, disconnect
from tests.admin.panels import user
from tests.browser.at_work import AtWork
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel
from tests.end_to_end.conftest import desks, house, phones
from tests.end_to_end.expert_hours import Hour
from tests.end_to_end.test_expert_hour import hour, venue
from tests.end_to_end.waiting import eventually

__all__ = ["desks", "hour", "house", "phones", "venue"]

pytestmark = pytest.mark.timeout(900)

CALLERS = ("ann", "bob", "cid")


@pytest.fixture
def at_work(browser: Chrome, hour: Hour) -> Iterator[AtWork]:
    """The host, before the hour's desk."""
    home, panel = hour.house.box.home, hour.house.box.panel
    connect(home / "pressline.db")
    running = RunningPanel(home, f"http://{panel}")
    running.let_in(browser, user(Role.HOST))
    disconnect()
    yield AtWork(browser, running)


def test_three_callers_are_screened_and_put_on_air_from_the_desk(
    at_work: AtWork, hour: Hour
) -> None:
    eventually(lambda: hour.state()["state"] == "live", "the hour is live", 60)
    at_work.open(f"/hours/{hour.session}/desk")
    for name in CALLERS:
        hour.caller(name)
        hour.press(name, "1")
        at_work.sees(hour.number_of(name), "#queue")

    at_work.open(f"/hours/{hour.session}/screening")
    asks = hour.state()["waiting"][1]["question"]
    at_work.click(f"#note-{asks}")
    at_work.browser.find_element(By.ID, f"note-{asks}").send_keys("keeps bees")
    at_work.click(f"#keep-{asks}")
    at_work.open(f"/hours/{hour.session}/desk")
    at_work.sees("keeps bees", "#queue")

    at_work.click("#act-next")
    at_work.sees(hour.number_of("ann"), "#on-air")
    heard = {"host", "expert", "ann"}
    hour.hears({"cid": heard, "expert": heard - {"expert"}, "ann": heard - {"ann"}})
    at_work.click("#act-off")
    hour.hears({"cid": {"host", "expert"}})
    at_work.click(f"#air-{asks}")
    at_work.sees(hour.number_of("bob"), "#on-air")
    hour.hears({"cid": {"host", "expert", "bob"}})

    at_work.click("#act-close")
    at_work.browser.switch_to.alert.accept()
    eventually(lambda: hour.row().state == SessionState.CLOSED, "the session is closed", 60)
    states = [question.state for question in hour.questions()]
    assert states == [QuestionState.ANSWERED] * 2 + [QuestionState.GONE]
    assert complaints(at_work.browser) == []
