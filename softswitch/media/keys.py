"""Keys on their way in and out of a call."""

from dataclasses import dataclass

VALID = frozenset("0123456789*#ABCDabcd")
"""What RFC 4733 can carry."""
DEFAULT_SAMPLES = 2000
"""Length of a key that is sent, in samples: switch_types.h, SWITCH_DEFAULT_DTMF_DURATION."""
_MIN_SAMPLES = 400
_MAX_SAMPLES = 192_000


@dataclass(frozen=True, slots=True)
class Key:
    digit: str
    samples: int = DEFAULT_SAMPLES
    """Length at 8 kHz."""
    source: str = "APP"
    """`RTP`, `ENDPOINT` (SIP INFO) or `APP`."""


def keys_of(text: str, *, source: str = "APP") -> list[Key]:
    """The keys of `12#@200` (200 ms each; `w` and `W` are not sent here, at most 200 keys)."""
    digits, _, length = text[:400].partition("@")
    milliseconds = int(length) if length.isdecimal() and len(length) < 7 else 0
    samples = DEFAULT_SAMPLES
    if milliseconds:
        samples = min(max(milliseconds * 8, _MIN_SAMPLES), _MAX_SAMPLES)
    return [Key(digit, samples, source) for digit in digits[:200] if digit in VALID]
