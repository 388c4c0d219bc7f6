"""Callers who leave a message in other ways than everything is made for."""

from collections.abc import Callable

import psutil
import pytest

from tests.contract.phone import Phone
from tests.end_to_end import mailboxes
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, hear_tone, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.leaving import CHOICES, SENT, leave, speak
from tests.end_to_end.mailboxes import LATE, Owned, part, tell
from tests.end_to_end.post import Post
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_things_die import killed
from tests.end_to_end.waiting import eventually
from tests.mail_server import DROP, Trouble

pytestmark = pytest.mark.timeout(300)

FOUND_AGAIN = 120.0
"""Seconds: once a minute the worker looks for what was lost."""
WITHHELD = ("Privacy", "id")


def test_a_caller_who_shows_no_number_is_asked_for_one(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    owned = mailboxes.make(box.home, Owned("851"))
    ear = Ear(phones("5550801").call(box.sip, owned.number, WITHHELD).wait_answer(), spoken)
    ear.press("#")
    speak(ear.phone, part(LATE, 4.0))
    ear.press("#").hears("Please key in the number where we can call you, then the hash key.")
    ear.press("5550888#").hears("You keyed five five five, zero eight eight eight.").press("1")
    ear.hears("Thank you, we have your number.", CHOICES).press("1").hears(SENT)
    ear.phone.wait_end()
    message = box.ledger.wait_message(kept(ear.phone, box))
    assert message.withheld
    assert (message.callback_number, message.callback_confirmed) == ("5550888", 1)
    assert "withheld" in box.done("messages", owned.name)
    assert "5550801" not in box.done("messages", owned.name)


def test_a_mailbox_that_does_not_exist_takes_no_message(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = call(phones("5550802"), box, "899")
    spoken.wait_heard("There is nobody with this number.", phone.line.heard)
    phone.wait_end()
    assert not box.ledger.messages_of(kept(phone, box))


def test_a_full_mailbox_says_so_and_takes_no_message(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    owned = mailboxes.make(box.home, Owned("852"), max_messages=1)
    mailboxes.put(box.home, owned)
    phone = call(phones("5550803"), box, owned.number)
    spoken.wait_heard("We are sorry, this mailbox is full.", phone.line.heard)
    phone.wait_end()
    assert not box.ledger.messages_of(kept(phone, box))


def test_a_silent_caller_is_asked_again_and_leaves_nothing(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    owned = mailboxes.make(box.home, Owned("853"))
    ear = Ear(call(phones("5550804"), box, owned.number), spoken).press("#")
    for _ in range(2):
        ear.hears("We could not hear you.", "Please speak again after the tone.")
    ear.hears("We could not hear you.").phone.wait_end()
    found = kept(ear.phone, box)
    assert "nothing was said" in box.ledger.wait_message(found, "discarded").reason


# Hang-ups: what was said for two seconds is kept.


def in_the_greeting(phone: Phone) -> None:
    eventually(lambda: len(phone.line.heard()) > 4000, "the greeting is heard")


def at_the_tone(phone: Phone) -> None:
    phone.press("#")
    hear_tone(phone)


def after_a_word(phone: Phone) -> None:
    phone.press("#")
    speak(phone, part(LATE, 0.9))


def in_the_middle(phone: Phone) -> None:
    phone.press("#")
    speak(phone, part(LATE, 4.0))


def at_the_choices(phone: Phone) -> None:
    in_the_middle(phone)
    before = len(phone.line.heard())
    phone.press("#")
    eventually(lambda: len(phone.line.heard()) > before + 8000, "the choices are heard")


def with_a_number_half_keyed(phone: Phone) -> None:
    at_the_choices(phone)
    phone.press("5555")
    phone.line.wait_said()


@pytest.mark.parametrize(
    ("come_so_far", "state"),
    [
        (in_the_greeting, "discarded"),
        (at_the_tone, "discarded"),
        (after_a_word, "discarded"),
        (in_the_middle, "new"),
        (at_the_choices, "new"),
        (with_a_number_half_keyed, "new"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_hang_up_keeps_what_was_said_from_two_seconds_on(
    box: Box, phones: PhoneMaker, come_so_far: Callable[[Phone], None], state: str
) -> None:
    phone = call(phones("5550805"), box, "802")
    come_so_far(phone)
    phone.hang_up()
    message = box.ledger.wait_message(kept(phone, box), state)
    assert bool(message.path) == (state == "new")


# What tells people is away.


def test_a_mail_server_that_is_down_gets_the_mail_when_it_is_back(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, rough_post: Post
) -> None:
    owned = mailboxes.make(rough_box.home, Owned("861"), "desk@paper.example")
    rough_post.mail.troubles["CONNECT"] = Trouble(DROP)
    message = leave(phones("5550811"), rough_box, rough_spoken, owned.number, part(LATE, 4.0))
    eventually(lambda: rough_box.ledger.deliveries(message.id)[0].error, "it has failed")
    told = rough_box.done("messages", message.id)
    assert "mail to desk@paper.example: waiting, 1 attempts" in told
    del rough_post.mail.troubles["CONNECT"]
    assert "tried again" in rough_box.done("messages", message.id, "--retry")
    rough_post.wait_mail(message.id, FOUND_AGAIN)
    eventually(lambda: rough_box.ledger.deliveries(message.id)[0].state == "sent", "it is sent")


def test_a_worker_that_is_down_hears_and_tells_when_it_is_back(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, rough_post: Post
) -> None:
    owned = mailboxes.make(rough_box.home, Owned("862"))
    tell(rough_box.home, owned.name, "desk@paper.example")
    frozen = [psutil.Process(process.pid) for process in rough_box.parts("worker")]
    for process in frozen:
        process.suspend()
    message = leave(phones("5550812"), rough_box, rough_spoken, owned.number, part(LATE, 4.0))
    assert not rough_post.mails(message.id)
    killed(rough_box, "worker")
    assert rough_box.ledger.wait_words(message.id).text.startswith("good morning")
    rough_post.wait_mail(message.id, FOUND_AGAIN)
    rough_box.wait_until_well()
