"""The Event Socket's framing, pure: bytes in, frames out, no socket and no clock."""

from urllib.parse import unquote

from esl.errors import WireError
from esl.event import Event, line_value

# A caller's name of 10 kB stands URL-encoded in a dozen headers of the connect reply.
HEAD_LIMIT = 1 << 20
# `show channels as json` takes about 1.3 kB a channel.
BODY_LIMIT = 16 << 20
END_OF_HEAD = b"\n\n"


class Frame:
    """One frame as it came. Nothing is decoded before it is asked for."""

    __slots__ = ("body", "head", "kind")

    def __init__(self, head: bytes, body: bytes) -> None:
        self.head = head
        self.body = body
        self.kind = (line_value(head, b"Content-Type") or b"").decode("ascii", "replace")

    def header(self, name: str) -> str:
        """A header of the frame itself as it was sent, or an empty string."""
        return (line_value(self.head, name.encode()) or b"").decode("utf-8", "replace")

    @property
    def data(self) -> str:
        """The answer to a command: an api's body, otherwise the reply's text."""
        if self.kind == "api/response":
            return self.body.decode("utf-8", "replace")
        reply = self.header("Reply-Text")
        # Only the connect reply is a serialised event, and only there values are encoded
        # (mod_event_socket.c, parse_command).
        return unquote(reply).strip() if self.head.startswith(b"Event-Name") else reply

    @property
    def event(self) -> Event:
        """The event inside; for the connect reply and notices, the head read as one."""
        return Event(self.body if self.kind.startswith("text/event-") else self.head)

    @property
    def headers(self) -> dict[str, str]:
        return self.event.headers


class Parser:
    """Cuts a stream into frames. Raises `WireError` on what is none, then is of no more use."""

    def __init__(self, head_limit: int = HEAD_LIMIT, body_limit: int = BODY_LIMIT) -> None:
        self._head_limit = head_limit
        self._body_limit = body_limit
        self._rest = bytearray()
        self._wanted = 0

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes, in order."""
        if self._rest:
            seen = len(self._rest)
            self._rest += data
            if self._is_short(seen):
                return []
            data = bytes(self._rest)
            self._rest.clear()
        return self._cut(data)

    def _is_short(self, seen: int) -> bool:
        """Looks at new bytes only: a slow peer must not make the search quadratic."""
        if self._wanted:
            return len(self._rest) < self._wanted
        self._check_head(len(self._rest))
        return self._rest.find(END_OF_HEAD, max(0, seen - 1)) < 0

    def _cut(self, data: bytes) -> list[Frame]:
        frames = []
        at = 0
        self._wanted = 0
        while True:
            while data.startswith(b"\n", at):
                at += 1
            end = data.find(END_OF_HEAD, at)
            if end < 0:
                self._check_head(len(data) - at)
                break
            self._check_head(end - at)
            head = data[at:end]
            start = end + len(END_OF_HEAD)
            stop = start + self._body_length(head)
            if stop > len(data):
                self._wanted = stop - at
                break
            frames.append(Frame(head, data[start:stop]))
            at = stop
        self._rest += data[at:]
        return frames

    def _check_head(self, size: int) -> None:
        if size > self._head_limit:
            raise WireError(f"a frame's headers exceed {self._head_limit} bytes without an end")

    def _body_length(self, head: bytes) -> int:
        given = line_value(head, b"Content-Length")
        if given is None:
            return 0
        if not given.isdigit() or len(given) > 12 or int(given) > self._body_limit:
            raise WireError(
                f"Content-Length is {given[:40]!r}, expected a number up to {self._body_limit}"
            )
        return int(given)
