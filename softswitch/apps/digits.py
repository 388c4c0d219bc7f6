"""Gathering keys: read and play_and_get_digits."""

import asyncio
import contextlib
import re
from dataclasses import dataclass

from softswitch.apps.playing import play
from softswitch.apps.words import words_of
from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.session import Session, Wake
from softswitch.variables import number_of

MAX_DIGITS = 128
"""switch_ivr_play_say.c: the buffer of play_and_get_digits."""
MAX_PATTERN = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """What makes an entry complete."""

    low: int
    high: int
    first_seconds: float
    next_seconds: float
    terminators: str
    variable: str


async def read(session: Session, argument: str) -> None:
    """`read <min> <max> <file> <variable> <timeout ms> <terminators> [<digit timeout ms>]`."""
    words = words_of(argument)
    if len(words) < 4:
        return
    words += [""] * (7 - len(words))
    wanted = _wanted(words[0], words[1], words[4] or "1000", words[6], words[5] or "#", words[3])
    await gather(session, words[2], wanted)


async def play_and_get_digits(session: Session, argument: str) -> None:
    """`<min> <max> <tries> <timeout ms> <terminators> <file> <bad file> <variable> <regex>
    [<digit timeout ms>]`."""
    words = words_of(argument)
    if len(words) < 8:
        return
    words += [""] * (10 - len(words))
    wanted = _wanted(words[0], words[1], words[3], words[9], words[4], words[7])
    session.variables.set(f"{wanted.variable}_invalid", None)
    for _ in range(number_of(words[2], 1, 1, 100)):
        session.variables.set(wanted.variable, None)
        digits = await gather(session, words[5], wanted)
        if digits is not None and (digits or wanted.low == 0):
            if _matches(words[8], digits):
                return
            session.variables.set(wanted.variable, None)
            session.variables.set(f"{wanted.variable}_invalid", digits)
        await _play_quietly(session, words[6])


async def gather(session: Session, prompt: str, wanted: Wanted) -> str | None:
    """Play `prompt` and take keys; None when there were too few of them."""
    session.variables.set("read_result", None)
    session.variables.set(wanted.variable, None)
    entry = _Entry(session, wanted)
    with contextlib.suppress(SoundMissing, SoundUnusable):
        await play(session, prompt, entry.take)
    while not entry.complete and await _next_key(session, entry) is Wake.KEY:
        entry.take(session.keypad.take())
    enough = entry.terminated or len(entry.digits) >= wanted.low
    enough = enough and (bool(entry.digits) or entry.terminated or wanted.low == 0)
    session.variables.set("read_result", "success" if enough else "failure")
    session.variables.set(wanted.variable, entry.digits)
    return entry.digits if enough else None


async def _next_key(session: Session, entry: "_Entry") -> Wake:
    wanted = entry.wanted
    seconds = wanted.next_seconds if entry.digits else wanted.first_seconds
    return await session.wait(seconds=seconds, keys=True)


class _Entry:
    """Keys as they come in."""

    def __init__(self, session: Session, wanted: Wanted) -> None:
        self.digits = ""
        self.terminated = False
        self.wanted = wanted
        self._session = session

    @property
    def complete(self) -> bool:
        return self.terminated or len(self.digits) >= self.wanted.high

    def take(self, digit: str) -> bool:
        """Always True: the first key stops the prompt."""
        if digit in self.wanted.terminators:
            self.terminated = True
            self._session.variables.set("read_terminator_used", digit)
        else:
            self.digits += digit
        return True


async def _play_quietly(session: Session, name: str) -> None:
    if not name or name == "silence":
        await asyncio.sleep(0)
        return
    with contextlib.suppress(SoundMissing, SoundUnusable):
        await play(session, name)


def _wanted(
    low: str, high: str, first: str, following: str, terminators: str, variable: str
) -> Wanted:
    first_ms = number_of(first, 1000, 0, 3_600_000)
    return Wanted(
        low=number_of(low, 0, 0, MAX_DIGITS),
        high=number_of(high, 1, 1, MAX_DIGITS),
        first_seconds=first_ms / 1000,
        next_seconds=number_of(following, first_ms, 0, 3_600_000) / 1000,
        terminators="" if terminators == "none" else terminators,
        variable=variable,
    )


def _matches(pattern: str, digits: str) -> bool:
    if not pattern:
        return True
    if len(pattern) > MAX_PATTERN:
        return False
    try:
        return re.search(pattern, digits) is not None
    except re.error:
        return False
