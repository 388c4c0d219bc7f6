"""Another PIN, keyed twice."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from ivr_flows.sentences import Words
from store.pins import PinFault
from voicemail.access.line import ASKED, Said
from voicemail.access.visit import Visit
from voicemail.access.words.actions import (
    DIFFERENT,
    NEW_PIN,
    NEW_PIN_AGAIN,
    PIN_CHANGED,
    PIN_LENGTH,
    PIN_REFUSED,
    PIN_SIMPLE,
    UNCHANGED,
)

REFUSALS: Final[Mapping[str, Words]] = {
    PinFault.LENGTH: PIN_LENGTH,
    PinFault.SIMPLE: PIN_SIMPLE,
}


def new_pin(visit: Visit) -> None:
    """Raises `MailroomAway`, but not for the change itself."""
    hint: tuple[Said, ...] = ()
    for _ in range(ASKED):
        pin = visit.entry(*hint, NEW_PIN)
        if not pin:
            break
        if visit.entry(NEW_PIN_AGAIN) != pin:
            hint = (DIFFERENT,)
            continue
        refusal = visit.tried(partial(visit.room.set_pin, visit.box, pin))
        if not refusal:
            visit.say(*([] if refusal is None else [PIN_CHANGED]))
            return
        hint = (REFUSALS.get(refusal, PIN_REFUSED),)
    visit.say(*hint, UNCHANGED)
