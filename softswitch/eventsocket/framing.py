"""Bytes from a program: commands with headers, perhaps with a body."""

from dataclasses import dataclass, field

MAX_COMMAND = 1 << 20
"""Bytes of one command with its headers: an argument may be long, a flood may not."""
MAX_BODY = 1 << 20


class TooLong(Exception):
    """A command without an end."""


@dataclass(slots=True)
class Command:
    text: str
    """The first line."""
    headers: dict[str, str] = field(default_factory=dict)
    """Further lines; names as they came, see `get`."""
    body: str = ""

    def get(self, name: str, otherwise: str = "") -> str:
        """A header by its name in any case."""
        wanted = name.lower()
        return next((v for k, v in self.headers.items() if k.lower() == wanted), otherwise)


class CommandParser:
    """Feed it bytes, get commands."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._waiting: Command | None = None
        self._missing = 0

    def feed(self, data: bytes) -> list[Command]:
        """Raises `TooLong`."""
        self._held += data
        found: list[Command] = []
        while (command := self._next()) is not None:
            found.append(command)
        if len(self._held) > MAX_COMMAND + MAX_BODY:
            raise TooLong(f"a command of more than {MAX_COMMAND} bytes")
        return found

    def _next(self) -> Command | None:
        if self._waiting is None:
            self._waiting = self._head()
        if self._waiting is None or len(self._held) < self._missing:
            return None
        command, self._waiting = self._waiting, None
        command.body = _text(bytes(self._held[: self._missing]))
        del self._held[: self._missing]
        self._missing = 0
        return command

    def _head(self) -> Command | None:
        while self._held.startswith((b"\n", b"\r")):
            del self._held[:1]
        end, length = _end_of_head(self._held)
        if end < 0:
            return None
        block = bytes(self._held[:end])
        del self._held[: end + length]
        first, *lines = _text(block).replace("\r\n", "\n").split("\n")
        command = Command(first.strip(), _headers(lines))
        size = command.get("content-length")
        self._missing = int(size) if size.isascii() and size.isdigit() and len(size) < 9 else 0
        if self._missing > MAX_BODY:
            raise TooLong(f"a body of {self._missing} bytes, at most {MAX_BODY} are taken")
        return command


def _end_of_head(held: bytearray) -> tuple[int, int]:
    """Where the empty line is, and how long."""
    plain, dos = held.find(b"\n\n"), held.find(b"\r\n\r\n")
    if dos >= 0 and (plain < 0 or dos < plain):
        return dos, 4
    return plain, 2


def _headers(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines[:2000]:
        name, colon, value = line.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
