"""A plain blocking Event Socket client, of the tests' own, so that faults do not cancel out."""

import json
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

LIMIT = 15.0
"""Longest wait for anything, in seconds: generous, since the machine may be busy."""

Headers = dict[str, str]
LINGER = "linger 3\n\n"
MORE_EVENTS = (
    "PLAYBACK_START PLAYBACK_STOP RECORD_START RECORD_STOP CHANNEL_HOLD CHANNEL_UNHOLD "
    "CHANNEL_CALLSTATE CUSTOM conference::maintenance"
)


class Closed(Exception):
    """The switch closed the connection."""


def split_headers(block: bytes) -> list[tuple[str, str]]:
    """Names and values as they stand on the wire, in order."""
    lines = block.decode("utf-8", "surrogateescape").split("\n")
    pairs = (line.partition(": ") for line in lines if line)
    return [(name.rstrip(":"), value) for name, _, value in pairs]


@dataclass(slots=True)
class Frame:
    """One message of the switch."""

    wire: list[tuple[str, str]]
    body: bytes = b""
    headers: Headers = field(default_factory=dict)
    """Decoded; those of the event inside where the frame carries one."""
    text: str = ""
    """The event's own body (BACKGROUND_JOB) or the frame's."""

    @property
    def content_type(self) -> str:
        return dict(self.wire).get("Content-Type", "")

    @property
    def name(self) -> str:
        return self.headers.get("Event-Name", "")

    @property
    def reply(self) -> str:
        return self.headers.get("Reply-Text", "")

    def __getitem__(self, header: str) -> str:
        return self.headers[header]

    def get(self, header: str) -> str | None:
        return self.headers.get(header)


def make_frame(head: bytes, body: bytes) -> Frame:
    frame = Frame(split_headers(head), body)
    kind = frame.content_type
    if kind == "text/event-plain":
        inner, _, text = body.partition(b"\n\n")
        frame.headers = {name: unquote(value) for name, value in split_headers(inner)}
        frame.text = text.decode("utf-8", "replace")
    elif kind == "text/event-json":
        frame.headers = json.loads(body)
        frame.text = frame.headers.pop("_body", "")
    else:
        encoded = frame.wire[0][0] == "Event-Name"
        frame.headers = {n: unquote(v) if encoded else v for n, v in frame.wire}
        frame.text = body.decode("utf-8", "replace")
    return frame


class Connection:
    """One connection in either direction. Events met while waiting for a reply are kept."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.buffer = b""
        self.seen: list[Frame] = []
        """Every event and notice, in the order of arrival."""
        self.unread: list[Frame] = []

    def close(self) -> None:
        self.sock.close()

    def send(self, text: str | bytes) -> None:
        self.sock.sendall(text if isinstance(text, bytes) else text.encode())

    def _more(self, deadline: float) -> None:
        self.sock.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError as error:
            raise Closed("connection reset by the switch") from error
        if not data:
            raise Closed(f"closed with {self.buffer!r} unread")
        self.buffer += data

    def frame(self, limit: float = LIMIT) -> Frame:
        """The next frame of any kind. Raises TimeoutError, Closed."""
        deadline = time.monotonic() + limit
        while b"\n\n" not in self.buffer:
            self._more(deadline)
        head, _, rest = self.buffer.partition(b"\n\n")
        # A connect reply is an event's headers and has no body, whatever lengths it names.
        length = 0 if head.startswith(b"Event-Name") else content_length(head)
        while len(rest) < length:
            self._more(deadline)
            rest = self.buffer.partition(b"\n\n")[2]
        self.buffer = rest[length:]
        return make_frame(head, rest[:length])

    def _take(self, limit: float) -> Frame:
        """The next frame; events and notices are also kept in `seen`."""
        frame = self.frame(limit)
        if frame.content_type.startswith(("text/event", "text/disconnect", "log/")):
            self.seen.append(frame)
        return frame

    def command(self, text: str, limit: float = LIMIT) -> Frame:
        """Send and wait for its reply, keeping the events that come before it."""
        self.send(text if text.endswith("\n\n") else text + "\n\n")
        return self.answer(limit)

    def answer(self, limit: float = LIMIT) -> Frame:
        """The next command/reply or api/response."""
        deadline = time.monotonic() + limit
        while True:
            frame = self._take(deadline - time.monotonic())
            if frame.content_type in ("command/reply", "api/response"):
                return frame
            self.unread.append(frame)

    def api(self, command: str, limit: float = LIMIT) -> str:
        return self.command(f"api {command}", limit).text

    def api_with(self, command: str, part: str) -> str:
        """An answer that holds `part`: FreeSWITCH writes its lists behind the calls' backs."""
        deadline = time.monotonic() + LIMIT
        while part not in (answer := self.api(command)):
            assert time.monotonic() < deadline, answer
        return answer

    def until(self, wanted: Callable[[Frame], bool], limit: float = LIMIT) -> Frame:
        """The first unread event or notice that is wanted; the others stay unread."""
        for index, frame in enumerate(self.unread):
            if wanted(frame):
                return self.unread.pop(index)
        deadline = time.monotonic() + limit
        while True:
            frame = self._take(deadline - time.monotonic())
            if wanted(frame):
                return frame
            self.unread.append(frame)

    def event(self, name: str, limit: float = LIMIT, **headers: str) -> Frame:
        """Wait for an event; header names are given with underscores for hyphens."""
        expected = {header.replace("_", "-"): value for header, value in headers.items()}

        def is_wanted(frame: Frame) -> bool:
            return frame.name == name and all(frame.get(h) == v for h, v in expected.items())

        try:
            return self.until(is_wanted, limit)
        except (TimeoutError, Closed) as error:
            names = [f"{seen.name or seen.content_type}" for seen in self.seen]
            raise AssertionError(f"{name} {headers} did not come; seen {names}") from error

    def notice(self, disposition: str, limit: float = LIMIT) -> Frame:
        """Wait for a disconnect notice: `linger` or `disconnect`."""
        return self.until(
            lambda frame: (
                frame.content_type == "text/disconnect-notice"
                and frame.get("Content-Disposition") == disposition
            ),
            limit,
        )

    def rest(self, limit: float = LIMIT) -> list[Frame]:
        """Everything up to the end of the connection."""
        frames: list[Frame] = []
        deadline = time.monotonic() + limit
        while True:
            try:
                frames.append(self._take(deadline - time.monotonic()))
            except Closed:
                return frames

    def start(self, app: str, argument: str = "", mark: str = "", **headers: str) -> str:
        """Queue an application; its Event-UUID."""
        mark = mark or f"{app}-{uuid.uuid4()}"
        lines = ["sendmsg", "call-command: execute", f"execute-app-name: {app}"]
        lines += [f"execute-app-arg: {argument}"] if argument else []
        lines += [f"Event-UUID: {mark}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        reply = self.command("\n".join(lines))
        assert reply.reply.startswith("+OK"), reply.reply
        return mark

    def finished(self, mark: str, limit: float = LIMIT) -> Frame:
        return self.event("CHANNEL_EXECUTE_COMPLETE", limit, Application_UUID=mark)

    def run(self, app: str, argument: str = "", limit: float = LIMIT, **headers: str) -> Frame:
        """Queue an application and wait for its completion."""
        return self.finished(self.start(app, argument, **headers), limit)

    def names(self) -> list[str]:
        """What has been seen so far, notices as `notice:linger` and the like."""
        return [frame.name or f"notice:{frame.get('Content-Disposition')}" for frame in self.seen]


def content_length(head: bytes) -> int:
    return int(dict(split_headers(head)).get("Content-Length", "0"))


def log_in(address: tuple[str, int], password: str) -> Connection:
    connection = Connection(socket.create_connection(address, timeout=LIMIT))
    assert connection.frame().content_type == "auth/request"
    assert connection.command(f"auth {password}").reply == "+OK accepted"
    return connection


class Program:
    """Listens where the dialplan's `socket` application connects to."""

    def __init__(self, port: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", port), backlog=100)
        self.port: int = self.listener.getsockname()[1]
        self.accepted: list[Connection] = []

    def accept(self, limit: float = LIMIT) -> Connection:
        self.listener.settimeout(limit)
        connection = Connection(self.listener.accept()[0])
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.accepted.append(connection)
        return connection

    def close(self) -> None:
        for connection in self.accepted:
            connection.close()
        self.listener.close()
