"""A switch that follows a script, over a real socket, in a native thread of its own."""

import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import gevent

from tests.esl import frames

LIMIT = 60.0
P = TypeVar("P", bound="Peer")


class Peer:
    """One end of a connection; every wait has a limit."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._rest = b""
        sock.settimeout(LIMIT)

    def send(self, *parts: bytes) -> None:
        self.sock.sendall(b"".join(parts))

    def command(self) -> str:
        """The next command, with its body; empty at the end of the connection."""
        while b"\n\n" not in self._rest:
            try:
                data = self.sock.recv(65536)
            except ConnectionError:
                data = b""
            if not data:
                return ""
            self._rest += data
        head, _, self._rest = self._rest.partition(b"\n\n")
        length = re.search(rb"^Content-Length: (\d+)", head, re.M)
        size = int(length.group(1)) if length else 0
        while len(self._rest) < size:
            self._rest += self.sock.recv(65536)
        body, self._rest = self._rest[:size], self._rest[size:]
        return (head + (b"\n\n" + body if body else b"")).decode()

    def expect(self, beginning: str) -> str:
        command = self.command()
        assert command.startswith(beginning), f"expected {beginning!r}, got {command!r}"
        return command

    def greet(self, then: bytes = b"", password: str = "secret") -> None:
        """Lets us in; `then` leaves in the same write, so it is read before we go on."""
        self.send(b"Content-Type: auth/request\n\n")
        self.expect(f"auth {password}")
        self.send(frames.reply("+OK accepted"), then)

    def wait_for_end(self) -> None:
        while self.command():
            pass

    def close(self) -> None:
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()


class CallPeer(Peer):
    """The switch's end of one call."""

    def describe(self, **headers: str) -> None:
        for word in ("connect", "myevents json", "nixevent ", "linger "):
            self.expect(word)
        self.send(frames.connect_reply(**headers), *[frames.reply()] * 3)

    def application(self, name: str, reply: str = "+OK") -> tuple[str, str]:
        """The next execute, which must run `name`: its Event-UUID and argument."""
        command = self.expect(f"sendmsg\ncall-command: execute\nexecute-app-name: {name}\n")
        self.send(frames.reply(reply))
        headers = dict(line.partition(": ")[::2] for line in command.split("\n"))
        return headers["Event-UUID"], headers.get("execute-app-arg", "")

    def complete(self, uuid: str, **headers: str) -> None:
        self.event("CHANNEL_EXECUTE_COMPLETE", Application_UUID=uuid, **headers)

    def played(self, uuid: str) -> None:
        self.complete(uuid, Application="playback", Application_Response="FILE PLAYED")

    def event(self, name: str, **headers: str) -> None:
        self.send(frames.json_event(name, **headers))

    def keys(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.event("DTMF", DTMF_Digit=key)

    def hang_up(self, cause: str = "NORMAL_CLEARING") -> None:
        self.event("CHANNEL_HANGUP", Hangup_Cause=cause, Answer_State="hangup")

    def expect_hangup(self) -> str:
        """The program hangs up: its cause; confirmed."""
        command = self.expect("sendmsg\ncall-command: hangup\nhangup-cause: ")
        cause = command.rpartition(" ")[2]
        self.send(frames.reply())
        self.hang_up(cause)
        return cause


class Script(threading.Thread):
    """Runs a script; `join` raises what went wrong in it."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._script = run
        self._fault: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._script()
        except BaseException as fault:
            self._fault = fault

    def finish(self) -> None:
        """Waits while our own greenlets go on: gevent closes a socket only when its loop turns."""
        with gevent.Timeout(LIMIT, TimeoutError("the scripted switch is still waiting")):
            while self.is_alive():
                gevent.sleep(0.002)
        if self._fault is not None:
            raise self._fault


@contextmanager
def listening(*scripts: Callable[[Peer], None]) -> Iterator[tuple[str, int]]:
    """A switch to connect to: each connection, in order of arrival, follows its own script."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(LIMIT)
    with server:

        def serve() -> None:
            running = [Script(_scripted(Peer(server.accept()[0]), script)) for script in scripts]
            for script in running:
                script.finish()

        serving = Script(serve)
        yield server.getsockname()
        serving.finish()


def calling(address: tuple[str, int], script: Callable[[CallPeer], None]) -> Script:
    """A switch that connects to us with one call."""
    peer = CallPeer(socket.create_connection(address, timeout=LIMIT))
    return Script(_scripted(peer, script))


def _scripted(peer: P, script: Callable[[P], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            script(peer)
        finally:
            peer.close()

    return run
