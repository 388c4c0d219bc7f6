"""The two tones by which a room hears that somebody comes or leaves."""

from pathlib import Path

import numpy as np
import soundfile

RATE = 8_000
NOTE = 0.12
"""Seconds of each of a chime's two notes."""
LOUDNESS = 0.12
"""Beneath the voices that it interrupts."""
UP, DOWN = (523.0, 784.0), (784.0, 523.0)
"""Hertz: a fifth, up for who comes and down for who leaves."""


def make_chimes(folder: Path) -> None:
    for path, notes in ((came(folder), UP), (left(folder), DOWN)):
        whole = np.concatenate([_note(pitch) for pitch in notes])
        # A name of its own first: a switch may be playing the old one.
        part = path.with_suffix(".part")
        soundfile.write(part, whole, RATE, "PCM_16", format="WAV")
        part.replace(path)


def came(folder: Path) -> Path:
    return folder / "came.wav"


def left(folder: Path) -> Path:
    return folder / "left.wav"


def _note(pitch: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    at = np.arange(round(NOTE * RATE)) / RATE
    fading = np.minimum(1.0, np.minimum(at, NOTE - at) / 0.01)  # without clicks
    return LOUDNESS * fading * np.sin(2 * np.pi * pitch * at)
