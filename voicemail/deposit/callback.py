"""Asking for the number at which the caller of a message wants to be called back."""

from ivr_flows import number_asking
from ivr_flows.line import Line
from voicemail.deposit.message import OpenMessage
from voicemail.deposit.saying import SAYINGS, Saying


def ask_number(line: Line, message: OpenMessage) -> None:
    """Offer the caller's own number, or take another. Raises `CallEnded`, `SwitchLost`."""
    can_say = message.mailroom.hears_numbers(line.language)
    saying = Saying(line, message.mailroom, SAYINGS if can_say else 0)
    number_asking.ask_number(line, message.change_number, saying)
