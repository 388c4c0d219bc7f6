"""Small words for what callers do: call a number of the box, be found again in its store."""

from functools import partial

from tests.contract.phone import Phone
from tests.contract.sip import Message
from tests.end_to_end.box import Box
from tests.end_to_end.ledger import KeptCall


def call(phone: Phone, box: Box, number: str = "100") -> Phone:
    """Call and be answered."""
    return phone.call(box.sip, number).wait_answer()


def call_id(phone: Phone) -> str:
    """The SIP Call-ID of the phone's call."""
    assert phone.dialog is not None, "no call"
    return phone.dialog.call_id


def kept(phone: Phone, box: Box) -> KeptCall:
    """The call's row, once it has its end."""
    return box.ledger.wait_ended(call_id(phone))


def press_by_info(phone: Phone, keys: str) -> None:
    """Keys as SIP INFO, each answered before the next."""
    for key in keys:
        phone.press_by_info(key)
        sequence = phone.dialog.cseq if phone.dialog else 0
        phone.wait(partial(_took, sequence))


def _took(sequence: int, message: Message) -> bool:
    return (message.status, message.method, message.sequence) == (200, "INFO", sequence)
