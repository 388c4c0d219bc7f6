"""Callers are connected with people: at their desks, on their mobiles, and with nobody's machine.

The trunk is a phone of the test's: whatever is dialled over it rings there.
"""

import pytest

from tests.contract import sip
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import voice
from tests.end_to_end.callers import call, kept
from tests.end_to_end.house import (
    MOBILE,
    MUSIC,
    House,
    hear_each_other,
    outside,
    phone_at,
)
from tests.phones import PhoneMaker

pytestmark = pytest.mark.timeout(300)

LIMIT = 40.0
FROM = "A call for the Daily from five five five, zero four zero one."
PRESS = "Press 1 to take it."
RINGS = Manners(status=None)
BUSY = Manners(status=486)
BROKEN = Manners(status=503)
TAKEN = ["ring", "back", "bye"]


def reach(house: House, phone: Phone, number: str = "411") -> Phone:
    return call(phone, house.box, number)


def ended(house: House, caller: Phone, other: Phone) -> list[str]:
    """Both hear each other, the other hangs up: the steps of the caller."""
    hear_each_other(caller, other)
    other.hang_up()
    return steps(house, caller)


def steps(house: House, caller: Phone) -> list[str]:
    return [step.partition("/")[2] for step in house.box.ledger.path(kept(caller, house.box))]


def answered_by(phone: Phone) -> Phone:
    phone.wait_invite(LIMIT)
    phone.pick_up()
    return phone


def test_a_mobile_hears_who_calls_and_takes_the_call_with_a_key(
    house: House, phones: PhoneMaker
) -> None:
    mobile = phones("trunk")
    house.prepare(FROM, PRESS)
    house.trunks(mobile)
    house.person("411", outside(MOBILE))
    caller = reach(house, phones("5550401"))
    mobile.line.say(voice("prompt"))
    for words in (FROM, PRESS):
        house.spoken.wait_heard(words, mobile.line.heard)
    assert f"sip:{MOBILE}@" in mobile.wait_invite()["To"]
    assert caller.line.hears_said(voice("prompt"), 0.1) < SAID / 2
    mobile.press("1")
    assert ended(house, caller, mobile) == TAKEN
    house.wait_log(f"{MOBILE} mobile dial 5550401 settled answered")


def test_the_voicemail_of_a_mobile_swallows_nobody(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    house.prepare(PRESS)
    machine, person = phones("trunk"), desks("200", RINGS)
    house.trunks(machine)
    house.person("412", outside(MOBILE), phone_at("200"))
    caller = reach(house, phones("5550402"), "412")
    machine.line.say(voice("long", 2.0))
    house.spoken.wait_heard(PRESS, machine.line.heard)
    machine.hang_up()
    assert ended(house, caller, answered_by(person)) == TAKEN
    assert caller.line.hears_said(voice("long", 2.0), 0.1) < SAID / 2
    house.wait_log("200 inside settled answered", f"{MOBILE} settled refused")


def test_numbers_are_tried_in_their_order_until_one_takes_the_call(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    first, quiet, mobile = desks("200", BUSY), desks("201", RINGS), phones("trunk")
    house.trunks(mobile)
    numbers = (phone_at("200"), phone_at("201", ring_seconds=1))
    house.person("413", *numbers, outside(MOBILE, confirm=False))
    caller = reach(house, phones("5550403"), "413")
    assert ended(house, caller, mobile) == TAKEN
    assert first.invited.is_set()
    quiet.wait_end(LIMIT)
    house.wait_log(f"{MOBILE} settled answered", "201 settled no_answer", "200 settled busy")


def test_numbers_that_ring_at_once_stop_when_one_takes_the_call(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    person, mobile = desks("200", RINGS), phones("trunk", RINGS)
    house.trunks(mobile)
    house.person("414", phone_at("200"), outside(MOBILE), at_once=True)
    caller = reach(house, phones("5550404"), "414")
    mobile.wait_invite(LIMIT)
    answered_by(person)
    mobile.wait_end(LIMIT)
    assert ended(house, caller, person) == TAKEN
    house.wait_log(f"{MOBILE} settled no_answer", "200 settled answered")


def test_a_trunk_that_fails_is_followed_by_the_next(house: House, phones: PhoneMaker) -> None:
    broken, spare = phones("trunk", BROKEN), phones("trunk")
    house.trunks(broken, spare)
    house.person("415", outside(MOBILE, confirm=False))
    caller = reach(house, phones("5550405"), "415")
    assert ended(house, caller, spare) == TAKEN
    assert broken.invited.is_set()
    house.wait_log(f"{MOBILE} settled answered")


class Mute(Phone):
    """A provider that is not there: whatever comes is answered with nothing."""

    def _on_request(self, message: sip.Message, source: tuple[str, int]) -> None:
        pass


def test_a_trunk_that_says_nothing_is_followed_by_the_next(
    house: House, phones: PhoneMaker
) -> None:
    silent, spare = Mute("trunk"), phones("trunk")
    try:
        house.trunks(silent, spare)
        house.person("4121", outside(MOBILE, confirm=False))
        caller = reach(house, phones("5550421"), "4121")
        spare.wait_invite(LIMIT)
        assert ended(house, caller, spare) == TAKEN
        assert any(message.method == "INVITE" for message in silent.messages)
        house.wait_log(f"{MOBILE} settled answered")
    finally:
        silent.close()


@pytest.mark.parametrize(
    ("manners", "step", "words", "outcome"),
    [
        (RINGS, "away", "Nobody picks up.", "no_answer"),
        (BUSY, "busy", "This line is busy.", "busy"),
        (Manners(status=603), "declined", "Nobody takes the call.", "refused"),
    ],
    ids=["no answer", "busy", "declined"],
)
def test_who_does_not_take_the_call_is_not_rung_over_another_trunk(
    house: House, phones: PhoneMaker, manners: Manners, step: str, words: str, outcome: str
) -> None:
    first, spare = phones("trunk", manners), phones("trunk")
    house.trunks(first, spare)
    house.person("416", outside(MOBILE, ring_seconds=1))
    caller = reach(house, phones("5550406"), "416")
    house.spoken.wait_heard(words, caller.line.heard)
    assert steps(house, caller) == ["ring", step, "bye"]
    assert not spare.invited.is_set()
    house.wait_log(f"{MOBILE} settled {outcome}")


def test_a_desk_that_is_not_there_is_told_as_such(house: House, phones: PhoneMaker) -> None:
    house.person("417", phone_at("201"))
    caller = reach(house, phones("5550407"), "417")
    house.spoken.wait_heard("Nobody can be reached there.", caller.line.heard)
    assert steps(house, caller) == ["ring", "nobody", "bye"]
    house.wait_log("201 settled unreachable")


def test_who_is_put_on_hold_hears_the_papers_own_music(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    person = desks("200", RINGS)
    house.person("418", phone_at("200"))
    caller = reach(house, phones("5550408"), "418")
    hear_each_other(caller, answered_by(person))
    person.hold("sendonly")
    assert caller.line.hears(MUSIC, LIMIT) > LIKE
    person.hold("sendrecv")
    assert ended(house, caller, person) == TAKEN


def test_music_while_it_rings_and_a_whisper_that_the_caller_does_not_hear(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    person = desks("200", RINGS)
    caller = call(phones("5550409"), house.box, "420")
    caller.press("200#")
    person.wait_invite(LIMIT)
    assert caller.line.hears(MUSIC, LIMIT) > LIKE
    person.pick_up()
    whisper = "From the line for numbers."
    house.spoken.wait_heard(whisper, person.line.heard)
    hear_each_other(caller, person)
    assert house.spoken.likeness(whisper, caller.line.heard()) < LIKE / 2
    person.hang_up()
    caller.wait_end(LIMIT)


def test_a_caller_who_hangs_up_while_it_rings_is_counted(house: House, phones: PhoneMaker) -> None:
    mobile, spare = phones("trunk", RINGS), phones("trunk")
    house.trunks(mobile, spare)
    house.person("419", outside(MOBILE))
    caller = reach(house, phones("5550410"), "419")
    mobile.wait_invite(LIMIT)
    caller.hang_up()
    mobile.wait_end(LIMIT)
    assert kept(caller, house.box).state == "hung_up"
    house.wait_log(f"{MOBILE} settled no_answer")
    assert not spare.invited.is_set()
