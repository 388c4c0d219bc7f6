"""Each test of the contract runs against the embedded switch and the real FreeSWITCH."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contract.client import Connection, Frame, Program, log_in
from tests.contract.dialplan import PROGRAM, extensions
from tests.contract.phone import Phone
from tests.contract.sounds import Sounds, make_sounds
from tests.phones import PhoneMaker, phones
from tests.ports import free_port
from tests.switches import FreeSwitch, Plan, SoftSwitch, Switch

__all__ = ["PhoneMaker", "phones"]

USERS = {"200": "secret-200", "201": "secret-201"}


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Sounds:
    return make_sounds(tmp_path_factory.mktemp("sounds"))


KINDS = ["softswitch", "freeswitch"]


def started(kind: str, home: Path, sounds: Sounds) -> Switch:
    """A switch of this kind with the suite's numbers; skips where it is not installed."""
    if kind == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH")
    plan = Plan(home, users=USERS)
    plan.spool.mkdir()
    nobody = free_port()
    plan.extensions = extensions(sounds, plan.socket_port, nobody, plan.spool)
    made: Switch = FreeSwitch(plan) if kind == "freeswitch" else SoftSwitch(plan)
    made.start()
    return made


@pytest.fixture(scope="session", params=KINDS)
def switch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sounds: Sounds
) -> Iterator[Switch]:
    made = started(request.param, tmp_path_factory.mktemp(request.param), sounds)
    yield made
    made.stop()
    made.plan.claim.close()


@pytest.fixture
def program(switch: Switch) -> Iterator[Program]:
    listening = Program(switch.socket_port)
    yield listening
    listening.close()


@pytest.fixture
def inbound(switch: Switch) -> Iterator[Connection]:
    connection = log_in(switch.esl, switch.password)
    yield connection
    connection.close()


@pytest.fixture
def phone(phones: PhoneMaker) -> Phone:
    return phones()


@dataclass(slots=True)
class Leg:
    """A call in the hands of a program."""

    phone: Phone
    esl: Connection
    connected: Frame

    @property
    def uuid(self) -> str:
        return self.connected["Unique-ID"]


CallMaker = Callable[..., Leg]


def connected(phone: Phone, program: Program) -> Leg:
    """The call that `phone` has placed, when the switch has brought it to the program."""
    esl = program.accept()
    return Leg(phone, esl, esl.command("connect"))


@pytest.fixture
def calls(switch: Switch, program: Program, phones: PhoneMaker) -> CallMaker:
    """Place a call to a program and greet it: connect, myevents, linger and, by default, answer."""

    def place(
        *,
        answer: bool = True,
        number: str = PROGRAM,
        linger: str = "linger 3",
        events: str = "myevents",
    ) -> Leg:
        leg = connected(phones().call(switch.sip, number), program)
        phone, esl = leg.phone, leg.esl
        assert esl.command(events).reply == "+OK Events Enabled"
        if linger:
            assert esl.command(linger).reply.startswith("+OK will linger")
        if answer:
            esl.run("answer")
            phone.wait_answer()
        return leg

    return place


@pytest.fixture
def leg(calls: CallMaker) -> Leg:
    """An answered call in the hands of a program."""
    return calls()
