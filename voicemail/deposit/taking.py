"""Recording what the caller says, and judging whether it is a message."""

from ivr_flows.line import Line
from ivr_flows.ports import CallEnded, CallFailed, Recording, RecordRule
from ivr_flows.sentences import Words
from voicemail.deposit.message import OpenMessage, Take
from voicemail.deposit.words import (
    AFTER_TONE,
    AS_BEFORE,
    NO_LONGER,
    NOTHING_HEARD,
    ONCE_MORE,
    TOO_SHORT,
)

ATTEMPTS = 3
SILENCE_SECONDS = 5.0
"""Ends a recording. People stop to look a number up: longer than a menu would wait."""
SILENT_BELOW = 0.5
"""Seconds of speech: less is a cough or a click."""
ENOUGH = 2.0
"""Seconds of speech that make a message of what was cut off."""
MARGIN = 0.2
"""Seconds of these that may be missing: a hang-up costs the last packets, and the gate that
measures speech the first soft sound."""


def take_message(line: Line, message: OpenMessage, longest: float) -> None:
    """Ask until there is a message, or `ATTEMPTS` times; `longest` is in seconds.

    Raises `CallEnded`, `SwitchLost`; `CallFailed` where nothing can be recorded.
    """
    for attempt in range(1, ATTEMPTS + 1):
        wrong = _attempt(line, message, longest)
        if wrong is None:
            return
        line.say(wrong, *([ONCE_MORE] if attempt < ATTEMPTS else []))


def take_again(line: Line, message: OpenMessage, longest: float) -> None:
    """One more attempt; if it is no message, the one before stays. Raises as `take_message`."""
    line.say(AFTER_TONE)
    wrong = _attempt(line, message, longest)
    if wrong is not None:
        line.say(wrong, AS_BEFORE)


def _attempt(line: Line, message: OpenMessage, longest: float) -> Words | None:
    """What is wrong with it, or None."""
    path = message.next_take()
    try:
        with message.recording():
            recording = line.call.record(path, RecordRule(longest, SILENCE_SECONDS, "#"))
    except CallFailed:
        # How much there is only the file can tell. If it cannot be asked, something is taken to
        # be there, unless there is a message already.
        unknown = 0.0 if message.best else ENOUGH
        _accept_part(_take(line, message, Recording(path, unknown, "failed")), message)
        if message.best is None:
            raise
        return None
    take = _take(line, message, recording)
    if take.ended_by == "hangup":
        _accept_part(take, message)
        raise CallEnded
    return _accept(take, message, line)


def _take(line: Line, message: OpenMessage, recording: Recording) -> Take:
    said = message.mailroom.said(recording.path)
    seconds = said.seconds if said else recording.seconds
    # Where it cannot be told what is in it, all of it counts as speech.
    spoken = said.spoken_seconds if said else recording.seconds
    ended_by = recording.finished_by
    line.context.note("recorded", f"{seconds:.1f} s, spoken {spoken:.1f} s, ended by {ended_by}")
    return Take(message.takes, recording.path, seconds, spoken, ended_by)


def _accept_part(take: Take, message: OpenMessage) -> None:
    """Whether what was cut off is a message; else the one before stays."""
    if take.spoken_seconds >= min(ENOUGH, message.draft.box.min_seconds) - MARGIN:
        message.best = take
    else:
        message.shortfall = f"cut off after {take.spoken_seconds:.1f} s of speech"


def _accept(take: Take, message: OpenMessage, line: Line) -> Words | None:
    if take.spoken_seconds < SILENT_BELOW:
        message.shortfall = f"nothing was said in {take.seconds:.1f} s"
        return NOTHING_HEARD
    if take.seconds < message.draft.box.min_seconds:
        message.shortfall = f"only {take.seconds:.1f} s long"
        return TOO_SHORT
    message.best = take
    if take.ended_by == "limit":
        line.say(NO_LONGER)
    return None
