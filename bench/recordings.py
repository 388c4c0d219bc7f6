"""Whether a recording holds what was said: all of it, each part in its place."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.listening import PART, RATE, Samples, heard_at, loudness, read_wav

from .message_leaver import BREATH, Left

SLACK = int(0.5 * RATE)
"""Samples by which a part may stand elsewhere than expected: the switch's clock is another."""
QUIET = 0.01
"""Parts that are less loud are breaths, and like any other breath."""
HEADER = 44
"""Bytes of a WAV file before its samples, as both switches write it."""
WHOLE = 0.8
"""Mean likeness from which a recording is whole: a packet lost on the way spoils one part."""
NEAR = 0.25
"""Seconds by which its length may differ from what the caller measured."""


@dataclass(frozen=True, slots=True)
class Judged:
    likeness: float
    """Of the parts that were said, on the average: 1 when each was found as it was spoken."""
    off: float
    """Seconds that the recording is longer than from the tone to the key."""
    is_sound: bool
    """Its header tells the length that it has."""

    @property
    def is_whole(self) -> bool:
        return self.is_sound and self.likeness > WHOLE and abs(self.off) < NEAR


def judge(path: Path, left: Left) -> Judged:
    recorded = read_wav(path)
    off = len(recorded) / RATE - left.seconds
    is_sound = path.stat().st_size == HEADER + 2 * len(recorded)
    return Judged(_likeness(left.said, recorded), off, is_sound)


def _likeness(said: Samples, recorded: Samples) -> float:
    found = [
        _best(said[at : at + PART], recorded, at + int(BREATH * RATE))
        for at in range(0, len(said) - PART + 1, PART)
        if loudness(said[at : at + PART]) > QUIET
    ]
    return float(np.mean(found)) if found else 0.0


def _best(part: Samples, recorded: Samples, at: int) -> float:
    """Near the sample `at`."""
    return heard_at(part, recorded[max(0, at - SLACK) : at + PART + SLACK])[0]
