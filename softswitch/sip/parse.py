"""From a datagram to a SIP message: bounded, tolerant where RFC 4475 asks for it.

A request that is wrong but can be answered comes back with its `fault` set; what cannot be
answered raises BadMessage.
"""

import re

from softswitch.sip.errors import BadMessage
from softswitch.sip.message import COMPACT, Headers, Message, Request, Response

MAX_HEADERS = 200
"""Far above any real request; more is an attack or noise."""

WRONG_VERSION = "Version Not Supported"
"""The fault of a request in another version of SIP."""

_REQUEST = re.compile(r"([A-Za-z0-9.!%*_+`'~-]+) (\S+) (SIP/\d+\.\d+)\Z")
_VERSION = re.compile(r"SIP/\d+\.\d+\Z")
_RESPONSE = re.compile(r"SIP/2\.0 ([1-6]\d\d)(?: (.*))?\Z", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9.!%*_+`'~-]+\Z")


def parse(datagram: bytes) -> Request | Response:
    """Raises BadMessage when there is nothing that could be answered."""
    head, body = _split(datagram.lstrip(b"\r\n"))
    lines = head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    message = _start_line(lines[0])
    _read_headers(message, lines[1:])
    _cut_body(message, body)
    return message


def _split(datagram: bytes) -> tuple[bytes, bytes]:
    for gap in (b"\r\n\r\n", b"\n\n"):
        head, found, body = datagram.partition(gap)
        if found:
            return head, body
    return datagram.rstrip(b"\r\n"), b""


def _start_line(line: str) -> Request | Response:
    if line.startswith("SIP/"):
        match = _RESPONSE.match(line)
        if match is None:
            raise BadMessage(f"no status line: {line[:60]!r}")
        return Response(status=int(match[1]), reason=match[2] or "")
    match = _REQUEST.match(line)
    if match is None:
        return _loose_request(line)
    fault = "" if match[3] == "SIP/2.0" else WRONG_VERSION
    return Request(method=match[1], uri=match[2], fault=fault)


def _loose_request(line: str) -> Request:
    """Blanks where none belong: enough is understood to refuse it by name."""
    words = line.split()
    if len(words) < 3 or not _NAME.match(words[0]) or not _VERSION.match(words[-1]):
        raise BadMessage(f"no request line: {line[:60]!r}")
    return Request(method=words[0], uri=" ".join(words[1:-1]), fault="Malformed request line")


def _read_headers(message: Message, lines: list[str]) -> None:
    if len(lines) > MAX_HEADERS:
        raise BadMessage(f"{len(lines)} header lines, at most {MAX_HEADERS} are read")
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and fields:
            fields[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        name = name.rstrip()
        if not colon or not _NAME.match(name):
            message.fault = message.fault or "Malformed header line"
            continue
        fields.append((COMPACT.get(name.lower(), name), [value.strip()]))
    message.headers = Headers((name, " ".join(parts).strip()) for name, parts in fields)


def _cut_body(message: Message, body: bytes) -> None:
    """Over UDP the length may be left out; bytes behind it are no part of the message."""
    lengths = message.headers.all("Content-Length")
    if not lengths:
        message.body = body
    elif len(set(lengths)) > 1:
        message.fault = message.fault or "Several Content-Length headers"
    elif not (lengths[0].isascii() and lengths[0].isdigit() and len(lengths[0]) < 9):
        message.fault = message.fault or "Malformed Content-Length"
    elif int(lengths[0]) > len(body):
        message.fault = message.fault or "Content-Length larger than the datagram"
    else:
        message.body = body[: int(lengths[0])]
