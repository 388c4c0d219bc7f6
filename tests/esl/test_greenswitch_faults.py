"""Each fault of greenswitch 0.0.19, shown on the plain library and gone from ours.

Both sides run the same program (`fault_programs`) against the same scripted switch, in a process
of its own. A fault that greenswitch mends turns up here as a failure, and its override can go.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.esl import frames
from tests.esl.peer import CallPeer, Peer, listening

ROOT = Path(__file__).parents[2]
FOR_EVER = 8.0
"""Seconds until a wait of greenswitch counts as one for ever, where one is expected."""
LIMIT = 60.0
"""Seconds for whatever is expected to end."""
FLOOD = 20_000
SIDES = ("plain", "ours")


def forging_name(peer: Peer) -> None:
    peer.greet()
    hostile = "x\nUnique-ID: forged\nforged: yes"
    peer.send(
        frames.plain_event("CHANNEL_CREATE", Unique_ID="true-id", Caller_Caller_ID_Name=hostile)
    )
    peer.wait_for_end()


def job_with_a_body(peer: Peer) -> None:
    peer.greet()
    body = "+OK\nUnique-ID: forged\nforged: yes\n"
    peer.send(frames.plain_event("BACKGROUND_JOB", body, Unique_ID="true-id"))
    peer.wait_for_end()


def json_event(peer: Peer) -> None:
    peer.greet()
    peer.send(frames.json_event("CHANNEL_CREATE", Unique_ID="true-id"))
    peer.wait_for_end()


def not_utf8(peer: Peer) -> None:
    peer.greet(then=frames.event_frame("plain", b"Event-Name: CUSTOM\nX: \xff\xfe\n\n"))
    _serve(peer)


def line_without_a_colon(peer: Peer) -> None:
    peer.greet(then=b"no header at all\nContent-Type: text/event-plain\nContent-Length: 0\n\n")
    _serve(peer)


def reply_that_nobody_asked_for(peer: Peer) -> None:
    peer.greet(then=frames.reply("+OK surprise"))
    _serve(peer)


def end_inside_a_body(peer: Peer) -> None:
    peer.greet()
    peer.send(b"Content-Length: 500\nContent-Type: text/event-plain\n\nEvent-Name: CUS")


def end_before_auth(peer: Peer) -> None:
    """Accepted and closed, as by a switch that is shutting down."""


def end_instead_of_a_reply(peer: Peer) -> None:
    peer.greet()
    peer.expect("api status")


def mute(peer: Peer) -> None:
    peer.greet()
    peer.wait_for_end()


def first_playback_ends_first(peer: Peer) -> None:
    call = _call(peer)
    first, _ = call.application("playback")
    second, _ = call.application("playback")
    for uuid, path in ((first, "one.wav"), (second, "two.wav")):
        _completed(call, uuid, path)
    call.wait_for_end()


def never_ends(peer: Peer) -> None:
    call = _call(peer)
    call.application("playback")
    call.wait_for_end()


def second_playback_ends(peer: Peer) -> None:
    call = _call(peer)
    call.application("playback")
    command = call.command()
    if command.startswith("api uuid_break"):  # ours stops what took too long
        call.send(frames.api_response("+OK\n"))
        command = call.command()
    call.send(frames.reply())
    _completed(call, _event_uuid(command), "two.wav")
    call.wait_for_end()


def counts_commands(peer: Peer) -> None:
    call = _call(peer)
    while call.command():
        call.send(frames.reply())


def flood(peer: Peer) -> None:
    peer.greet()
    peer.expect("flood")
    padding = {f"variable_{number}": "x" * 30 for number in range(120)}
    event = frames.plain_event("CUSTOM", **padding)
    peer.sock.settimeout(None)  # one write by the kernel: the reader never waits for Python
    peer.send(frames.reply(f"+OK {FLOOD}"), event * FLOOD)
    peer.wait_for_end()


def _serve(peer: Peer) -> None:
    while peer.command():
        peer.send(frames.api_response("UP\n"))


def _call(peer: Peer) -> CallPeer:
    """Both sides begin with `connect`; ours goes on in the same write."""
    call = CallPeer(peer.sock)
    call.expect("connect")
    call.send(frames.connect_reply())
    return _WithoutGreeting(call.sock)


class _WithoutGreeting(CallPeer):
    """Answers the rest of our greeting whenever it comes."""

    def command(self) -> str:
        command = super().command()
        while command.startswith(("myevents", "nixevent", "linger")):
            self.send(frames.reply())
            command = super().command()
        return command

    def application(self, name: str, reply: str = "+OK") -> tuple[str, str]:
        command = self.expect(f"sendmsg\ncall-command: execute\nexecute-app-name: {name}\n")
        self.send(frames.reply(reply))
        return _event_uuid(command), ""


def _event_uuid(command: str) -> str:
    """Empty for plain greenswitch, which sends none."""
    return command.partition("Event-UUID: ")[2].split("\n")[0]


def _completed(call: CallPeer, uuid: str, path: str) -> None:
    call.send(
        frames.plain_event(
            "CHANNEL_EXECUTE_COMPLETE",
            Application="playback",
            Application_Data=path,
            Application_UUID=uuid,
            variable_current_application="playback",
        )
    )


@dataclass(frozen=True)
class Fault:
    name: str
    program: str
    switch: Callable[[Peer], None]
    plain: str
    ours: str


FAULTS = [
    Fault(
        "an encoded line break in a caller's name forges headers",
        "read_event",
        forging_name,
        "forged|x|yes|",
        "true-id|x\nUnique-ID: forged\nforged: yes||",
    ),
    Fault(
        "the lines of a background job's body become headers",
        "read_event",
        job_with_a_body,
        "forged||yes|",
        "true-id|||+OK\nUnique-ID: forged\nforged: yes\n",
    ),
    Fault("json events are not understood", "read_event", json_event, "hung", "true-id|||"),
    Fault(
        "a body that is not UTF-8 kills the reader",
        "ask_after_trouble",
        not_utf8,
        "hung",
        "answered UP",
    ),
    Fault(
        "a header without a colon kills the reader",
        "ask_after_trouble",
        line_without_a_colon,
        "hung",
        "answered UP",
    ),
    Fault(
        "a reply that nobody asked for kills the reader",
        "ask_after_trouble",
        reply_that_nobody_asked_for,
        "hung",
        "answered UP",
    ),
    Fault(
        "the end inside a body freezes the process",
        "ask_after_trouble",
        end_inside_a_body,
        "frozen",
        "ConnectionLost",
    ),
    Fault("the end before auth hangs", "connect_only", end_before_auth, "hung", "ConnectFailed"),
    Fault(
        "the end instead of a reply hangs",
        "ask_after_trouble",
        end_instead_of_a_reply,
        "hung",
        "ConnectionLost",
    ),
    Fault(
        "a switch without a greeting hangs us",
        "connect_only",
        lambda peer: peer.wait_for_end(),
        "hung",
        "ConnectFailed",
    ),
    Fault("a command has no time limit", "ask_a_mute_switch", mute, "hung", "CommandTimeout"),
    Fault(
        "the first playback's end releases the second's wait",
        "two_playbacks",
        first_playback_ends_first,
        "one.wav",
        "two.wav",
    ),
    Fault(
        "what a time limit raises is no Exception",
        "a_limit_on_a_wait",
        never_ends,
        "Timeout, an Exception: False",
        "CallFailed, an Exception: True",
    ),
    Fault(
        "the waiter of a wait in vain takes the next one's completion",
        "wait_after_a_wait_in_vain",
        second_playback_ends,
        "hung",
        "two.wav",
    ),
    Fault(
        "a line break in an argument becomes a second command",
        "newline_in_an_argument",
        counts_commands,
        "sent",
        "UnsafeArgument",
    ),
    Fault("a flood keeps every other greenlet waiting", "flood", flood, "stalled", "shared"),
    Fault(
        "a server without file descriptors dies for good",
        "no_descriptors_left",
        lambda peer: peer.wait_for_end(),
        "dead",
        "accepts again",
    ),
    Fault("small commands wait for each other", "nodelay", mute, "False", "True"),
]


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[tuple[str, str], Future[str]]]:
    """All programs, several at a time: those that hang would take a minute one by one."""
    with ThreadPoolExecutor(max_workers=5) as pool:
        yield {
            (fault.name, side): pool.submit(outcome_of, fault, side)
            for fault in FAULTS
            for side in SIDES
        }


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_greenswitch_is_gone_from_ours(
    fault: Fault, side: str, outcomes: dict[tuple[str, str], Future[str]]
) -> None:
    expected = fault.plain if side == "plain" else fault.ours
    assert outcomes[fault.name, side].result() == expected


def outcome_of(fault: Fault, side: str) -> str:
    endless = side == "plain" and fault.plain in ("hung", "frozen")
    with listening(fault.switch) as (_, port):
        return run_program(fault.program, side, port, FOR_EVER if endless else LIMIT)


def run_program(program: str, side: str, port: int, limit: float) -> str:
    command = [sys.executable, "-m", "tests.esl.fault_programs", program, side, str(port)]
    with subprocess.Popen(
        [*command, str(limit)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        try:
            output, _ = running.communicate(timeout=limit + 3)
        except subprocess.TimeoutExpired:
            running.kill()
            return "frozen"
    return output.removesuffix("\n")[-2000:]
