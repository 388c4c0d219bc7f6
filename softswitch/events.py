"""Events and their two wire forms.

A plain event's values are percent-encoded by one fixed set of characters (switch_utils.h,
SWITCH_URL_UNSAFE, and every control or non-ASCII byte); a JSON event's are not.
"""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from urllib.parse import quote

from softswitch.event_origins import origin

VERSION = "1.10.12-release"
"""The FreeSWITCH whose behaviour is kept."""
_UNENCODED = "/,()!*'$"
_MEMO_LENGTH = 200
"""Longer values are not remembered, so that hostile ones cannot fill the memory."""


@lru_cache(maxsize=8192)
def _encoded_short(value: str) -> str:
    return quote(value, safe=_UNENCODED, errors="surrogateescape")


def encoded(value: str) -> str:
    """A header's value as plain events carry it; short ones are remembered."""
    if len(value) <= _MEMO_LENGTH:
        return _encoded_short(value)
    return quote(value, safe=_UNENCODED, errors="surrogateescape")


def to_bytes(text: str) -> bytes:
    """Text for the wire; bytes that were no UTF-8 go out as they came in."""
    return text.encode("utf-8", "surrogateescape")


class Event:
    """A named list of headers, perhaps with a body. Encoded once for all listeners."""

    __slots__ = ("_json", "_plain", "body", "headers")

    def __init__(self, headers: dict[str, str], body: str = "") -> None:
        self.headers = headers
        self.body = body
        self._plain: bytes | None = None
        self._json: bytes | None = None

    @property
    def name(self) -> str:
        return self.headers.get("Event-Name", "")

    @property
    def subclass(self) -> str:
        return self.headers.get("Event-Subclass", "")

    @property
    def channel(self) -> str:
        """The UUID of the channel that it is about, or empty."""
        return self.headers.get("Unique-ID", "")

    def plain(self) -> bytes:
        """The frame of a `text/event-plain` listener."""
        if self._plain is None:
            self._plain = _framed("text/event-plain", self.serialized())
        return self._plain

    def json(self) -> bytes:
        """The frame of a `text/event-json` listener."""
        if self._json is None:
            self._json = _framed("text/event-json", self._as_json())
        return self._json

    def serialized(self) -> bytes:
        """Headers with encoded values, an empty line, and the body if there is one."""
        lines = [f"{name}: {encoded(value)}\n" for name, value in self.headers.items()]
        if not self.body:
            return to_bytes("".join(lines) + "\n")
        body = to_bytes(self.body)
        return to_bytes("".join(lines) + f"Content-Length: {len(body)}\n\n") + body

    def _as_json(self) -> bytes:
        facts = dict(self.headers)
        if self.body:
            facts |= {"Content-Length": str(len(to_bytes(self.body))), "_body": self.body}
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        # JSON must be UTF-8: bytes that are none become question marks.
        return text.encode("utf-8", "replace")


def _framed(kind: str, inner: bytes) -> bytes:
    return b"Content-Length: %d\nContent-Type: %s\n\n" % (len(inner), kind.encode()) + inner


def microseconds() -> int:
    """The present as FreeSWITCH counts it, since 1970."""
    return time.time_ns() // 1000


@dataclass(slots=True)
class EventMint:
    """Makes events with the headers that every event of this switch begins with."""

    hostname: str
    address: str
    core: str = field(default_factory=lambda: str(uuid.uuid4()))
    _sequence: "count[int]" = field(default_factory=lambda: count(1))

    def make(
        self, name: str, headers: Mapping[str, str], *, subclass: str = "", body: str = ""
    ) -> Event:
        first = {"Event-Subclass": subclass} if subclass else {}
        return Event(first | self.preamble(name, subclass) | dict(headers), body)

    def preamble(self, name: str, subclass: str = "") -> dict[str, str]:
        now = microseconds()
        file, function, line = origin(name, subclass)
        return {
            "Event-Name": name,
            "Core-UUID": self.core,
            "FreeSWITCH-Hostname": self.hostname,
            "FreeSWITCH-Switchname": self.hostname,
            "FreeSWITCH-IPv4": self.address,
            "FreeSWITCH-IPv6": "::1",
            "Event-Date-Local": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(now / 1e6)),
            "Event-Date-GMT": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now / 1e6)),
            "Event-Date-Timestamp": str(now),
            "Event-Calling-File": file,
            "Event-Calling-Function": function,
            "Event-Calling-Line-Number": line,
            "Event-Sequence": str(next(self._sequence)),
        }
