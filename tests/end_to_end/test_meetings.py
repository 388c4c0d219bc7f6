"""Meetings: guests are reminded, invited, and brought into one room when it begins."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from appliance.settings import load
from tests.contract.phone import Manners, Phone
from tests.end_to_end import conferences
from tests.end_to_end.box import NO_FREESWITCH, Box
from tests.end_to_end.ear import Ear
from tests.end_to_end.house import DESKS, MOBILE, PREMIUM, House
from tests.end_to_end.post import Post
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker
from tests.switches import FreeSwitch
from tests.tones import Choir

pytestmark = pytest.mark.timeout(900)

SOON, NOW = timedelta(hours=1), timedelta()
ROOM = "7100"
LIMIT = 180.0
"""Seconds; a busy machine is slow to look, to ring and to speak."""


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


def mails_to(post: Post, address: str) -> list[EmailMessage]:
    return [received.mail for received in list(post.mail.received) if received.to == [address]]


def test_guests_who_want_to_be_called_meet_in_the_room(house: House, desks: PhoneMaker) -> None:
    number = meeting(house, "Budget")
    reminded = desks("200")
    guest(house, number, "--number", "200", "--call-before", "120")
    heard = picks_up(reminded, house).hears("To be called when it begins, press 1.")
    heard.press("1").hears("Thank you.", "We call you when it begins.")
    reminded.wait_end(LIMIT)
    shows(house, number, "coming", "reminder call done", "dial out waiting")
    guest(house, number, "--number", "201", "--dial-out", "--role", "moderator")
    phones = [desks("200"), desks("201")]
    house.box.done("meetings", "move", number, "--at", at(house, NOW))
    choir = Choir()
    for name, phone in zip(("ann", "bob"), phones, strict=True):
        choir.add(name, phone)
        comes_in(phone, house, "Budget")
        choir.hum(name)
    choir.hears({"ann": {"bob"}, "bob": {"ann"}})
    shows(house, number, "dial out done")


def test_a_guest_has_the_meeting_in_the_calendar_until_it_is_cancelled(
    house: House, post: Post
) -> None:
    address = f"gerd-{house.box.switch}@x.example"
    number = meeting(house, "Elections")
    guest(house, number, "--mail", address)
    (invited,) = eventually(lambda: mails_to(post, address), "the invitation has come", LIMIT)
    house.box.done("meetings", "cancel", number)
    eventually(lambda: len(mails_to(post, address)) == 2, "it was taken back", LIMIT)
    cancelled = mails_to(post, address)[1]
    assert [mail["Subject"] for mail in (invited, cancelled)] == [
        "Invitation: Elections",
        "Cancelled: Elections",
    ]
    calendars = [_calendar(mail) for mail in (invited, cancelled)]
    assert [str(calendar["METHOD"]) for calendar in calendars] == ["REQUEST", "CANCEL"]
    assert len({str(calendar.walk("VEVENT")[0]["UID"]) for calendar in calendars}) == 1
    shows(house, number, "CANCELLED", "cancellation done")


def _calendar(mail: EmailMessage) -> Calendar:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(part, EmailMessage)
    calendar = Calendar.from_ical(part.get_content())
    assert isinstance(calendar, Calendar)
    return calendar


def test_a_premium_number_on_the_guest_list_is_never_dialled(
    house: House, phones: PhoneMaker
) -> None:
    trunk = phones("trunk")
    house.trunks(trunk)
    number = meeting(house, "Fraud", NOW)
    told = guest(house, number, "--number", PREMIUM, "--dial-out")
    assert "may not be called" in told
    shows(house, number, "dial out refused", "forbidden")
    house.wait_log(f"{PREMIUM} premium conference refused")
    assert not trunk.invited.is_set()


def test_a_guest_whose_phone_rang_when_the_callbox_died_is_called_again(
    house: House, phones: PhoneMaker
) -> None:
    first, second = phones("first", Manners(status=None)), phones("second")
    house.trunks(first)
    number = meeting(house, "Crash", NOW)
    guest(house, number, "--number", MOBILE, "--dial-out")
    first.wait_invite(LIMIT)
    house.trunks(second)
    house.box.kill("callbox")
    comes_in(second, house, "Crash")
    first.wait_end(LIMIT)
    shows(house, number, "dial out done, attempt 2")


def test_a_phone_that_rings_stops_when_the_meeting_is_cancelled(
    house: House, phones: PhoneMaker
) -> None:
    trunk = phones("trunk", Manners(status=None))
    house.trunks(trunk)
    number = meeting(house, "Off", NOW)
    guest(house, number, "--number", MOBILE, "--dial-out")
    trunk.wait_invite(LIMIT)
    house.box.done("meetings", "cancel", number)
    trunk.wait_end(LIMIT)
    shows(house, number, "CANCELLED", "dial out withdrawn")
