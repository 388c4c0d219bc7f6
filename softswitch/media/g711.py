"""G.711: µ-law and A-law by table (ITU-T G.711, tables 1 and 2; rounding as in G.191)."""

from typing import Final

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
_Codes = npt.NDArray[np.uint8]
_Wide = npt.NDArray[np.int32]


def _decode_ulaw(codes: _Wide) -> _Wide:
    """Sign, three bits of segment, four of step, all inverted; 33 is the bias in 14 bits."""
    bits = ~codes & 0xFF
    size = ((((bits & 0x0F) << 1) + 33) << ((bits >> 4) & 7)) - 33
    return np.where(bits & 0x80, -size, size) << 2


def _encode_ulaw(samples: _Wide) -> _Wide:
    size = np.where(samples < 0, ~samples, samples) >> 2
    biased = np.minimum(size + 33, 0x1FFF)
    segment = np.floor(np.log2(biased)).astype(np.int32) - 5
    bits = (segment << 4) | ((biased >> (segment + 1)) & 0x0F)
    coded: _Wide = ~np.where(samples < 0, bits | 0x80, bits) & 0xFF
    return coded


def _decode_alaw(codes: _Wide) -> _Wide:
    """Every second bit is inverted (0x55); the first segment has no hidden bit."""
    bits = codes ^ 0x55
    segment = (bits >> 4) & 7
    step = ((bits & 0x0F) << 4) + 8
    size = np.where(segment > 0, (step + 0x100) << np.maximum(segment - 1, 0), step)
    return np.where(bits & 0x80, size, -size)


def _encode_alaw(samples: _Wide) -> _Wide:
    size = np.where(samples < 0, ~samples, samples) >> 4
    segment = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 3, 1)
    shifted = size >> (segment - 1)
    bits = np.where(size > 15, (shifted - 16) + (segment << 4), size)
    return np.where(samples < 0, bits, bits | 0x80) ^ 0x55


_ALL_CODES = np.arange(256, dtype=np.int32)
_ALL_SAMPLES = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32)

_DECODED: Final[dict[str, Samples]] = {
    "PCMU": _decode_ulaw(_ALL_CODES).astype(np.int16),
    "PCMA": _decode_alaw(_ALL_CODES).astype(np.int16),
}
_ENCODED: Final[dict[str, _Codes]] = {
    "PCMU": _encode_ulaw(_ALL_SAMPLES).astype(np.uint8),
    "PCMA": _encode_alaw(_ALL_SAMPLES).astype(np.uint8),
}


_latest: dict[str, tuple[Samples, bytes]] = {}
"""By codec, the frame that was encoded last. All listeners of a room are given one and the same
frame (`softswitch.conference.mixing`), and silence is one frame everywhere."""


def encode(codec: str, samples: Samples) -> bytes:
    """One byte a sample. `codec` is PCMU or PCMA; KeyError for another.

    A frame is not changed after it has been given here: the same object is the same sound.
    """
    known = _latest.get(codec)
    if known is not None and known[0] is samples:
        return known[1]
    coded = _ENCODED[codec][samples.view(np.uint16)].tobytes()
    _latest[codec] = samples, coded
    return coded


def decode(codec: str, payload: bytes) -> Samples:
    """One sample a byte. `codec` is PCMU or PCMA; KeyError for another."""
    return _DECODED[codec][np.frombuffer(payload, dtype=np.uint8)]
