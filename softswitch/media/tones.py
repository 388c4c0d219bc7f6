"""The grammar of `tone_stream://`: tones as FreeSWITCH's libteletone reads them.

`%(on,off,f1,f2,…)` is a tone of `on` ms and a pause of `off` ms; `v=-7` sets the level in dB,
`l=2` repeats what follows, digits and letters are DTMF keys. Parts are separated by `;`.
"""

import re
from dataclasses import dataclass
from itertools import islice

import numpy as np

from softswitch.errors import SoundUnusable
from softswitch.media.frame import RATE, Samples

MAX_TONES = 64
"""Tones of one script and of one part of it."""
MAX_SECONDS = 60
"""Longest single tone; an endless one loops over a short one."""
_TONE = re.compile(r"%\(([^)]*)\)")
_LOOPS = re.compile(r"\A[lL]=(-?\d+)\Z")
_LEVEL = re.compile(r"\A[vV]=(-?\d+(?:\.\d+)?)\Z")
# DTMF pairs in Hz: ITU-T Q.23.
_ROWS = {"123A": 697, "456B": 770, "789C": 852, "*0#D": 941}
_COLUMNS = (1209, 1336, 1477, 1633)
_KEYS = {key: (row, _COLUMNS[at]) for keys, row in _ROWS.items() for at, key in enumerate(keys)}
_KEY_MS = (100, 50)
"""Length of a key's tone and of the pause after it, in ms."""
_DEFAULT_LEVEL = -7.0
# libteletone.h, DBM0_MAX_POWER: full scale sine at 3.14 dBm0, plus 3.02 dB.
_FULL_SCALE_DB = 6.16


@dataclass(frozen=True, slots=True)
class Tone:
    samples: Samples
    loops: int
    """How often to play; -1 for ever."""


def parse_tones(text: str) -> Tone:
    """The audio of a tone script. Raises `SoundUnusable`."""
    level, loops, parts = _DEFAULT_LEVEL, 1, []
    words = (part.strip() for part in text.split(";")[:MAX_TONES])
    for word in filter(None, words):
        if match := _LEVEL.match(word):
            level = float(match[1])
        elif match := re.match(r"\Aloops=(-?\d+)\Z", word) or _LOOPS.match(word):
            loops = int(match[1])
        else:
            parts.append(_part(word, level))
    if sum(map(len, parts)) > MAX_SECONDS * RATE * 10:
        raise SoundUnusable(f"tone {text[:80]!r} is longer than {MAX_SECONDS * 10} s")
    if not parts:
        raise SoundUnusable(
            f"tone {text[:80]!r} holds no tone, expected for instance %(200,100,440)"
        )
    return Tone(np.concatenate(parts), loops if loops else 1)


def _part(word: str, level: float) -> Samples:
    if word.startswith("%"):
        tones = [_tone(match[1], level) for match in islice(_TONE.finditer(word), MAX_TONES)]
    else:
        keys = [key for key in word.upper() if key in _KEYS][:MAX_TONES]
        tones = [_sound(*_KEY_MS, _KEYS[key], level) for key in keys]
    if not tones:
        raise SoundUnusable(f"tone {word!r} cannot be read, expected %(on,off,frequency)")
    return np.concatenate(tones)


def _tone(arguments: str, level: float) -> Samples:
    try:
        on, off, *frequencies = [float(number) for number in arguments.split(",")]
    except ValueError as error:
        raise SoundUnusable(f"tone %({arguments}) needs numbers: on,off,frequency") from error
    return _sound(on, off, tuple(frequencies), level)


def _sound(on: float, off: float, frequencies: tuple[float, ...], level: float) -> Samples:
    if not 0 <= on + off <= MAX_SECONDS * 1000 or on < 0 or off < 0:
        raise SoundUnusable(f"a tone of {on:g} ms is outside 0 to {MAX_SECONDS} s")
    times = np.arange(int(on * RATE / 1000)) / RATE
    height = 32767 * 2**0.5 * 10 ** ((level - _FULL_SCALE_DB) / 20)
    wave = np.zeros(len(times))
    for frequency in frequencies[:16]:
        wave += height * np.sin(2 * np.pi * frequency * times)
    loud = np.clip(wave, -32768, 32767).astype(np.int16)
    return np.concatenate([loud, np.zeros(int(off * RATE / 1000), np.int16)])
