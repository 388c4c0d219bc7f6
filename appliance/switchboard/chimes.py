"""The two tones by which a room hears that somebody comes or leaves.

Made at each start of the callbox, which has no time to load numpy before its first call.
"""

import math
import wave
from array import array
from pathlib import Path

RATE = 8_000
NOTE = 0.12
"""Seconds of each of a chime's two notes."""
FADE = 0.01
"""Seconds at both ends, without which it would click."""
LOUDNESS = 0.12
"""Beneath the voices that it interrupts."""
UP, DOWN = (523.0, 784.0), (784.0, 523.0)
"""Hertz: a fifth, up for who comes and down for who leaves."""


def make_chimes(folder: Path) -> None:
    for path, notes in ((came(folder), UP), (left(folder), DOWN)):
        # A name of its own first: a switch may be playing the old one.
        part = path.with_suffix(".part")
        with wave.open(str(part), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            for pitch in notes:
                file.writeframes(_note(pitch).tobytes())
        part.replace(path)


def came(folder: Path) -> Path:
    return folder / "came.wav"


def left(folder: Path) -> Path:
    return folder / "left.wav"


def _note(pitch: float) -> "array[int]":
    return array("h", (_sample(pitch, n / RATE) for n in range(round(NOTE * RATE))))


def _sample(pitch: float, at: float) -> int:
    fading = min(1.0, at / FADE, (NOTE - at) / FADE)
    return round(32767 * LOUDNESS * fading * math.sin(2 * math.pi * pitch * at))
