"""Runs a program for calls that a scripted switch brings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import gevent
import pytest
from gevent.event import AsyncResult

from esl.call import EslCall
from esl.outbound import OutboundServer
from tests.esl.peer import LIMIT, CallPeer, calling

Program = Callable[[EslCall], Any]


@dataclass
class Desk:
    """Answers calls with `program`; `run` brings one and gives what the program gave or raised."""

    server: OutboundServer
    program: Program = lambda call: None
    results: "list[AsyncResult[Any]]" = field(default_factory=list)

    def run(self, script: Callable[[CallPeer], None], program: Program) -> Any:
        self.program = program
        result: AsyncResult[Any] = AsyncResult()
        self.results.append(result)
        switch = calling(self.server.address, script)
        try:
            return result.get(timeout=LIMIT)
        finally:
            switch.finish()
            wait_until(lambda: not self.server.calls)

    def on_call(self, call: EslCall) -> None:
        result = self.results.pop()
        try:
            result.set(self.program(call))
        except BaseException as fault:  # a failed assertion of pytest's is no Exception
            result.set_exception(fault)


def wait_until(done: Callable[[], bool]) -> None:
    with gevent.Timeout(LIMIT):
        while not done():
            gevent.sleep(0.002)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made: list[Desk] = []
    server = OutboundServer(("127.0.0.1", 0), lambda call: made[0].on_call(call))
    made.append(Desk(server))
    server.start()
    yield made[0]
    server.stop(0.1)
