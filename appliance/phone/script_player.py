"""Performing a key script on a running call."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from appliance.phone.key_script import Act, When

_TICK = 0.02
INFO_PAUSE = 0.18
"""Seconds between two keys by SIP INFO: as long as a key and its gap by RFC 4733."""


class Stage(Protocol):
    """The call, as the script sees it."""

    prompt_ended: asyncio.Event

    @property
    def now(self) -> float:
        """Seconds since the answer."""

    def listen_anew(self) -> None: ...

    async def press(self, key: str) -> None:
        """Returns when the key has been let go."""

    async def speak(self) -> None:
        """Returns when all has been spoken."""

    def hang_up(self) -> None: ...


class ScriptPlayer:
    def __init__(self, stage: Stage, acts: Sequence[Act]) -> None:
        self._stage = stage
        self._acts = acts
        self.undone = len(acts)
        """Words not yet begun."""

    async def play(self) -> None:
        for act in self._acts:
            await self._moment_of(act)
            self.undone -= 1
            await self._do(act)
            self._stage.listen_anew()

    async def _moment_of(self, act: Act) -> None:
        if act.when is When.PROMPT_ENDED:
            await self._stage.prompt_ended.wait()
        elif act.when is When.SINCE_ANSWER:
            await asyncio.sleep(max(act.seconds - self._stage.now, 0))
        else:
            await asyncio.sleep(act.seconds)

    async def _do(self, act: Act) -> None:
        if act.action == "hangup":
            self._stage.hang_up()
        elif act.action == "speak":
            await self._stage.speak()
        for key in act.keys:
            await self._stage.press(key)


async def until(is_true: Callable[[], bool]) -> None:
    while not is_true():
        await asyncio.sleep(_TICK)
