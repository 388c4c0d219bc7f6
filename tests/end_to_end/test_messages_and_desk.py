"""Callers who want a person: the desk's phone rings, or else a flow records what they say."""

import hashlib

import pytest

from tests.contract.phone import Manners, Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import voice
from tests.end_to_end.box import DESK, Box
from tests.end_to_end.callers import call, hear_tone, kept, register
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import heard_in_parts, read_wav

NOBODY = "Nobody is free. Please leave a message after the tone."
THANKS = "Thank you. We have your message."
MESSAGE = voice("prompt")


@pytest.fixture
def desk(phones: PhoneMaker, box: Box) -> PhoneMaker:
    """Makes the desk's phone, registered at the box, with given manners."""

    def make(manners: Manners) -> Phone:
        phone = phones(DESK, manners)
        register(phone, box)
        return phone

    return make


def speaks(phone: Phone, box: Box, spoken: Spoken) -> Phone:
    """Calls, reaches nobody, and says all of `MESSAGE` after the tone."""
    call(phone, box, "300")
    spoken.wait_heard(NOBODY, phone.line.heard)
    hear_tone(phone)
    phone.line.say(MESSAGE)
    phone.line.wait_said()
    return phone


def test_a_message_is_kept_with_its_sound_and_checksum(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = speaks(phones("5550301"), box, spoken)
    phone.press("#")
    spoken.wait_heard(THANKS, phone.line.heard)
    phone.wait_end()
    found = kept(phone, box)
    assert found.state == "finished"
    assert_message_kept(box, phone)


def assert_message_kept(box: Box, phone: Phone) -> None:
    found = kept(phone, box)
    eventually(lambda: box.ledger.recordings(found), "the recording is in the store")
    (recording,) = box.ledger.recordings(found)
    file = box.home / "recordings" / recording.path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == recording.sha256
    assert heard_in_parts(MESSAGE, read_wav(file)) > SAID
    assert recording.path in box.done("calls", found.uuid)


def test_what_a_caller_has_said_before_hanging_up_is_kept(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = speaks(phones("5550302"), box, spoken)
    phone.hang_up()
    assert kept(phone, box).state == "hung_up"
    assert_message_kept(box, phone)


def test_the_desks_phone_rings_and_both_hear_each_other(
    box: Box, phones: PhoneMaker, desk: PhoneMaker
) -> None:
    person = desk(Manners(status=None))
    phone = call(phones("5550303"), box, "300")
    assert "5550303" in person.wait_invite()["From"]
    person.pick_up()
    person.wait_answer()
    phone.line.say(voice("prompt"))
    person.line.say(voice("menu"))
    assert person.line.hears_said(voice("prompt")) > SAID
    assert phone.line.hears_said(voice("menu")) > SAID
    person.hang_up()
    phone.wait_end()
    assert kept(phone, box).state == "transferred"
    register(person, box, 0)


@pytest.mark.parametrize("status", [486, 603, None])
def test_a_desk_that_is_busy_declines_or_does_not_answer_leads_to_a_message(
    box: Box, phones: PhoneMaker, desk: PhoneMaker, spoken: Spoken, status: int | None
) -> None:
    person = desk(Manners(status=status))
    phone = call(phones("5550304"), box, "300")
    person.wait_invite()
    spoken.wait_heard(NOBODY, phone.line.heard)
    phone.hang_up()
    assert box.ledger.path(kept(phone, box))[:2] == ["desk/connect", "desk/message"]
    register(person, box, 0)


def test_a_desk_that_is_not_registered_leads_to_a_message(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = call(phones("5550305"), box, "300")
    spoken.wait_heard(NOBODY, phone.line.heard)
    phone.hang_up()
    (connect, *_) = box.ledger.steps(kept(phone, box))
    assert connect.event == "unreachable"


def test_a_caller_who_hangs_up_while_the_desk_rings_stops_its_ringing(
    box: Box, phones: PhoneMaker, desk: PhoneMaker
) -> None:
    person = desk(Manners(status=None))
    phone = call(phones("5550306"), box, "300")
    person.wait_invite()
    phone.hang_up()
    person.wait_end()
    assert kept(phone, box).state == "hung_up"
    register(person, box, 0)
