"""Each test of the contract runs against the embedded switch and the real FreeSWITCH."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.contract.client import Connection, Frame, Program, log_in
from tests.contract.dialplan import PROGRAM, extensions
from tests.contract.phone import Phone
from tests.contract.sounds import Sounds, make_sounds
from tests.phones import PhoneMaker, phones
from tests.switch_plan import free_port
from tests.switches import FreeSwitch, Plan, SoftSwitch, Switch

__all__ = ["PhoneMaker", "phones"]

USERS = {"200": "secret-200", "201": "secret-201"}


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Sounds:
    return make_sounds(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(scope="session", params=["softswitch", "freeswitch"])
def switch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sounds: Sounds
) -> Iterator[Switch]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH")
    plan = Plan(tmp_path_factory.mktemp(request.param), users=USERS)
    plan.extensions = extensions(sounds, plan.socket_port, free_port(socket.SOCK_STREAM))
    started: Switch = FreeSwitch(plan) if request.param == "freeswitch" else SoftSwitch(plan)
    started.start()
    yield started
    started.stop()
    plan.claim.close()


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
        phone = phones().call(switch.sip, number)
        esl = program.accept()
        connected = esl.command("connect")
        leg = Leg(phone, esl, connected)
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
