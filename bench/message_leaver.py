"""Callers who leave a message: they wait for the tone, speak, and press the hash key."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.kill.tone import LEAST, OVER, is_tone
from tests.listening import Samples, to_mulaw

from .caller import Caller
from .callers import Phones, at_a_rate
from .ears import Ear
from .errors import SwitchRefused
from .rtp import FRAME, FRAME_SECONDS

PER_SECOND = 20.0
TONE_LIMIT = 20.0
FIRST_NUMBER = 5_550_000
BREATH = 0.3
"""Seconds from the tone to the first word."""


@dataclass(frozen=True, slots=True)
class Left:
    """What one caller said, and when (in seconds, as time.time() counts)."""

    caller: str
    said: Samples
    began: float
    """The tone was over."""
    ended: float
    """The hash key went down."""

    @property
    def seconds(self) -> float:
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Crowd:
    left: Sequence[Left]
    failures: Sequence[SwitchRefused]

    @property
    def most_at_once(self) -> int:
        """How many of them spoke at the same moment."""
        beginnings = [one.began for one in self.left]
        speaking = [sum(one.began <= at < one.ended for one in self.left) for at in beginnings]
        return max(speaking, default=0)


async def leave_messages(switch: tuple[str, int], dialled: str, texts: Sequence[Samples]) -> Crowd:
    """A call for each text, soon after one another."""
    phones = Phones(switch)
    left: list[Left] = []

    async def call_once(number: int) -> None:
        ear = Ear(keep_audio=True)
        name = str(FIRST_NUMBER + number)
        try:
            caller = phones.caller(dialled, ear, name)
            await caller.dial()
            caller.talking = True
            began = await _tone_over(ear)
            ended = await _speak(caller, texts[number])
            left.append(Left(name, texts[number], began, ended))
        finally:
            ear.close()

    try:
        failures = await at_a_rate(len(texts), PER_SECOND, call_once)
    finally:
        phones.close()
    return Crowd(left, failures)


async def _tone_over(ear: Ear) -> float:
    """When the tone that asks the caller to speak has ended. Raises SwitchRefused."""
    read = row = 0
    deadline = time.time() + TONE_LIMIT
    while time.time() < deadline:
        await asyncio.sleep(FRAME_SECONDS)
        for payload in ear.payloads[read:]:
            read += 1
            if is_tone(payload):
                row += 1
            elif row >= LEAST:
                return ear.times[read - 1]
            else:
                row = 0
        if row >= LEAST and time.time() - ear.times[-1] > OVER:
            return ear.times[-1] + FRAME_SECONDS  # some switches send nothing while they record
    raise SwitchRefused("the tone was not heard")


async def _speak(caller: Caller, said: Samples) -> float:
    """When the hash key went down. Raises SwitchRefused when the switch ends the call before."""
    await asyncio.sleep(BREATH)
    coded = to_mulaw(said)
    caller.say(coded[at : at + FRAME] for at in range(0, len(coded) - FRAME + 1, FRAME))
    while not caller.has_spoken:
        if caller.ended.done():
            raise SwitchRefused("the switch hung up in the middle of a message")
        await asyncio.sleep(FRAME_SECONDS)
    ended = time.time()
    await caller.press("#")
    await caller.until_ended()
    return ended
