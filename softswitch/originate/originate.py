"""Ringing phones until one answers."""

import asyncio
from collections import ChainMap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from softswitch.errors import DialStringError, Interrupted, NoFreePort, SwitchError
from softswitch.originate.destinations import Destination, destinations
from softswitch.originate.dialstring import DialString, Endpoint
from softswitch.originate.leg import CallerId, Leg, start_leg
from softswitch.session import Session
from softswitch.variables import number_of

if TYPE_CHECKING:
    from softswitch.switch import Switch

DEFAULT_SECONDS = 60
"""switch_ivr_originate.c: how long phones ring when nothing else is said."""


class OriginateFailed(SwitchError):
    """Nobody answered."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


Waiter = Callable[["asyncio.Future[None]", float], Awaitable[None]]
"""Waits for a future, so many seconds at most. May raise `Interrupted`."""
LegCallback = Callable[[Leg], None]


async def wait_plainly(done: "asyncio.Future[None]", seconds: float) -> None:
    await asyncio.wait([done], timeout=max(0.0, seconds))


@dataclass(frozen=True, slots=True)
class Originator:
    """Who has phones ring: another call, or a program."""

    switch: "Switch"
    caller: Session | None
    caller_id: CallerId
    wait: Waiter = wait_plainly
    on_progress: LegCallback = lambda leg: None
    on_failed_leg: LegCallback = lambda leg: None


async def originate(who: Originator, dial: DialString, seconds: float) -> Session:
    """The session that answered first (or has early audio). Raises `OriginateFailed`."""
    seconds = number_of(dial.variables.get("originate_timeout", ""), int(seconds), 1, 86_400)
    seconds = number_of(dial.variables.get("call_timeout", ""), int(seconds), 1, 86_400)
    cause = "DESTINATION_OUT_OF_ORDER"
    for group in dial.groups:
        try:
            return await _Race(who, seconds).run(group)
        except OriginateFailed as error:
            cause = error.cause
    raise OriginateFailed(cause)


class _Race:
    """One group of phones."""

    def __init__(self, who: Originator, seconds: float) -> None:
        self._who = who
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + seconds
        self._legs: list[Leg] = []
        self._cause = "DESTINATION_OUT_OF_ORDER"
        self._changed: asyncio.Future[None] = self._loop.create_future()

    async def run(self, group: tuple[Endpoint, ...]) -> Session:
        for endpoint in group:
            self._start(endpoint)
        try:
            while self._legs:
                if winner := next((leg for leg in self._legs if leg.has_taken), None):
                    self._end_others(winner)
                    return winner.session
                await self._next_change()
                self._bury()
        except Interrupted:
            self._give_up("ORIGINATOR_CANCEL")
            raise
        except asyncio.CancelledError:
            self._give_up("ORIGINATOR_CANCEL")
            raise
        raise OriginateFailed(self._cause)

    def _start(self, endpoint: Endpoint) -> None:
        switch = self._who.switch
        try:
            for destination in destinations(switch, endpoint):
                if switch.is_full:
                    raise DialStringError("SWITCH_CONGESTION", "all calls are taken")
                self._add(destination)
        except DialStringError as error:
            self._cause = error.cause
        except NoFreePort:
            self._cause = "SWITCH_CONGESTION"

    def _add(self, destination: Destination) -> None:
        leg = start_leg(self._who.switch, destination, self._who.caller, self._who.caller_id)
        self._legs.append(leg)
        leg.on_change = self._wake
        leg.asks = self._question(destination)
        leg.on_progress = self._who.on_progress
        limits = (
            ("leg_timeout", lambda: leg.is_up, "ALLOTTED_TIMEOUT"),
            ("leg_progress_timeout", lambda: leg.is_up or leg.has_progressed, "PROGRESS_TIMEOUT"),
        )
        for name, is_kept, cause in limits:
            seconds = number_of(destination.variables.get(name, ""), 0, 0, 86_400)
            if seconds:
                self._limit(leg, seconds, is_kept, cause)

    def _question(self, destination: Destination) -> str:
        """What is run when it answers. Of the keys only `exec` is known here."""
        general = self._who.caller.variables if self._who.caller else {}
        wanted = ChainMap(destination.variables, dict(general))
        is_asked = wanted.get("group_confirm_key") == "exec"
        return wanted.get("group_confirm_file", "") if is_asked else ""

    def _limit(self, leg: Leg, seconds: float, is_kept: Callable[[], bool], cause: str) -> None:
        """switch_ivr_originate.c, check_per_channel_timeouts."""

        def too_late() -> None:
            if not is_kept():
                leg.session.hang_up(cause, aside=True)

        timer = self._loop.call_later(seconds, too_late)
        leg.settled.add_done_callback(lambda _: timer.cancel())

    def _wake(self) -> None:
        if not self._changed.done():
            self._changed.set_result(None)

    async def _next_change(self) -> None:
        await self._who.wait(self._changed, self._deadline - self._loop.time())
        if self._changed.done():
            self._changed = self._loop.create_future()
        elif self._loop.time() >= self._deadline:
            self._give_up("NO_ANSWER")

    def _bury(self) -> None:
        for leg in [leg for leg in self._legs if leg.session.channel.hung_up]:
            self._cause = leg.session.channel.cause
            self._legs.remove(leg)
            self._who.on_failed_leg(leg)

    def _end_others(self, winner: Leg) -> None:
        for leg in self._legs:
            if leg is not winner:
                leg.session.hang_up("LOSE_RACE", aside=True)

    def _give_up(self, cause: str) -> None:
        for leg in self._legs:
            leg.session.hang_up(cause, aside=True)
