"""Callers are connected with people: at their desks, on their mobiles, and with nobody's machine.

The trunk is a phone of the test's: whatever is dialled over it rings there.
"""

from tests.contract.phone import Manners, Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import voice
from tests.end_to_end.callers import call, kept
from tests.end_to_end.house import (
    MOBILE,
    House,
    desk,
    house,
    outside,
)
from tests.phones import PhoneMaker
from tests.tones import Choir

__all__ = ["desk", "house"]

LIMIT = 40.0
FROM = "A call for the Daily from five five five, zero four zero one."
PRESS = "Press 1 to take it."
RINGS = Manners(status=None)
BUSY = Manners(status=486)
BROKEN = Manners(status=503)


def hear_each_other(one: Phone, other: Phone) -> None:
    choir = Choir()
    choir.add("one", one)
    choir.add("other", other)
    choir.hum("one", "other")
    choir.hears({"one": {"other"}, "other": {"one"}})


def asked(house: House, mobile: Phone) -> None:
    """It hears who calls, and what to press."""
    mobile.wait_answer(LIMIT)
    for words in (FROM, PRESS):
        house.spoken.wait_heard(words, mobile.line.heard)


def steps(house: House, caller: Phone) -> list[str]:
    return [step.partition("/")[2] for step in house.box.ledger.path(kept(caller, house.box))]


def test_a_mobile_hears_who_calls_and_takes_the_call_with_a_key(
    house: House, phones: PhoneMaker
) -> None:
    mobile = phones("trunk")
    house.trunks(mobile)
    house.person("411", outside(MOBILE))
    caller = call(phones("5550401"), house.box, "411")
    mobile.line.say(voice("prompt"))
    asked(house, mobile)
    assert f"sip:{MOBILE}@" in mobile.wait_invite()["To"]
    assert caller.line.hears_said(voice("prompt"), 0.1) < SAID / 2
    mobile.press("1")
    hear_each_other(caller, mobile)
    mobile.hang_up()
    caller.wait_end(LIMIT)
    assert steps(house, caller) == ["ring", "back", "bye"]
    house.wait_log(f"{MOBILE} mobile dial 5550401 settled answered")
