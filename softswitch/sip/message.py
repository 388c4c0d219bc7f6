"""SIP messages as data: a start line, ordered headers, a body (RFC 3261, section 7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from softswitch.sip.scan import split_list

COMPACT = {
    "a": "Accept-Contact",
    "b": "Referred-By",
    "c": "Content-Type",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "o": "Event",
    "r": "Refer-To",
    "s": "Subject",
    "t": "To",
    "u": "Allow-Events",
    "v": "Via",
    "x": "Session-Expires",
}
"""Short header names (RFC 3261, section 7.3.3, and the IANA register)."""

_UNSAFE = {ord("\r"): " ", ord("\n"): " ", 0: " "}


class Headers:
    """Header fields in their order; names are compared without regard to case."""

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items = [(name.lower(), name, value) for name, value in items]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, value) for _, name, value in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def get(self, name: str, default: str = "") -> str:
        wanted = name.lower()
        return next((value for key, _, value in self._items if key == wanted), default)

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, _, value in self._items if key == wanted]

    def members(self, name: str) -> list[str]:
        """The members of a list header, whether in one line or in several."""
        return [member for value in self.all(name) for member in split_list(value)]

    def add(self, name: str, value: str) -> None:
        self._items.append((name.lower(), name, value))

    def set(self, name: str, value: str) -> None:
        """Replaces the first field of that name where it stands, or adds one."""
        wanted = name.lower()
        for index, (key, _, _) in enumerate(self._items):
            if key == wanted:
                self._items[index] = (wanted, name, value)
                return
        self.add(name, value)

    def remove(self, name: str) -> None:
        wanted = name.lower()
        self._items = [item for item in self._items if item[0] != wanted]

    def copy(self) -> "Headers":
        return Headers(self)


@dataclass(slots=True)
class Message:
    """What requests and responses have in common."""

    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    fault: str = ""
    """Why the message must be refused, seen while it was parsed; empty when sound."""

    def header(self, name: str) -> str:
        return self.headers.get(name)

    @property
    def call_id(self) -> str:
        return self.headers.get("Call-ID")

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method; (-1, "") where the header is missing or wrong."""
        number, _, method = self.headers.get("CSeq").partition(" ")
        if not (number.isascii() and number.isdigit() and len(number) <= 10):
            return -1, ""
        return int(number), method.strip()

    def start_line(self) -> str:
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """The datagram. Line ends inside values become blanks: no value makes a new header."""
        lines = [self.start_line().translate(_UNSAFE)]
        lines += [
            f"{name}: {value}".translate(_UNSAFE)
            for name, value in self.headers
            if name.lower() != "content-length"
        ]
        head = "\r\n".join([*lines, f"Content-Length: {len(self.body)}", "", ""])
        return head.encode("utf-8", "replace") + self.body


@dataclass(slots=True)
class Request(Message):
    method: str = ""
    uri: str = ""

    def start_line(self) -> str:
        return f"{self.method} {self.uri} SIP/2.0"


@dataclass(slots=True)
class Response(Message):
    status: int = 0
    reason: str = ""

    def start_line(self) -> str:
        return f"SIP/2.0 {self.status} {self.reason}"
