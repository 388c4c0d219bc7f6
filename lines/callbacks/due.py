"""A call that is owed now, and what became of it."""

from dataclasses import dataclass

from lines.callbacks.words import YOU_ASKED
from lines.outgoing import Outcome, OutgoingCall
from store.models import Callback
from store.models.line import Door


@dataclass(frozen=True, slots=True)
class Due:
    """A call to be placed now."""

    id: int
    call: OutgoingCall


@dataclass(frozen=True, slots=True)
class Over:
    """What became of it."""

    outcome: Outcome
    reason: str = ""
    call_id: str = ""
    broken: bool = False
    """It was taken, but its flow broke: the callee did not get what was promised."""


def call_of(row: Callback) -> OutgoingCall:
    return OutgoingCall(
        to=row.number,
        door=Door.CALLBACK,
        flow=row.flow,
        given=row.given,
        asked_by=row.asked_by,
        purpose=row.purpose or f"call-back {row.id}",
        about=YOU_ASKED,
        for_call=row.call,
        language=row.language,
        confirm=True,  # an answering machine has not been reached
        id=call_name(row.id),
    )


def call_name(number: int) -> str:
    """By which the outgoing call of a call-back can be withdrawn."""
    return f"callback-{number}"
