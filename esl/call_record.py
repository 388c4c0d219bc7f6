"""Recording the caller."""

import math
import os
from pathlib import Path

from esl.call_audio import TERMINATORS
from esl.event import Event
from esl.keypad import KEYS
from esl.paths import path_argument
from esl.session import CallSession
from ivr_flows.ports import CallFailed, Recording, RecordRule

BEEP = "tone_stream://%(400,0,1000)"
BEEP_SECONDS = 0.4
SILENCE_THRESHOLD = 200
"""Energy below which a frame is silence, 0 to 32,767; the value the vanilla voicemail uses."""
BUFFERING = "enable_file_write_buffering"
"""Unless this is false 64 kB, four seconds, of a recording stay in the switch's memory and die
with it (switch_ivr_play_say.c, switch_ivr_record_file_event)."""
LEAST_SPACE = 1_000_000
"""Bytes free, a minute of sound: a recording that ends on a full disk is kept, but one that cannot
even begin makes the switch hang up."""
MARGIN = 10.0
"""Seconds beyond the recording's own limit before the switch counts as stuck."""


def record(session: CallSession, into: Path, rule: RecordRule) -> Recording:
    """Record to `into`. A hang-up ends the recording and is not raised.

    On a disk that becomes full it ends early, as by the limit. Raises `CallFailed` (also where
    there is no room at all), `CallEnded`, `SwitchLost`.
    """
    session.check_alive()
    argument = _argument(into, rule)
    finish_on = "".join(key for key in rule.finish_on if key in KEYS)
    session.set_variable(BUFFERING, "false")
    session.set_variable(TERMINATORS, finish_on or "none")
    session.keypad.clear()
    if rule.beep:
        session.cork_locked("playback", BEEP)
    session.begin("record", argument)
    limit = math.ceil(rule.max_seconds) + BEEP_SECONDS + MARGIN
    completion = session.completion("record", limit, to_the_end=True)
    return _result(session, completion, into, rule)


def _argument(into: Path, rule: RecordRule) -> str:
    _check_folder(into)
    path = path_argument(into, "record")
    if " " in path:
        raise CallFailed("record", f"{path!r} holds a space: the switch would cut it there")
    argument = f"{path} {max(1, math.ceil(rule.max_seconds))}"
    if rule.silence_seconds > 0:
        argument += f" {SILENCE_THRESHOLD} {math.ceil(rule.silence_seconds)}"
    return argument


def _check_folder(into: Path) -> None:
    """FreeSWITCH hangs up on a path that it cannot write (mod_dptools.c, record_function)."""
    folder = into.absolute().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CallFailed("record", f"the folder {folder} is missing or cannot be written")
    if into.is_dir() or (into.exists() and not os.access(into, os.W_OK)):
        raise CallFailed("record", f"{into} cannot be written")
    space = os.statvfs(folder)
    if space.f_bavail * space.f_frsize < LEAST_SPACE:
        raise CallFailed("record", f"the disk of {folder} is full")


def _result(session: CallSession, completion: Event, into: Path, rule: RecordRule) -> Recording:
    milliseconds = completion.get("variable_record_ms")
    seconds = int(milliseconds) / 1000 if milliseconds.isdigit() else 0.0
    finished_by = _finished_by(session, completion, seconds, rule)
    if finished_by == "key":
        session.keypad.drop_through(completion.get("variable_playback_terminator_used"))
    else:
        session.keypad.clear()
    return Recording(into, seconds, finished_by)


def _finished_by(session: CallSession, completion: Event, seconds: float, rule: RecordRule) -> str:
    if session.ended:
        return "hangup"
    if completion.get("variable_playback_terminator_used"):
        return "key"
    exhausted = completion.get("variable_silence_hits_exhausted")
    if exhausted:
        return "silence" if exhausted == "true" else "limit"
    return "silence" if rule.silence_seconds > 0 and seconds < rule.max_seconds else "limit"
