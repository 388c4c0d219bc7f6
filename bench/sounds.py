"""The prompts of the benches: pure tones, so that a few packets tell which prompt is heard."""

from pathlib import Path

import numpy as np
import soundfile

from .ears import Times

RATE = 8000
FRAME = 160
MENU_HERTZ = 400
OK_HERTZ = 1000
"""Both have a whole number of cycles in a packet of 20 ms."""


def write_tone(path: Path, hertz: int, seconds: float) -> Path:
    samples = 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(RATE * seconds)) / RATE)
    soundfile.write(str(path), samples, RATE, subtype="PCM_16")
    return path


def write_prompts(folder: Path) -> None:
    """`menu` (longer than the caller waits before the key), `ok`, and `long` for held calls."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tone(folder / "menu.wav", MENU_HERTZ, 6.0)
    write_tone(folder / "ok.wav", OK_HERTZ, 1.0)
    write_tone(folder / "long.wav", MENU_HERTZ, 240.0)


def strength(samples: Times, hertz: int) -> float:
    """How much of a packet's sound is this tone: 1 for all of it, 0 for none (or for silence)."""
    energy = float(np.sum(samples**2))
    if energy < 0.01:
        return 0.0
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / RATE)
    return float(abs(np.dot(samples, wave)) ** 2 * 2 / (energy * len(samples)))
