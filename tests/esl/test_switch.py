"""The connections that we open: always there again, never hanging, never growing."""

import gc
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import psutil
import pytest

from esl import switch as switch_module
from esl.errors import (
    AuthFailed,
    CommandFailed,
    CommandTimeout,
    ConnectFailed,
    ConnectionLost,
    UnsafeArgument,
)
from esl.event import Event
from esl.inbound import CommandConnection, EventConnection
from esl.switch import Switch, SwitchStatus
from tests.esl import frames
from tests.esl.conftest import wait_until
from tests.esl.peer import Peer, listening

ROWS = [{"uuid": "a", "dest": "100"}, {"uuid": "b", "dest": "101"}]
SNAPSHOT = frames.api_response(json.dumps({"row_count": 2, "rows": ROWS}))
Answers = Callable[[Peer, str], None]


def commands_of(answers: Answers) -> Callable[[Peer], None]:
    """A connection for commands: the snapshot, then `answers`."""

    def script(peer: Peer) -> None:
        peer.greet()
        peer.expect("api show channels as json")
        peer.send(SNAPSHOT)
        while command := peer.command():
            answers(peer, command)

    return script


def events_of(*events: bytes) -> Callable[[Peer], None]:
    def script(peer: Peer) -> None:
        peer.greet()
        peer.expect("event json BACKGROUND_JOB CHANNEL_CREATE CUSTOM pressline::call")
        peer.send(frames.reply("+OK event listener enabled json"), *events)
        peer.wait_for_end()

    return script


def silence(peer: Peer, command: str) -> None:
    """Reads and does not answer."""


class Watch:
    """A `Switch` and what it told."""

    def __init__(self, address: tuple[str, int], password: str = "secret") -> None:
        self.events: list[Event] = []
        self.snapshots: list[Any] = []
        self.switch = Switch(
            address,
            password,
            subscriptions=["pressline::call", "CHANNEL_CREATE"],
            on_event=self.events.append,
            on_resync=self.snapshots.append,
        )
        self.switch.start()

    def wait_for(self, status: SwitchStatus) -> None:
        wait_until(lambda: self.switch.state.status == status)


@pytest.fixture
def watches(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watch]]:
    monkeypatch.setattr(switch_module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(switch_module, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(switch_module, "HEARTBEAT", 60.0)  # scripts know of no other commands
    made: list[Watch] = []

    def make(*given: Any) -> Watch:
        made.append(Watch(*given))
        return made[-1]

    yield make
    for watch in made:
        watch.switch.stop()


def test_a_switch_is_connected_subscribed_and_read_out(watches: Callable[..., Watch]) -> None:
    created = frames.json_event("CHANNEL_CREATE")
    with listening(commands_of(silence), events_of(created)) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.CONNECTED)
        wait_until(lambda: bool(watch.events))
        assert watch.snapshots == [ROWS]
        assert [event.name for event in watch.events] == ["CHANNEL_CREATE"]
        watch.switch.stop()
    assert watch.switch.state.status == SwitchStatus.STOPPED


def test_after_a_loss_it_connects_anew_and_reads_out_again(watches: Callable[..., Watch]) -> None:
    def dies(peer: Peer) -> None:
        peer.greet()
        peer.expect("api show channels as json")
        peer.send(frames.api_response('{"row_count":0}'))

    with listening(dies, events_of(), commands_of(silence), events_of()) as address:
        watch = watches(address)
        wait_until(lambda: len(watch.snapshots) == 2)
        watch.wait_for(SwitchStatus.CONNECTED)
        assert watch.snapshots == [[], ROWS]
        watch.switch.stop()


def test_a_switch_that_is_frozen_is_told_of_and_well_again_when_it_answers(
    watches: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switch_module, "HEARTBEAT", 0.01)
    monkeypatch.setattr(switch_module, "MUTE_AFTER", 0.05)
    monkeypatch.setattr(switch_module, "GIVEN_UP_AFTER", 60.0)
    thaws = threading.Event()

    def freezes(peer: Peer, command: str) -> None:
        assert command == "api uptime"
        thaws.wait(60)
        peer.send(frames.api_response("7"))

    with listening(commands_of(freezes), events_of()) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.MUTE)
        assert "has not answered for" in watch.switch.state.reason
        thaws.set()
        watch.wait_for(SwitchStatus.CONNECTED)
        assert len(watch.snapshots) == 1  # it was not connected anew
        watch.switch.stop()


def test_a_switch_that_stays_frozen_is_given_up(
    watches: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switch_module, "HEARTBEAT", 0.01)
    monkeypatch.setattr(switch_module, "MUTE_AFTER", 0.05)
    monkeypatch.setattr(switch_module, "GIVEN_UP_AFTER", 0.1)
    with listening(commands_of(silence), events_of()) as address:
        watch = watches(address)
        wait_until(lambda: bool(watch.snapshots))
        watch.wait_for(SwitchStatus.UNREACHABLE)
        watch.switch.stop()


def test_a_wrong_password_is_a_state_in_plain_words(watches: Callable[..., Watch]) -> None:
    def refuses(peer: Peer) -> None:
        peer.send(b"Content-Type: auth/request\n\n")
        peer.expect("auth wrong")
        peer.send(frames.reply("-ERR invalid"), frames.notice("disconnect"))

    with listening(refuses) as address:
        watch = watches(address, "wrong")
        watch.wait_for(SwitchStatus.AUTH_FAILED)
        reason = watch.switch.state.reason
        watch.switch.stop()
    assert "refused the password" in reason
    assert "wrong" not in reason.replace("wrong password", "")


def test_nobody_there_is_a_state_in_plain_words(watches: Callable[..., Watch]) -> None:
    with listening() as address:
        pass
    watch = watches(address)
    watch.wait_for(SwitchStatus.UNREACHABLE)
    assert "is it running" in watch.switch.state.reason
    with pytest.raises(ConnectionLost, match="not connected"):
        watch.switch.api("status")


def test_a_switch_that_refuses_our_address_says_so() -> None:
    def rude(peer: Peer) -> None:
        text = b"Access Denied, go away.\n"
        peer.send(b"Content-Type: text/rude-rejection\nContent-Length: %d\n\n" % len(text) + text)

    with listening(rude) as address, pytest.raises(ConnectFailed, match="Access Denied"):
        CommandConnection(*address, "secret").connect()


def test_a_password_with_a_line_break_is_refused_before_it_is_sent() -> None:
    def waits(peer: Peer) -> None:
        peer.send(b"Content-Type: auth/request\n\n")
        assert peer.command() == ""

    with listening(waits) as address, pytest.raises(UnsafeArgument):
        CommandConnection(*address, "secret\n\napi shutdown").connect()


def test_an_api_answers_refuses_or_takes_too_long(watches: Callable[..., Watch]) -> None:
    def answers(peer: Peer, command: str) -> None:
        if command == "api status":
            peer.send(frames.api_response("UP"))
        elif command == "api nonsense":
            peer.send(frames.api_response("-ERR nonsense Command not found!\n"))
        elif command == "api after":
            peer.send(frames.api_response("late"), frames.api_response("in time"))

    with listening(commands_of(answers), events_of()) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.CONNECTED)
        assert watch.switch.api("status") == "UP"
        with pytest.raises(CommandFailed, match="Command not found"):
            watch.switch.api("nonsense")
        with pytest.raises(CommandTimeout, match="api slow"):
            watch.switch.api("slow", 0.05)
        assert watch.switch.api("after") == "in time"  # the late answer went to its own waiter
        watch.switch.stop()


def test_a_background_job_ends_with_its_result_wherever_it_is_told(
    watches: Callable[..., Watch],
) -> None:
    jobs: list[str] = []

    def answers(peer: Peer, command: str) -> None:
        jobs.append(command.partition("Job-UUID: ")[2])
        peer.send(frames.reply(f"+OK Job-UUID: {jobs[-1]}"))

    def events(peer: Peer) -> None:
        peer.greet()
        peer.expect("event json")
        peer.send(frames.reply())
        while not jobs:
            time.sleep(0.001)
        job = {"Job_UUID": jobs[0], "_body": "+OK 7\n"}
        other = frames.json_event("BACKGROUND_JOB", Job_UUID="other")
        peer.send(other, frames.json_event("BACKGROUND_JOB", **job).replace(b'"-body"', b'"_body"'))
        peer.wait_for_end()

    with listening(commands_of(answers), events) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.CONNECTED)
        assert watch.switch.bgapi("originate user/200 &park()") == "+OK 7\n"
        assert watch.events == []  # nobody asked for jobs
        watch.switch.stop()


def test_a_loss_fails_what_is_pending(watches: Callable[..., Watch]) -> None:
    def answers(peer: Peer, command: str) -> None:
        if command.startswith("bgapi"):
            peer.send(frames.reply())
        else:
            peer.sock.shutdown(socket.SHUT_RDWR)

    with listening(commands_of(answers), events_of(), commands_of(silence), events_of()) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.CONNECTED)
        job = gevent.spawn(watch.switch.bgapi, "originate user/200 &park()")
        gevent.sleep(0)
        with pytest.raises(ConnectionLost):
            watch.switch.api("status")
        with pytest.raises(ConnectionLost):
            job.get(timeout=5)
        watch.wait_for(SwitchStatus.CONNECTED)
        watch.switch.stop()


def test_news_for_other_processes_leave_as_a_custom_event(watches: Callable[..., Watch]) -> None:
    seen: list[str] = []

    def answers(peer: Peer, command: str) -> None:
        seen.append(command)
        peer.send(frames.reply())

    with listening(commands_of(answers), events_of()) as address:
        watch = watches(address)
        watch.wait_for(SwitchStatus.CONNECTED)
        watch.switch.send_event("pressline::call", {"Call": "7"}, "a\n\nb")
        watch.switch.stop()
    assert seen == [
        "sendevent CUSTOM\nEvent-Subclass: pressline::call\nCall: 7\nContent-Length: 4\n\na\n\nb"
    ]


def test_a_handler_that_fails_does_not_stop_the_events(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def handler(event: Event) -> None:
        seen.append(event.get("DTMF-Digit"))
        if len(seen) == 1:
            raise RuntimeError("boom")

    def script(peer: Peer) -> None:
        peer.greet()
        peer.send(*[frames.json_event("DTMF", DTMF_Digit=digit) for digit in "12"])
        peer.wait_for_end()

    with listening(script) as address:
        connection = EventConnection(*address, "secret", on_event=handler)
        connection.connect()
        wait_until(lambda: seen == ["1", "2"])
        connection.stop()
    assert "boom" in caplog.text


FLOOD = 50_000
PADDING = {f"variable_{number}": "x" * 30 for number in range(100)}


def test_a_flood_neither_stalls_other_greenlets_nor_fills_memory() -> None:
    event = frames.json_event("CUSTOM", **PADDING)
    handled = [0]
    process = psutil.Process()
    kept: list[int] = []

    def handler(event: Event) -> None:
        assert len(event.headers) > 100
        handled[0] += 1
        if handled[0] % 10_000 == 0:
            kept.append(process.memory_info().rss)

    def script(peer: Peer) -> None:
        peer.greet()
        for _ in range(FLOOD // 1000):
            peer.send(event * 1000)
        peer.wait_for_end()

    with listening(script) as address:
        connection = EventConnection(*address, "secret", on_event=handler)
        connection.connect()
        turns = 0
        while handled[0] < FLOOD:
            gevent.sleep(0.001)
            turns += 1
        connection.stop()
    assert turns > FLOOD / 200  # others ran at least once every 200 events
    assert max(kept) - kept[0] < 20e6  # the 40,000 events since the first look are 200 MB


def test_a_stopped_connection_leaves_nothing_behind() -> None:
    def script(peer: Peer) -> None:
        peer.greet()
        peer.wait_for_end()

    before = _connections()
    with listening(*[script] * 5) as address:
        for _ in range(5):
            connection = EventConnection(*address, "secret", on_event=lambda event: None)
            connection.connect()
            connection.stop()
            del connection
        gevent.sleep(0)
    wait_until(lambda: _connections() == before)


def _connections() -> int:
    gc.collect()
    return sum(isinstance(thing, EventConnection) for thing in gc.get_objects())


def test_the_password_is_judged_by_the_switch() -> None:
    def refuses(peer: Peer) -> None:
        peer.send(b"Content-Type: auth/request\n\n")
        peer.command()
        peer.send(frames.reply("-ERR invalid"))

    with listening(refuses) as address, pytest.raises(AuthFailed, match=r"event_socket.conf.xml"):
        CommandConnection(*address, "guess").connect()


def test_a_stopped_connection_is_closed_though_nobody_turns_the_loop_again() -> None:
    """As in the worker, which blocks between its jobs."""
    ended = threading.Event()

    def script(peer: Peer) -> None:
        peer.greet()
        peer.wait_for_end()
        ended.set()

    with listening(script) as address:
        connection = CommandConnection(*address, "secret")
        connection.connect()
        connection.stop()
        assert ended.wait(10)
