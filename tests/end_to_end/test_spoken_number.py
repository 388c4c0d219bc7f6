"""A caller who shows no number says one, hears it read back, and says that it is right."""

from ivr_flows.number_words import KEY_NUMBER, NUMBER_NOTED
from tests.contract.phone import Phone
from tests.end_to_end import mailboxes
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.leaving import CHOICES, SENT, speak
from tests.end_to_end.mailboxes import CANCEL, TIP, Owned, part
from tests.end_to_end.spoken import Spoken
from voicemail.deposit.number_words import (
    DIGIT_BY_DIGIT,
    NOT_MADE_OUT,
    ONE_MOMENT,
    SAID_RIGHT,
    SAY_IT,
)

NUMBER = part(TIP, 2.75, start=5.6)
"""My number is five five five two one oh seven."""
NO_NUMBER = part(TIP, 4.0)


def left_by_nobody(phone: Phone, box: Box, spoken: Spoken, number: str) -> Ear:
    """A message from a number that is withheld, up to the question for one."""
    mailboxes.make(box.home, Owned(number))
    call(phone, box, number).press("#")
    speak(phone, part(CANCEL, 4.0))
    return Ear(phone, spoken).press("#").hears(KEY_NUMBER["en"], SAY_IT["en"])


def test_a_number_that_is_said_is_read_back_confirmed_and_kept(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    ear = left_by_nobody(phones("anonymous"), box, spoken, "841").press("*")
    ear.hears(DIGIT_BY_DIGIT["en"])
    speak(ear.phone, NUMBER, ear.at)
    ear.hears(ONE_MOMENT["en"], "We heard five five five, two one zero seven.", SAID_RIGHT["en"])
    ear.press("1").hears(NUMBER_NOTED["en"], CHOICES).press("1").hears(SENT)
    ear.phone.wait_end()
    ended = kept(ear.phone, box)
    message = box.ledger.wait_message(ended)
    assert (message.callback_number, message.callback_confirmed) == ("5552107", 1)
    assert message.seconds < 6
    scratch = box.home / "voicemail" / "scratch"
    assert not list(scratch.glob(f"{ended.uuid}-*"))


def test_who_says_no_number_is_asked_to_key_it_and_hangs_up_without_loss(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    ear = left_by_nobody(phones("anonymous"), box, spoken, "842").press("*")
    for _ in range(2):
        ear.hears(DIGIT_BY_DIGIT["en"])
        speak(ear.phone, NO_NUMBER, ear.at)
        ear.hears(ONE_MOMENT["en"], NOT_MADE_OUT["en"])
    ear.hears(KEY_NUMBER["en"]).phone.hang_up()
    ended = kept(ear.phone, box)
    message = box.ledger.wait_message(ended)
    assert (message.callback_number, message.callback_confirmed) == ("", 0)
