"""What can go wrong on the Event Socket.

EslError
├── ConnectFailed      nobody listens, or not in time
├── ListenFailed       we cannot listen there: the port is in use or not ours
├── AuthFailed         the switch refused the password
├── CommandFailed      the switch answered -ERR; `.reply` is its text
├── CommandTimeout     no reply in time
├── ConnectionLost     the connection ended with work pending
├── WireError          bytes that are no Event Socket frame
├── RoomFailed         the switch refused something of a conference room; `.reply` is its text
│   ├── RoomMissing    nobody is in a room of that name
│   └── MemberMissing  nobody of that number is in the room
└── UnsafeArgument     CR, LF or NUL in an argument: refused before it is sent
"""


class EslError(Exception):
    """Base of all Event Socket errors."""


class ConnectFailed(EslError):
    """Nobody listens there, or not in time."""


class ListenFailed(EslError):
    """We cannot listen there: the port is in use or not ours."""


class AuthFailed(EslError):
    """The switch refused the password."""


class CommandFailed(EslError):
    """The switch answered `-ERR`."""

    def __init__(self, command: str, reply: str) -> None:
        super().__init__(f"{command.split(chr(10), 1)[0]!r} was refused: {reply}")
        self.command = command
        self.reply = reply


class CommandTimeout(EslError):
    """No reply in time."""


class ConnectionLost(EslError):
    """The connection ended with work pending."""


class WireError(EslError):
    """Bytes that are no Event Socket frame."""


class RoomFailed(EslError):
    """The switch refused something of a conference room."""

    def __init__(self, room: str, what: str, reply: str) -> None:
        super().__init__(f"room {room[:64]!r}: {what[:80]}: {reply.strip()[:200]}")
        self.room = room
        self.reply = reply


class RoomMissing(RoomFailed):
    """Nobody is in a room of that name: it is made by whoever enters first."""


class MemberMissing(RoomFailed):
    """Nobody of that number is in the room (any more)."""


class UnsafeArgument(EslError, ValueError):
    """An argument holds CR, LF or NUL, and would become another command."""
