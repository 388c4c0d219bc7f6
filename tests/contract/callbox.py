"""Our own server behind a switch under test: what `esl.call` does with real calls."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.event import AsyncResult

from esl.absence import Absences
from esl.call import EslCall
from esl.outbound import OutboundServer
from tests.contract.client import LIMIT
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import PROGRAM
from tests.contract.phone import Phone
from tests.switches import Switch

Steps = Callable[[EslCall], Any]


@dataclass(slots=True)
class Seat:
    """One caller and what our program does with the call."""

    phone: Phone
    call: EslCall | None = None
    result: "AsyncResult[Any]" = field(default_factory=AsyncResult)
    """What the program has returned or raised."""

    @property
    def id(self) -> str:
        assert self.call is not None, "the call has not come"
        return self.call.id


@dataclass(slots=True)
class Callbox:
    switch: Switch
    phones: PhoneMaker
    _coming: "deque[tuple[Seat, Steps]]" = field(default_factory=deque)

    def seat(self, steps: Steps, number: str = "5551234") -> Seat:
        """A phone calls; its call is answered and then follows `steps`."""
        seat = self.expect(self.phones(number), steps)
        seat.phone.call(self.switch.sip, PROGRAM)
        with gevent.Timeout(LIMIT):
            while not (seat.phone.answered.is_set() and seat.call):
                gevent.sleep(0.01)
        return seat

    def expect(self, phone: Phone, steps: Steps) -> Seat:
        """For the next call that comes."""
        seat = Seat(phone)
        self._coming.append((seat, steps))
        return seat

    def on_call(self, call: EslCall) -> None:
        seat, steps = self._coming.popleft()
        seat.call = call
        try:
            call.answer()
            seat.result.set(steps(call))
        except Exception as fault:
            seat.result.set_exception(fault)


@contextmanager
def callbox(
    switch: Switch, phones: PhoneMaker, absences: Absences | None = None
) -> Iterator[Callbox]:
    """Where the dialplan's `PROGRAM` leads; one call comes at a time."""
    made = Callbox(switch, phones)
    address = "127.0.0.1", switch.socket_port
    server = OutboundServer(address, made.on_call, absences=absences)
    server.start()
    try:
        yield made
    finally:
        server.stop(0.1)
