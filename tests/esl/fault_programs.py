"""Programs that meet a difficult switch, on plain greenswitch and on ours; each prints an outcome.

Run in a process of its own: some of them freeze it.
"""

import resource
import sys
from contextlib import suppress
from typing import Any

import gevent
from gevent import socket
from greenswitch import InboundESL, OutboundESLServer
from greenswitch.esl import OutboundSession

from esl.errors import EslError
from esl.inbound import CommandConnection, EventConnection
from esl.outbound import OutboundServer
from esl.session import CallSession
from ivr_flows.ports import CallError

Address = tuple[str, int]
PATIENCE = 30.0
"""Seconds that ours may wait where an answer does come: a busy machine is slow, never late."""
AT_ONCE = 1000
"""Events handled in one go, from which on the other greenlets stall: ours handles 50."""


class Hung(BaseException):
    pass


def main(fault: str, side: str, port: str, limit: str) -> None:
    """`limit`: seconds after which a wait counts as one for ever."""
    print("started", flush=True)
    try:
        with gevent.Timeout(float(limit), Hung()):
            outcome = globals()[fault](side, ("127.0.0.1", int(port)))
    except Hung:
        outcome = "hung"
    except Exception as fault:
        outcome = repr(fault)
    print(outcome, flush=True)


def read_event(side: str, address: Address) -> str:
    """What one event says of who the channel is, whose name it shows and what its body is."""
    seen: list[Any] = []
    connection = _inbound(side, address, seen.append)
    connection.connect()
    while not seen and connection.connected:
        gevent.sleep(0.01)
    if not seen:
        return "lost"
    event = seen[0]
    body = "" if side == "plain" else event.body
    names = ("Unique-ID", "Caller-Caller-ID-Name", "forged")
    return "|".join([*(event.headers.get(name, "") for name in names), body])


def ask_after_trouble(side: str, address: Address) -> str:
    """Sends a command when the switch has just sent something odd, and a bound on the wait."""
    connection = _inbound(side, address)
    connection.connect()
    return _answer(connection)


def connect_only(side: str, address: Address) -> str:
    try:
        _inbound(side, address, patience=2.0).connect()
    except EslError as fault:
        return type(fault).__name__
    return "connected"


def ask_a_mute_switch(side: str, address: Address) -> str:
    connection = _inbound(side, address)
    connection.connect()
    if side == "plain":
        return str(connection.send("api status").data)
    try:
        return connection.request(b"api status\n\n", 0.2).data
    except EslError as fault:
        return type(fault).__name__


def two_playbacks(side: str, address: Address) -> str:
    """Which playback's end a program waits for when it has started a second one."""
    session = _outbound(side, address)
    if side == "plain":
        session.connect()
        session.call_command("playback", "one.wav")
        event = session.call_command("playback", "two.wav", block=True)
        return str(event.headers["Application-Data"])
    session.open()
    session.begin("playback", "one.wav")
    return str(session.execute("playback", "two.wav", PATIENCE).get("Application-Data"))


def a_limit_on_a_wait(side: str, address: Address) -> str:
    """Whether what a wait raises when its time is up is caught by `except Exception`."""
    try:
        _wait_in_vain(_outbound(side, address), side)
    except BaseException as fault:
        return f"{type(fault).__name__}, an Exception: {isinstance(fault, Exception)}"
    return "nothing raised"


def wait_after_a_wait_in_vain(side: str, address: Address) -> str:
    session = _outbound(side, address)
    with suppress(gevent.Timeout, CallError):
        _wait_in_vain(session, side)
    if side == "plain":
        event = session.call_command("playback", "two.wav", block=True)
        return str(event.headers["Application-Data"])
    return str(session.execute("playback", "two.wav", PATIENCE).get("Application-Data"))


def _wait_in_vain(session: Any, side: str) -> None:
    if side == "plain":
        session.connect()
        session.call_command("playback", "one.wav", block=True, response_timeout=0.1)
    else:
        session.open()
        session.execute("playback", "one.wav", 0.1)


def newline_in_an_argument(side: str, address: Address) -> str:
    argument = "a.wav\n\nsendmsg\ncall-command: hangup"
    session = _outbound(side, address)
    try:
        if side == "plain":
            session.connect()
            session.call_command("playback", argument)
        else:
            session.open()
            session.execute("playback", argument, 1.0)
    except (EslError, CallError) as fault:
        return type(fault).__name__
    return "sent"


def flood(side: str, address: Address) -> str:
    """Whether another greenlet was kept waiting while very many events were handled."""
    handled = [0]

    def count(event: Any) -> None:
        handled[0] += 1

    connection = _inbound(side, address, count)
    connection.connect()
    watch = gevent.spawn(_most_between_turns, handled)
    sent = int(connection.send("flood").data.split()[1])
    while handled[0] < sent and connection.connected:
        gevent.sleep(0.01)
    watch.kill()
    return "stalled" if watch.value > AT_ONCE else "shared"


def _most_between_turns(handled: list[int]) -> int:
    most = 0
    try:
        while True:
            before = handled[0]
            gevent.sleep(0.001)
            most = max(most, handled[0] - before)
    except gevent.GreenletExit:
        return most


def no_descriptors_left(side: str, address: Address) -> str:
    """Whether a server that could not accept for a while does so afterwards."""
    control = socket.create_connection(address)
    if side == "plain":
        with socket.create_server(("127.0.0.1", 0)) as probe:
            address = probe.getsockname()
        server: Any = OutboundESLServer(*address, application=lambda session: None)
        gevent.spawn(server.listen)
        gevent.sleep(0)  # it listens, then looks for calls every 100 ms
    else:
        server = OutboundServer(("127.0.0.1", 0), lambda call: None)
        server.start()
        address = server.address
    client = socket.socket()
    held = _all_descriptors()
    client.connect(address)
    gevent.sleep(0.3)  # longer than either server's pause: it has tried in vain
    for sock in held:
        sock.close()
    client.settimeout(1.5 if side == "plain" else PATIENCE)  # a dead one stays dead
    try:
        return "accepts again" if client.recv(7) == b"connect" else "refuses"
    except OSError:
        return "dead"
    finally:
        control.close()


def _all_descriptors() -> list[socket.socket]:
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    held = []
    with suppress(OSError):
        while True:
            held.append(socket.socket())
    return held


def nodelay(side: str, address: Address) -> str:
    connection = _inbound(side, address)
    connection.connect()
    return str(bool(connection.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))


def _inbound(side: str, address: Address, on_event: Any = None, patience: float = PATIENCE) -> Any:
    if side == "plain":
        plain = InboundESL(*address, "secret")
        if on_event is not None:
            plain.register_handle("*", on_event)
        return plain
    if on_event is None:
        return CommandConnection(*address, "secret", timeout=patience)
    return EventConnection(*address, "secret", on_event=on_event, timeout=patience)


def _outbound(side: str, address: Address) -> Any:
    sock = socket.create_connection(address)
    return OutboundSession(address, sock) if side == "plain" else CallSession(sock)


def _answer(connection: Any) -> str:
    try:
        answer = connection.send("api status")
    except EslError as fault:
        return type(fault).__name__
    return f"answered {answer.data.strip()}"


if __name__ == "__main__":
    main(*sys.argv[1:5])
