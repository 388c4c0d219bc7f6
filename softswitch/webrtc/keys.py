"""Keys that a browser sends in SIP INFO."""

import re

_SIGNAL = re.compile(rb"Signal\s*=\s*([0-9A-Da-d*#])\s*(?:\r?\n|\Z)", re.IGNORECASE)
_DURATION = re.compile(rb"Duration\s*=\s*(\d{1,4})\b", re.IGNORECASE)
_MILLISECONDS = 160
"""How long a key counts as pressed when nothing else is told."""


def key_in(kind: str, body: bytes) -> bytes | None:
    """The same key for the switch, written by us; None for what is no key."""
    match = _SIGNAL.search(body[:200]) if kind == "application/dtmf-relay" else None
    if match is None:
        return None
    length = _DURATION.search(body[:200])
    duration = int(length[1]) if length else _MILLISECONDS
    return b"Signal=%s\r\nDuration=%d\r\n" % (match[1].upper(), duration)
