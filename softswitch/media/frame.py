"""A frame: 20 ms of telephone audio, 160 samples of 16 bits at 8 kHz."""

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 8000
"""Samples per second; G.711 knows no other."""
FRAME = 160
"""Samples per frame."""
FRAME_SECONDS = 0.02

Samples: TypeAlias = NDArray[np.int16]

SILENCE: Samples = np.zeros(FRAME, np.int16)
SILENCE.flags.writeable = False


class Source(Protocol):
    """Gives audio, one frame a tick. Called on the media thread: must not block."""

    def pull(self) -> Samples | None:
        """The next frame, or None when there is no more."""


class Sink(Protocol):
    """Takes audio, one frame a tick. Called on the media thread: must not block."""

    def push(self, frame: Samples) -> None: ...


def whole_frames(samples: Samples) -> Samples:
    """`samples` filled up with silence to a whole number of frames."""
    missing = -len(samples) % FRAME
    return np.pad(samples, (0, missing)) if missing else samples


def milliseconds(samples: int) -> int:
    return samples * 1000 // RATE


def mixed(frames: list[Samples]) -> Samples:
    """The sum of frames, clipped to 16 bits."""
    total = np.sum(frames, axis=0, dtype=np.int32)
    return np.clip(total, -32768, 32767).astype(np.int16)
