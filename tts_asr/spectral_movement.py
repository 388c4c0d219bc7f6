"""How much the shape of a sound's spectrum changes from one moment to the next.

It changes with every sound of speech, hardly in noise however loud it grows, and not within a note.
"""

import numpy as np

from tts_asr.sound import Samples

FRAMES = 3
"""So many frames before a moment are compared with so many after it: noise averages out."""
SPAN = 2 * FRAMES
FLOOR = 1e-9
"""Below it, -90 decibels, nothing is compared."""


class SpectralMovement:
    """Takes the energies in bands, frame by band, block by block."""

    def __init__(self) -> None:
        self._rest: Samples | None = None
        self._done: list[Samples] = []

    def feed(self, energies: Samples) -> None:
        joined = energies if self._rest is None else np.concatenate([self._rest, energies])
        if len(joined) >= SPAN:
            self._done.append(_changes(joined))
        self._rest = joined[-(SPAN - 1) :]

    def decibels(self, frames: int) -> Samples:
        """The mean change of a band at each of all `frames`; 0 where the sound begins and ends."""
        moved = np.zeros(frames, np.float32)
        if self._done:
            moved[FRAMES : frames - FRAMES + 1] = np.concatenate(self._done)
        return moved


def _changes(energies: Samples) -> Samples:
    count = len(energies) - FRAMES + 1
    sums = sum((energies[at : at + count] for at in range(FRAMES)), np.zeros(1, np.float32))
    levels = 10 * np.log10(np.maximum(sums, FLOOR))
    shapes = levels - levels.mean(axis=1, keepdims=True)
    changes: Samples = np.abs(shapes[FRAMES:] - shapes[:-FRAMES]).mean(axis=1)
    return changes
