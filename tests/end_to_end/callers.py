"""Small words for what callers do: call a number of the box, be found again in its store."""

from functools import partial

import numpy as np

from tests.contract.phone import Phone
from tests.contract.sip import Message
from tests.end_to_end.box import Box
from tests.end_to_end.ledger import KeptCall
from tests.end_to_end.spoken import ALIKE
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, heard_in

TONE = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(int(0.35 * RATE)) / RATE)
"""Most of the 400 ms that ask the caller to speak."""


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


def register(phone: Phone, box: Box, expires: int = 300) -> None:
    """As the desk's phone; with `expires` 0 no longer."""
    assert phone.register(box.sip, box.desk_secret, expires) == 200


def hear_tone(phone: Phone, after: int = 0) -> None:
    """Wait for the tone that asks the caller to speak, `after` so many samples of the call."""
    eventually(lambda: heard_in(TONE, phone.line.heard()[after:]) > ALIKE, "the tone was heard")


def press_by_info(phone: Phone, keys: str) -> None:
    """Keys as SIP INFO, each answered before the next."""
    for key in keys:
        phone.press_by_info(key)
        sequence = phone.dialog.cseq if phone.dialog else 0
        phone.wait(partial(_took, sequence))


def _took(sequence: int, message: Message) -> bool:
    return (message.status, message.method, message.sequence) == (200, "INFO", sequence)
