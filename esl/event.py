"""An event that costs nothing until it is read, and then only the headers that are asked for."""

import json
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from esl.errors import WireError

END_OF_HEAD = b"\n\n"


def line_value(block: bytes, name: bytes) -> bytes | None:
    """The raw value of header `name` in a block of lines; the first wins.

    Values never hold a raw LF (FreeSWITCH encodes it), so a header cannot be forged inside one.
    """
    key = name + b": "
    if block.startswith(key):
        start = len(key)
    else:
        at = block.find(b"\n" + key)
        if at < 0:
            return None
        start = at + 1 + len(key)
    end = block.find(b"\n", start)
    return block[start:] if end < 0 else block[start:end]


class Event:
    """Headers and body of one event, plain or json, read lazily."""

    __slots__ = ("_all", "_is_json", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._is_json = raw.startswith(b"{")
        self._all: dict[str, str] | None = None

    def get(self, name: str) -> str:
        """One header, or an empty string. Cheap: the rest is not parsed."""
        if self._all is not None:
            return self._all.get(name, "")
        if self._is_json:
            return self._json_value(name)
        head = self._raw.partition(END_OF_HEAD)[0]
        value = line_value(head, name.encode())
        return "" if value is None else _decoded(value)

    @property
    def name(self) -> str:
        return self.get("Event-Name")

    @property
    def headers(self) -> dict[str, str]:
        """All headers. Raises `WireError` when the event cannot be read."""
        if self._all is None:
            self._all = self._parse_json() if self._is_json else self._parse_plain()
        return self._all

    @property
    def body(self) -> str:
        """The body inside the event, for instance a background job's result."""
        if self._is_json:
            return self.get("_body")
        head, _, rest = self._raw.partition(END_OF_HEAD)
        length = line_value(head, b"Content-Length")
        size = int(length) if length is not None and length.isdigit() else 0
        return rest[:size].decode("utf-8", "replace")

    def _parse_plain(self) -> dict[str, str]:
        found: dict[str, str] = {}
        # Lines are split before anything is decoded: %0A in a caller's name stays in its header.
        for line in self._raw.partition(END_OF_HEAD)[0].split(b"\n"):
            name, colon, value = line.partition(b": ")
            if colon:
                found.setdefault(name.decode("utf-8", "replace"), _decoded(value))
        return found

    def _parse_json(self) -> dict[str, str]:
        try:
            given = json.loads(self._raw.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as fault:
            raise WireError(f"a json event cannot be read ({fault})") from fault
        if b"\\u" not in self._raw and all(type(value) is str for value in given.values()):
            return cast(dict[str, str], given)
        return {_mended(name): _text(value) for name, value in given.items()}

    def _json_value(self, name: str) -> str:
        """Finds `"name":` in the text. A quote inside a value is escaped, so it cannot match."""
        key = b'"' + name.encode() + b'"'
        at = self._raw.find(key)
        while at >= 0:
            rest = at + len(key)
            if self._raw.startswith(b':"', rest):
                return self._json_string(rest + 2)
            if self._raw[rest : rest + 8].lstrip().startswith(b":"):
                return self.headers.get(name, "")  # spaced, or no string: read it all
            at = self._raw.find(key, rest)
        return ""

    def _json_string(self, start: int) -> str:
        end = self._raw.find(b'"', start)
        value = self._raw[start:end]
        if end < 0 or b"\\" in value:
            return self._escaped_string(start)
        return value.decode("utf-8", "replace")

    def _escaped_string(self, start: int) -> str:
        text = self._raw[start - 1 :].decode("utf-8", "replace")
        try:
            value, _ = json.JSONDecoder().raw_decode(text)
        except ValueError as fault:
            raise WireError(f"a json event cannot be read ({fault})") from fault
        return _text(value)


def _decoded(value: bytes) -> str:
    if b"%" in value:
        value = unquote_to_bytes(value)
    return value.decode("utf-8", "replace")


def _text(value: Any) -> str:
    """Arrays as plain events write them (switch_event.c, `ARRAY::a|:b`)."""
    if isinstance(value, list):
        return "ARRAY::" + "|:".join(_text(item) for item in value)
    return _mended(value) if isinstance(value, str) else str(value)


def _mended(text: str) -> str:
    r"""`\ud800` alone would later fail to be written anywhere."""
    return text.encode("utf-8", "replace").decode() if "\\ud" in ascii(text) else text
