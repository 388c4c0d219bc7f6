"""Playing prompts and gathering keys.

Keys are taken from DTMF events only. A playback with playback_terminators=any stops on the
switch itself, without a round trip, and its completion follows the key within a millisecond.
"""

import os
from collections.abc import Sequence

from esl.event import Event
from esl.paths import path_argument
from esl.session import CallSession
from ivr_flows.ports import CallFailed, DigitRule, Digits, Heard, Prompt

AUDIO_LIMIT = 1800.0
"""Seconds one playback may take; how long its audio is cannot be known here."""
TERMINATORS = "playback_terminators"
DELIMITER = "!"
"""Between the files of one playback; no path holds it. Not a file_string: before its first file
FreeSWITCH puts 250 ms of silence (mod_dptools.c, next_file)."""
FILES_AT_ONCE = 100
"""A playback takes 128 at most (switch_ivr_play_say.c, switch_ivr_play_file)."""
NOT_PLAYED = ("FILE NOT FOUND", "PLAYBACK ERROR")
RATE = 8000
"""Samples a second of what is listened to. An offset counts the samples of the file, its position
afterwards those that were sent (switch_ivr_play_say.c, offset_pos): the two must be the same."""
LATE_KEY = 1.0
"""Seconds that the event of a key may come after the end of the playback that it stopped."""


def play(session: CallSession, audio: Sequence[Prompt], *, barge_in: bool) -> None:
    """Play to the end, or until a key. Raises `CallEnded`, `CallFailed`, `SwitchLost`."""
    session.check_alive()
    if not audio:
        session.flush()
        return
    paths = _paths(audio)
    session.set_variable(TERMINATORS, "any" if barge_in else "none")
    if len(paths) > 1:
        session.set_variable("playback_delimiter", DELIMITER)
        session.set_variable("playback_sleep_val", "0")  # else 250 ms between the files
    for start in range(0, len(paths), FILES_AT_ONCE):
        completion = _play_files(session, paths[start : start + FILES_AT_ONCE])
        if completion.get("variable_playback_terminator_used"):
            return


def _play_files(session: CallSession, paths: Sequence[str]) -> Event:
    playlist = DELIMITER.join(paths)
    completion = session.execute("playback", playlist, AUDIO_LIMIT)
    response = completion.get("Application-Response")
    if response in NOT_PLAYED:
        raise CallFailed("play", f"{response}: {playlist[:300]}")
    return completion


def listen(session: CallSession, prompt: Prompt, start: float) -> Heard:
    """Play one file of 8 kHz from `start` seconds; the key that stops it is taken.

    Raises as `play`.
    """
    session.check_alive()
    if session.keypad:
        session.flush()
        return Heard(start, session.keypad.take())
    session.set_variable(TERMINATORS, "any")
    offset = max(0, round(start * RATE))
    completion = _play_files(session, [f"{path_argument(prompt.path, 'play')}@@{offset}"])
    key = completion.get("variable_playback_terminator_used")
    if key:
        key = _next_key(session, LATE_KEY) or key
    position = completion.get("variable_playback_last_offset_pos")
    # -1: an offset into a file that holds no sound.
    return Heard(int(position) / RATE if position.isdecimal() else 0.0, key)


def collect(session: CallSession, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
    """Play unless keys are waiting, then gather. Raises as `play`."""
    if not session.keypad:
        play(session, audio, barge_in=True)
    else:
        session.check_alive()
        session.flush()
    return _gather(session, rule)


def _gather(session: CallSession, rule: DigitRule) -> Digits:
    keys = ""
    silence_allowed = rule.first_timeout
    while len(keys) < rule.max_digits:
        key = _next_key(session, silence_allowed)
        if not key:
            return Digits(keys, timed_out=not keys or len(keys) < rule.min_digits)
        if key in rule.finish_on:
            return Digits(keys, finished_by=key, timed_out=len(keys) < rule.min_digits)
        keys += key
        silence_allowed = rule.digit_timeout
    if rule.max_digits > 1:
        session.keypad.ignore_next(rule.finish_on)
    return Digits(keys)


def _next_key(session: CallSession, limit: float) -> str:
    """The next key, or an empty string after `limit` seconds of silence."""
    keypad = session.keypad
    if not keypad:
        session.wait_until(lambda: bool(keypad) or session.gone, limit)
    session.check_alive()
    return keypad.take() if keypad else ""


def pause(session: CallSession, seconds: float) -> None:
    session.check_alive()
    session.flush()
    session.wait_until(lambda: session.gone, max(0.0, seconds))
    session.check_alive()


def _paths(audio: Sequence[Prompt]) -> list[str]:
    paths = [path_argument(prompt.path, "play") for prompt in audio]
    # A list leaves out a file that is missing and still says FILE PLAYED (switch_ivr_play_say.c,
    # switch_ivr_play_file): the caller would hear a sentence without its number.
    missing = [path for path in paths if len(paths) > 1 and not os.path.exists(path)]
    if missing:
        raise CallFailed("play", f"FILE NOT FOUND: {missing[0]}")
    return paths
