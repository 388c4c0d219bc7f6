"""Many callers in one loop, light enough to leave the machine to the switch that is measured.

SIPp cannot be the clock here: its times come in steps of 4 ms (it reads the kernel's coarse
clock), as long as a native answer takes. Times are the kernel's own (see `stamped.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count, cycle

from .caller import Caller, Line
from .errors import SwitchRefused
from .rtp import FRAME_SECONDS
from .sip_texts import Heard, Leg
from .stamped import StampedSocket

PHASES = 4
"""Moments in 20 ms at which callers send: real ones do not all send together."""
MOST_LATE = 0.1
"""Seconds that are made up for, as a phone's own clock does not slow down with this machine."""
_numbers = count()


class Phones:
    """The callers' SIP port, and the calls on it."""

    def __init__(self, switch: tuple[str, int]) -> None:
        self.calls: dict[str, Caller] = {}
        self._switch = switch
        self._stamped = StampedSocket(self._receive)
        self._talk = asyncio.get_running_loop().create_task(self._talk_on())

    def close(self) -> None:
        self._talk.cancel()
        self._stamped.close()

    def caller(self, dialled: str, line: Line, number: str = "5550100") -> Caller:
        """A caller who shows `number`."""
        call_id = f"bench{self._stamped.port}x{next(_numbers)}"
        leg = Leg(dialled, call_id, self._stamped.port, self._switch[1], number)
        return self.calls.setdefault(call_id, Caller(self.send, leg, line))

    def send(self, message: bytes) -> None:
        self._stamped.socket.sendto(message, self._switch)

    def _receive(self, at: float, data: bytes) -> None:
        heard = Heard(data.decode(errors="replace"))
        call = self.calls.get(heard.call_id)
        if call is not None:
            call.hear(at, heard)

    async def _talk_on(self) -> None:
        """Each call that is talking sends a packet every 20 ms, not all at once."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        for phase in cycle(range(PHASES)):
            for call in list(self.calls.values())[phase::PHASES]:
                if call.talking:
                    call.talk()
            due = max(due + FRAME_SECONDS / PHASES, loop.time() - MOST_LATE)
            await asyncio.sleep(max(0.0, due - loop.time()))


Script = Callable[[int], Awaitable[None]]


async def at_a_rate(calls: int, per_second: float, script: Script) -> list[SwitchRefused]:
    """Run `script` once for each call, begun at a steady rate; the failures."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    tasks = []
    for number in range(calls):
        tasks.append(asyncio.ensure_future(_failure_of(script(number))))
        due += 1 / per_second
        await asyncio.sleep(max(0.0, due - loop.time()))
    return [failure for failure in await asyncio.gather(*tasks) if failure is not None]


async def _failure_of(running: Awaitable[None]) -> SwitchRefused | None:
    try:
        await running
    except SwitchRefused as failure:
        return failure
    return None
