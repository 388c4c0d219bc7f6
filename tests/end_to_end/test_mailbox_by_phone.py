"""People of the paper in their mailboxes: keys of a real call, and all that is heard compared."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from ivr_flows.speaking import FILTERS
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import voice
from tests.end_to_end import mailboxes
from tests.end_to_end.box import DESK, Box
from tests.end_to_end.callers import call, hear_tone, register
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.leaving import CHOICES, leave, speak
from tests.end_to_end.ledger import KeptMessage
from tests.end_to_end.mailboxes import CANCEL, LATE, TIP, Owned, part
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, Samples, read_wav

pytestmark = pytest.mark.timeout(300)

BERLIN = ZoneInfo("Europe/Berlin")
WRONG = "The mailbox number or the PIN is not right."
AFTER = "To hear it again, press 1. To delete it, press 7. To save it, press 8."

EarAt = Callable[..., Ear]


@pytest.fixture
def ear_in(box: Box, phones: PhoneMaker, spoken: Spoken) -> EarAt:
    """Signs in to a mailbox: by number and PIN, keyed in one go."""

    numbers = count(5550530)

    def make(owned: Owned, language: str = "en") -> Ear:
        ear = Ear(phones(str(next(numbers))), spoken, language)
        call(ear.phone, box, "199")
        return ear.press(f"{owned.number}#{owned.pin}#")

    return make


def own(box: Box, number: str, **facts: object) -> Owned:
    """A mailbox of the test's own."""
    return mailboxes.make(box.home, Owned(number), **facts)


def state(box: Box, owned: Owned) -> list[str]:
    return [message.state for message in box.ledger.messages("box = ?", owned.name)]


def kept_sound(box: Box, message: KeptMessage) -> Samples:
    return read_wav(box.home / "voicemail" / message.path)


# A visit to messages that callers have left.


def leave_urgently(phone: Phone, box: Box, spoken: Spoken, owned: Owned, said: Samples) -> None:
    call(phone, box, owned.number).press("#")
    speak(phone, said)
    ear = Ear(phone, spoken).press("#")
    ear.hears(CHOICES, "To mark it urgent, press 4.").press("4")
    ear.hears("Your message is urgent.", "To mark it not urgent, press 4.").press("1")
    phone.wait_end()


def test_messages_are_left_and_then_heard_skipped_in_saved_deleted_and_undeleted(
    box: Box, phones: PhoneMaker, spoken: Spoken, ear_in: EarAt
) -> None:
    owned = own(box, "811")
    plain = leave(phones("5550511"), box, spoken, owned.number, part(CANCEL, 4.0))
    leave_urgently(phones("5550512"), box, spoken, owned, read_wav(TIP))
    (urgent,) = box.ledger.messages("box = ? AND urgent", owned.name)
    ear = ear_in(owned)
    ear.hears("You have two new messages, one of them urgent.", "For new messages, press 1.")
    ear.press("1").hears("Message one.", "It is urgent.")
    skips_about(ear, kept_sound(box, urgent))
    hears_the_envelope(ear, urgent)
    ear.press("8").hears("Saved.", "Message two.")
    ear.hears_sound(kept_sound(box, plain), "the second message").hears(AFTER)
    ear.press("7").hears("Deleted.", "To keep it after all, press 7.")
    ear.press("7").hears("It is kept.").press("7").hears("Deleted.")
    ear.press("6").hears("That was the last message.")
    has_it_back(ear, box, plain)
    ear.press("*9").hears("You have one new message and one saved message.")
    ear.press("#").hears("Goodbye.").phone.wait_end()
    assert state(box, owned) == ["new", "saved"]


def skips_about(ear: Ear, sound: Samples) -> None:
    """Forward, back, pause and on, to the beginning, to the end."""
    jumps(ear, "3", sound, 3.0, 5.2)
    jumps(ear, "1", sound, -7.0, -4.8)
    back = ear.place_in(sound)
    ear.press("2").hears("Paused. To go on, press 2.").press("2")
    later = back.in_recording + 2 * RATE
    ear.hears_sound(sound[later : later + RATE], "what comes after the pause")
    ear.press("11").hears_sound(sound[RATE // 2 : 2 * RATE], "the beginning")
    ear.press("#").hears(AFTER)


def jumps(ear: Ear, key: str, sound: Samples, least: float, most: float) -> None:
    """By how many seconds the key moves what is heard; a pause of the switch's own counts too."""
    before = ear.place_in(sound)
    ear.press(key)
    eventually(
        lambda: least < before.jump_to(ear.place_in(sound)) < most, f"{key} goes to another place"
    )


def hears_the_envelope(ear: Ear, message: KeptMessage) -> None:
    at = datetime.fromisoformat(message.started_at).astimezone(BERLIN)
    is_today = at.date() == datetime.now(BERLIN).date()
    time = FILTERS["time"](at, "en")
    number = FILTERS["phone"](message.caller_number, "en")
    ear.press("5").hears(f"Received at {time} {'today' if is_today else 'yesterday'}.")
    ear.hears(f"From {number}.", "It is urgent.")


def has_it_back(ear: Ear, box: Box, message: KeptMessage) -> None:
    """What was deleted in this visit."""
    ear.hears("For the messages that you have just deleted, press 3.").press("3")
    ear.hears("Message one.", "You have deleted it.")
    ear.hears_sound(kept_sound(box, message), "the deleted message")
    ear.press("7").hears("It is kept.")


# What else can be done with a message.


def test_a_message_is_forwarded_with_a_comment(box: Box, ear_in: EarAt) -> None:
    owned, other = own(box, "812"), own(box, "813")
    sound = mailboxes.put(box.home, owned)
    comment = part(CANCEL, 3.0)
    ear = ear_in(owned).hears("You have one new message.").press("1").hears("Message one.")
    ear.press("#0").hears("To forward the message, press 1.").press("1")
    ear.hears("Please key in the number of the mailbox, then the hash key.").press("999#")
    ear.hears("There is no mailbox with that number.").press("813#")
    ear.hears(f"{other.title}. If that is right, press 1.").press("1")
    ear.hears("To record some words of your own first, press 1.").press("1")
    ear.hears("Please speak after the tone, then press the hash key.")
    speak(ear.phone, comment, ear.at)
    ear.press("#").hears("To keep it, press 1.").press("1").hears("Forwarded.")
    ear.phone.hang_up()
    hears_what_was_forwarded(box, ear_in(other), owned, sound)


def hears_what_was_forwarded(box: Box, ear: Ear, by: Owned, sound: Samples) -> None:
    (forwarded,) = box.ledger.messages("forwarded_by = ?", by.name)
    ear.hears("You have one new message.").press("1")
    ear.hears("Message one.", f"Forwarded by {by.title}.")
    ear.hears_sound(read_wav(box.home / "voicemail" / forwarded.comment_path), "the comment")
    ear.hears_sound(sound, "the message itself")


def test_the_sender_is_called_back_and_both_hear_each_other(
    box: Box, phones: PhoneMaker, ear_in: EarAt
) -> None:
    owned = own(box, "814")
    mailboxes.put(box.home, owned, number=DESK)
    sender = phones(DESK, Manners(status=None))
    register(sender, box)
    ear = ear_in(owned).hears("You have one new message.").press("1#02")
    ear.hears("The number is two zero zero. To call it, press 1.").press("1")
    sender.wait_invite()
    sender.pick_up()
    sender.line.say(voice("menu"))
    ear.phone.line.say(voice("prompt"))
    assert ear.phone.line.hears_said(voice("menu")) > SAID
    assert sender.line.hears_said(voice("prompt")) > SAID
    sender.hang_up()
    ear.hears("You are back in your mailbox.", AFTER)
    register(sender, box, 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("09001234567", "That number cannot be called from here."),
        ("", "There is no number to call."),
    ],
    ids=["premium", "withheld"],
)
def test_a_number_that_may_not_be_called_is_not(
    box: Box, ear_in: EarAt, number: str, words: str
) -> None:
    owned = own(box, "815" if number else "816")
    mailboxes.put(box.home, owned, number=number, withheld=not number)
    ear_in(owned).hears("You have one new message.").press("1#02").hears(words)


# Greeting and PIN.


def test_a_recorded_greeting_is_heard_by_the_next_caller(
    box: Box, phones: PhoneMaker, spoken: Spoken, ear_in: EarAt
) -> None:
    owned = own(box, "821")
    said = part(LATE, 4.0)
    ear = ear_in(owned).hears("You have no messages.").press("5")
    ear.hears("To record a greeting, press 1.").press("1")
    ear.hears("For your usual greeting, press 1.").press("1")
    ear.hears("Please speak after the tone, then press the hash key.")
    speak(ear.phone, said, ear.at)
    ear.press("#").hears("To keep it, press 1.").press("1").hears("Your greeting is kept.")
    ear.phone.hang_up()
    caller = call(phones("5550521"), box, owned.number)
    assert caller.line.hears_said(said, limit=20) > SAID
    hear_tone(caller)


def test_a_changed_pin_opens_the_mailbox_and_the_old_one_does_not(box: Box, ear_in: EarAt) -> None:
    owned, renewed = own(box, "822"), Owned("822", "735182")
    ear = ear_in(owned).hears("You have no messages.").press("5")
    ear.hears("To change your PIN, press 2.").press("2")
    ear.hears("Please key in your new PIN, then the hash key.").press("1234#")
    ear.hears("Please key it in once more, then the hash key.").press("1234#")
    ear.hears("That PIN is too easy to guess.").press("735182#735182#")
    ear.hears("Your PIN is changed.")
    ear.phone.hang_up()
    ear_in(renewed).hears("You have no messages.").phone.hang_up()
    ear_in(owned).hears(WRONG)


def test_wrong_pins_lock_the_mailbox_even_for_the_right_one(box: Box, ear_in: EarAt) -> None:
    owned = own(box, "823")
    guesses = ear_in(Owned(owned.number, "5555"))
    guesses.hears(WRONG).press("823#5556#").hears(WRONG).press("823#5557#").hears(WRONG)
    guesses.hears("Please call again in one minute.", "Goodbye.").phone.wait_end()
    late = ear_in(owned).hears("There were too many wrong PINs.", "Goodbye.")
    late.phone.wait_end()


def test_a_mailbox_that_does_not_exist_sounds_like_a_wrong_pin(ear_in: EarAt) -> None:
    ear_in(Owned("829")).hears(WRONG, "Please key in your mailbox number, then the hash key.")


def test_a_visit_in_mandarin(box: Box, ear_in: EarAt) -> None:
    owned = own(box, "824", language="zh")
    sound = mailboxes.put(box.home, owned, number="5550524")
    ear = ear_in(owned, "zh").hears("您有一条新留言。", "听新留言请按1。")
    ear.press("1").hears("第一条留言。").hears_sound(sound, "the message")
    ear.hears("重听请按1。删除请按7。保存请按8。听下一条请按6。")
    ear.press("5").hears("来电号码是五五五，零五二四。")
    ear.press("8").hears("已保存。", "留言听完了。").press("9")
    ear.hears("您没有新留言，有一条已保存的留言。").press("#").hears("再见。")
    ear.phone.wait_end()
