"""A session: one channel with its line, its audio and the task that runs its applications.

Applications are coroutines. They never sleep by themselves but `wait`: there, orders that came
by the Event Socket are carried out in the middle of the waiting application, unless that one
was ordered with `event-lock`. That is how FreeSWITCH nests executes (switch_ivr.c,
switch_ivr_parse_all_events).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from softswitch.channel import Channel, State
from softswitch.errors import Ended, Moved
from softswitch.keypad import Keypad
from softswitch.media.keys import Key
from softswitch.media.rtp_port import RtpPort
from softswitch.orders import Action, Order
from softswitch.signalling import Line, Observer

if TYPE_CHECKING:
    from softswitch.apps.recording import SessionRecording
    from softswitch.switch import Switch

log = logging.getLogger(__name__)

MAX_ORDERS = 1000


class Wake(Enum):
    """Why a wait is over."""

    TIME = auto()
    DONE = auto()
    KEY = auto()
    BROKEN = auto()


class Session:
    def __init__(self, switch: "Switch", channel: Channel, line: Line, port: RtpPort) -> None:
        self.switch = switch
        self.channel = channel
        self.variables = channel.variables
        self.line = line
        self.port = port
        self.actions: deque[Action] = deque()
        self.observers: list[Observer] = []
        self.peer: Session | None = None
        """The session it is bridged to."""
        self.bridge_to: Session | None = None
        """Whom `uuid_bridge` will join it with."""
        self.on_leave: Callable[[], None] = lambda: None
        """Called when it moves elsewhere: a bridge lets go of it."""
        self.moves = 0
        """How often it has gone elsewhere."""
        self.on_hold: Callable[[bool], None] = lambda on: None
        """Called when its far end has put the call on hold, or taken it back."""
        self.on_end: list[Callable[[], None]] = []
        """Called when it has hung up, before its last events."""
        self.keypad = Keypad(channel)
        self.last_application = ("", "")
        self.is_parked = False
        self.recordings: dict[str, SessionRecording] = {}
        """Recordings of both sides, by path."""
        self.task: asyncio.Task[None] | None = None
        self._orders: deque[Order] = deque()
        self._wake = asyncio.Event()
        self._marks: list[int] = [0]
        self._breaks = 0
        self._locked = False
        self._moved = False
        self._told_early = False

    @property
    def depth(self) -> int:
        """Applications running inside each other."""
        return len(self._marks) - 1

    @property
    def uuid(self) -> str:
        return self.channel.uuid

    # What others do to it.

    def post(self, order: Order) -> bool:
        """Leave an order; False when it has hung up or has too many."""
        if self.channel.hung_up or len(self._orders) >= MAX_ORDERS:
            return False
        self._orders.append(order)
        self._wake.set()
        return True

    def press(self, key: Key) -> None:
        """A key was pressed by the far end, or is said to be."""
        if not self.channel.hung_up:
            self.keypad.press(key)
            self._wake.set()

    def interrupt(self, *, everything: bool = False) -> None:
        """`uuid_break`: stops what is running, and with `everything` what waits behind it."""
        self._breaks += 1
        if everything:
            self._orders.clear()
        self._wake.set()

    def hang_up(self, cause: str, *, aside: bool = False) -> None:
        """End the call; `aside` when it is not the session's own doing."""
        if self.channel.hung_up:
            return
        self.channel.mark_hung_up(cause)
        self.line.hang_up(cause)
        if aside:
            self._told_early = True
            for observer in list(self.observers):
                observer.on_hangup()
        for callback in self.on_end:
            callback()
        self._wake.set()

    def move(self, state: State, actions: list[Action] | None = None) -> None:
        """Go on elsewhere: `state` is entered as soon as the running application has let go."""
        if self.channel.hung_up:
            return
        self.channel.state = state
        self.actions = deque(actions or ())
        self._moved = True
        self.moves += 1
        self.on_leave()
        self._wake.set()

    def settle(self) -> None:
        """The new state has been reached."""
        self._moved = False

    @property
    def is_moving(self) -> bool:
        return self._moved

    def rouse(self) -> None:
        """Let a wait look again."""
        self._wake.set()

    # What its applications use.

    @property
    def has_orders(self) -> bool:
        return bool(self._orders)

    def send_key(self, digit: str) -> None:
        """Let the far end have a key that was pressed elsewhere."""
        self.line.send_key(Key(digit))

    def check(self) -> None:
        """Raises `Ended` or `Moved` when the running application must stop."""
        if self.channel.hung_up:
            raise Ended(self.channel.cause)
        if self._moved:
            raise Moved(self.channel.state.name)

    async def wait(
        self,
        *,
        seconds: float | None = None,
        done: "asyncio.Future[None] | None" = None,
        keys: bool = False,
    ) -> Wake:
        """Wait for the first of these, carrying out orders meanwhile. Raises `Interrupted`."""
        loop = asyncio.get_running_loop()
        deadline = None if seconds is None else loop.time() + seconds
        while True:
            self.check()
            if self._breaks > self._marks[-1]:
                self._marks[-1] = self._breaks
                return Wake.BROKEN
            if self._orders and not self._locked:
                await self.carry_out(self._orders.popleft())
                continue
            if keys and self.keypad.waits:
                return Wake.KEY
            if done is not None and done.done():
                return Wake.DONE
            if deadline is not None and loop.time() >= deadline:
                return Wake.TIME
            await self._doze(deadline, done)

    async def _doze(self, deadline: float | None, done: "asyncio.Future[None] | None") -> None:
        self._wake.clear()
        if done is not None:
            done.add_done_callback(self._on_done)
        try:
            async with asyncio.timeout_at(deadline):
                await self._wake.wait()
        except TimeoutError:
            pass
        finally:
            if done is not None:
                done.remove_done_callback(self._on_done)

    def _on_done(self, _: "asyncio.Future[None]") -> None:
        self._wake.set()

    async def carry_out(self, order: Order) -> None:
        """One order, as often as it says."""
        was_locked, self._locked = self._locked, order.lock or self._locked
        try:
            if order.hangup:
                self.hang_up(order.hangup)
            else:
                await self._repeat(order)
        finally:
            self._locked = was_locked
            if order.finished:
                order.finished()

    async def _repeat(self, order: Order) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(order.loops):
            began = loop.time()
            self.variables.set("current_loop", "1")
            self.variables.set("total_loops", str(order.loops))
            await self.execute(order.application, order.argument, order.uuid)
            # switch_ivr.c, switch_ivr_parse_event: a round under 500 ms is not repeated.
            if loop.time() - began < 0.5 or not self.carries_on:
                break
        self.variables.set("current_loop", None)
        self.variables.set("total_loops", None)

    @property
    def carries_on(self) -> bool:
        return not (self.channel.hung_up or self._moved)

    async def execute(self, application: str, argument: str, order: str = "") -> None:
        """Run one application with its events. Raises nothing of `Interrupted`: see `check`."""
        self._marks.append(self._breaks)
        try:
            await self.switch.applications.run(self, application, argument, order)
        finally:
            self._marks.pop()

    def finish(self) -> None:
        """All is over: let those tied to it know."""
        for observer in list(self.observers):
            if not self._told_early:
                observer.on_hangup()
            observer.on_finished()
