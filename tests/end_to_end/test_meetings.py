"""Meetings: guests are reminded, invited, and brought into one room when it begins."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from appliance.settings import load
from tests.contract.phone import Phone
from tests.end_to_end import conferences
from tests.end_to_end.box import Box
from tests.end_to_end.conftest import NO_FREESWITCH
from tests.end_to_end.ear import Ear
from tests.end_to_end.house import DESKS, House, desk
from tests.end_to_end.post import Post
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker
from tests.switches import FreeSwitch
from tests.tones import Choir

__all__ = ["desk"]

pytestmark = pytest.mark.timeout(300)

SOON, NOW = timedelta(hours=1), timedelta()
ROOM = "7100"
LIMIT = 60.0


@pytest.fixture(scope="module", params=["embedded", "freeswitch"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, post: Post
) -> Iterator[House]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    home = tmp_path_factory.mktemp(f"meetings-{request.param}") / "home"
    phones = ",".join(f"{number}={title}" for number, title in DESKS.items())
    box = Box(home, request.param, phones=phones, country="DE", **post.settings)
    if box.freeswitch:
        box.freeswitch.plan.users |= {number: f"secret-{number}" for number in DESKS}
    try:
        box.fill()
        conferences.make(home, ROOM, title="the planning room")
        yield House(box.start(), Spoken(box))
        assert "Traceback" not in box.said(), box.said()
    finally:
        box.close()


def at(house: House, ahead: timedelta) -> str:
    moment = datetime.now(load(house.box.environment).time_zone) + ahead
    return f"{moment:%Y-%m-%d %H:%M}"


def meeting(house: House, title: str, ahead: timedelta = SOON) -> str:
    """Its number."""
    told = house.box.done("meetings", "add", title, "--room", ROOM, "--at", at(house, ahead))
    return told.split()[1].rstrip(".")


def guest(house: House, number: str, *options: str) -> str:
    return house.box.done("meetings", "guest", number, *options)


def shows(house: House, number: str, *words: str) -> None:
    """Until the meeting is shown with all of these words."""

    def shown() -> bool:
        told = house.box.done("meetings", "show", number)
        return all(word in told for word in words)

    eventually(shown, f"{words} in {house.box.done('meetings', 'show', number)}", LIMIT)


def picks_up(phone: Phone, house: House) -> Ear:
    phone.wait_answer(LIMIT)
    return Ear(phone, house.spoken)


def comes_in(phone: Phone, house: House, title: str) -> None:
    """Takes the call by which a guest is brought into the room."""
    picks_up(phone, house).hears(f"The meeting {title} begins.").hears(
        "To take this call, press 1."
    ).press("1").hears("Welcome to the planning room.")


def test_guests_who_want_to_be_called_meet_in_the_room(house: House, desk: PhoneMaker) -> None:
    number = meeting(house, "Budget")
    reminded = desk("200")
    guest(house, number, "--number", "200", "--call-before", "120")
    heard = picks_up(reminded, house).hears("To be called when it begins, press 1.")
    heard.press("1").hears("Thank you.", "We call you when it begins.")
    reminded.wait_end(LIMIT)
    shows(house, number, "coming", "reminder call done", "dial out waiting")
    guest(house, number, "--number", "201", "--dial-out", "--role", "moderator")
    phones = [desk("200"), desk("201")]
    house.box.done("meetings", "move", number, "--at", at(house, NOW))
    choir = Choir()
    for name, phone in zip(("ann", "bob"), phones, strict=True):
        choir.add(name, phone)
        comes_in(phone, house, "Budget")
        choir.hum(name)
    choir.hears({"ann": {"bob"}, "bob": {"ann"}})
    shows(house, number, "dial out done")
