"""Calling the sender of a message, and coming back."""

from collections.abc import Mapping, Sequence
from typing import Final

from ivr_flows.ports import BridgeOutcome, BridgeRule, CallEnded, CallFailed, Target, Tried
from ivr_flows.sentences import Words
from voicemail.access.line import BACK
from voicemail.access.visit import Visit
from voicemail.access.words.actions import (
    BACK_HERE,
    BUSY,
    CONFIRM_CALL,
    MAY_NOT_CALL,
    NO_ANSWER,
    NO_NUMBER,
    NOT_REACHED,
)
from voicemail.access.words.amounts import phone_number
from voicemail.ports import Letter

CALL = "1"
RULE = BridgeRule(ring_seconds=45.0)
ENDINGS: Final[Mapping[BridgeOutcome, Words]] = {
    BridgeOutcome.BUSY: BUSY,
    BridgeOutcome.NO_ANSWER: NO_ANSWER,
    BridgeOutcome.REFUSED: NO_ANSWER,
}


def call_back(visit: Visit, letter: Letter) -> None:
    """Only where the dialling rules allow it, and after a yes. Raises `MailroomAway`."""
    number = letter.callback_number or ("" if letter.caller.withheld else letter.caller.number)
    if not number:
        visit.say(NO_NUMBER)
        return
    targets = visit.room.may_call(visit.box, number, visit.call.id)
    words = phone_number(number, visit.language)
    if not targets or not words:
        visit.room.called(targets, ())
        visit.say(MAY_NOT_CALL)
        return
    outcome = _after_a_yes(visit, targets, words)
    if outcome is None:
        return
    if outcome is not BridgeOutcome.ANSWERED:
        visit.say(ENDINGS.get(outcome, NOT_REACHED))
    visit.say(BACK_HERE)


def _after_a_yes(visit: Visit, targets: Sequence[Target], words: str) -> BridgeOutcome | None:
    """What became of the call; None where it is not wanted."""
    tried: Tried = ()
    try:
        if visit.choose((CALL, BACK), visit.text(CONFIRM_CALL, number=words)) != CALL:
            return None
        outcome, tried = _ring(visit, targets)
    except CallEnded as ended:
        tried = ended.tried
        raise
    finally:
        visit.room.called(targets, tried)
    visit.context.note("called back", outcome)
    return outcome


def _ring(visit: Visit, targets: Sequence[Target]) -> tuple[BridgeOutcome, Tried]:
    try:
        result = visit.call.bridge(targets, RULE)
    except CallFailed:
        failed = BridgeOutcome.FAILED
        return failed, [(target, failed) for target in targets]
    return result.outcome, result.tried
