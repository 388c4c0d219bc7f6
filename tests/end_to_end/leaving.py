"""What callers do who leave a message."""

from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, hear_tone, kept
from tests.end_to_end.ledger import KeptMessage
from tests.end_to_end.spoken import Spoken
from tests.listening import Samples

SENT = "Thank you. Your message is on its way."
CHOICES = "To send your message, press 1, or just hang up."


def speak(phone: Phone, said: Samples, after: int = 0) -> None:
    """All of it, after the tone: that after so many samples of the call."""
    hear_tone(phone, after)
    phone.line.say(said)
    phone.line.wait_said()


def leave(phone: Phone, box: Box, spoken: Spoken, number: str, said: Samples) -> KeptMessage:
    """A message for the mailbox `number`, past its greeting, sent as it is."""
    call(phone, box, number).press("#")
    speak(phone, said)
    phone.press("#1")
    spoken.wait_heard(SENT, phone.line.heard)
    phone.wait_end()
    return box.ledger.wait_message(kept(phone, box))
