"""The mailbox number and the PIN. A box that does not exist sounds like a wrong PIN."""

from voicemail.access.line import Line
from voicemail.access.words.amounts import span
from voicemail.access.words.signing import (
    ASK_BOX,
    ASK_PIN,
    GOODBYE,
    LOCKED,
    TRY_LATER,
    WRONG,
)
from voicemail.ports import Box, Mailroom, Pin, SignIn


def sign_in(line: Line, room: Mailroom, box: str, attempts: int) -> Box | None:
    """The mailbox whose PIN was keyed; None after polite words. Raises `MailroomAway`."""
    for _ in range(attempts):
        tried = _try(line, room, box)
        if tried is None:
            continue
        line.context.note("pin", tried.outcome)
        if tried.outcome is Pin.RIGHT:
            return tried.box
        line.say(LOCKED if tried.outcome is Pin.LOCKED else WRONG)
        if tried.wait_seconds > 0:
            time = span(tried.wait_seconds, line.language)
            line.say(line.text(TRY_LATER, time=time))
            break
    line.say(GOODBYE)
    return None


def _try(line: Line, room: Mailroom, box: str) -> SignIn | None:
    """None when nothing was keyed that could be tried."""
    number = box or line.entry(ASK_BOX)
    pin = line.entry(ASK_PIN) if number else ""
    if not pin:
        return None
    # Number 0 is no mailbox: its PIN is wrong, and that takes as long to find out.
    found = room.find(number) or Box(0, number)
    return room.sign_in(found, pin, line.call.caller)
