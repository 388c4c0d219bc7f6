"""The box's connection to a switch under test, and its server: for calls that we place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import gevent
import pytest
from gevent.event import AsyncResult

from esl.call import EslCall
from esl.originate import Order, Rung, originate
from esl.outbound import OutboundServer
from esl.switch import Switch as Connection
from esl.switch import SwitchStatus
from ivr_flows.ports import Target
from tests.contract.client import LIMIT
from tests.contract.phone import Phone
from tests.switches import Switch

RING = 20.0
LONG = 300.0


@dataclass(slots=True)
class Desk:
    """The box's connection to the switch, and its server, where answered calls come."""

    switch: Switch
    connection: Connection
    server: OutboundServer
    program: Callable[[EslCall], Any] = lambda call: call.pause(LONG)
    come: "AsyncResult[EslCall]" = field(default_factory=AsyncResult)

    def order(self, target: Target, ring: float = RING) -> Order:
        return Order(str(uuid4()), target, ring, self.server.address, "The Daily")

    def ring(self, phone: Phone, ring: float = RING) -> Rung:
        return originate(self.connection, self.order(at(phone), ring))

    def arrived(self) -> EslCall:
        call = self.come.get(timeout=LIMIT)
        assert call is not None
        return call

    def channels(self, of: str, state: str) -> list[Any]:
        """The switch's list, once the channel to that number is in that state."""
        with gevent.Timeout(LIMIT):
            while True:
                rows = list(self.connection.show("channels"))
                if any(row["dest"] == of and row["callstate"] == state for row in rows):
                    return rows
                gevent.sleep(0.05)


def at(phone: Phone, **facts: Any) -> Target:
    return Target("sip", f"{phone.number}@127.0.0.1:{phone.port}", **facts)


def is_rung(phone: Phone) -> None:
    """Waits until it rings."""
    with gevent.Timeout(LIMIT):
        while not phone.invited.is_set():
            gevent.sleep(0.02)


@pytest.fixture
def desk(switch: Switch) -> Iterator[Desk]:
    def on_call(call: EslCall) -> None:
        made.come.set(call)
        made.program(call)

    connection = Connection(
        switch.esl,
        switch.password,
        subscriptions=[],
        on_event=lambda event: None,
        on_resync=lambda rows: None,
    )
    server = OutboundServer(("127.0.0.1", switch.socket_port), on_call)
    made = Desk(switch, connection, server)
    server.start()
    connection.start()
    try:
        with gevent.Timeout(LIMIT):
            while connection.state.status != SwitchStatus.CONNECTED:
                gevent.sleep(0.02)
        yield made
    finally:
        server.stop(0.1)
        connection.stop()
