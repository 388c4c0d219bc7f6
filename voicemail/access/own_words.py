"""A greeting or a comment: recorded by phone, heard, and accepted."""

from pathlib import Path

from ivr_flows.ports import CallEnded, CallFailed, Prompt, RecordRule
from voicemail.access.line import BACK
from voicemail.access.visit import Visit
from voicemail.access.words.actions import SPEAK, TOO_SHORT
from voicemail.access.words.listening import NOT_DONE
from voicemail.access.words.menus import REVIEW

RULE = RecordRule(max_seconds=120.0)
SHORTEST = 1.0
"""Seconds; less is a click."""
TAKES = 10
"""How often somebody may record it before the menu comes back."""
KEEP, HEAR, AGAIN = "1", "2", "3"


def own_words(visit: Visit) -> Path | None:
    """The recording that was accepted; None when it was given up. Raises `MailroomAway`."""
    try:
        return _accepted(visit)
    except CallFailed as failure:
        visit.context.note("not recorded", failure)
        visit.say(NOT_DONE)
        return None


def _accepted(visit: Visit) -> Path | None:
    for _ in range(TAKES):
        path = visit.room.scratch(visit.call.id)
        if not _recorded(visit, path):
            visit.say(TOO_SHORT)
            continue
        key = _reviewed(visit, path)
        if key != AGAIN:
            return path if key == KEEP else None
    return None


def _recorded(visit: Visit, path: Path) -> bool:
    visit.say(SPEAK)
    recording = visit.call.record(path, RULE)
    if recording.finished_by == "hangup":
        raise CallEnded
    return recording.seconds >= SHORTEST


def _reviewed(visit: Visit, path: Path) -> str:
    while (key := visit.choose((KEEP, HEAR, AGAIN, BACK), REVIEW)) == HEAR:
        visit.call.play([Prompt(path, "[recording]")])
    return key
