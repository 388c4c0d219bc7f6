"""The outline of a recording, for its picture: how loud it is at each moment."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile

from .aside import aside

COUNT = 600
"""Moments in the picture: more than a screen shows apart."""
KEPT = 200
"""Pictures in memory: some 5 kB each."""


def peaks(path: Path) -> Sequence[float]:
    """From 0 to 1, `COUNT` of them or as many as there are samples; none for an odd file."""
    state = path.stat()
    return aside(lambda: _peaks(str(path), state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=KEPT)
def _peaks(path: str, size: int, changed: int) -> Sequence[float]:
    try:
        frames = soundfile.info(path).frames
        step = max(1, -(-frames // COUNT))
        blocks = soundfile.blocks(path, blocksize=step, dtype="int16", always_2d=True)
        return [_loudest(block) for block in blocks]
    except soundfile.SoundFileError:
        return []


def _loudest(block: "np.ndarray[tuple[int, int], np.dtype[np.int16]]") -> float:
    return round(float(np.abs(block.astype(np.int32)).max(initial=0)) / 32768, 3)
