"""The gate: which stretches of a recording are spoken.

Speech rises above the noise around it and changes its spectrum within a tenth of a second. Steady
and chopped noise does not change it, tones and beeps are too pure, instruments hold their pitch.
It cannot refuse singing, other people talking nearby, a radio's speech, or animals.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tts_asr.sound import Samples
from tts_asr.voice_features import HOP, Features

Flags = npt.NDArray[np.bool_]

# Levels, in decibels.
ABOVE_NOISE = 5.0
LOWEST_LEVEL = -65.0
"""Of full scale: quieter than a whisper into a bad phone."""
NOISE_SHARE = 10
"""Per cent of the frames around that are pauses, even of one who speaks fast."""
NOISE_SECONDS = 3
"""The noise is measured over so long before and after."""

# What was measured: 30 kinds of sound that are no speech; speech in 6 voices of espeak-ng and two
# languages, clean and with noise 10 dB below it; 20 recordings of people, of which all is found,
# and a good half with that noise.
MOVEMENT = 2.2
"""Decibels by which the spectrum's shape changes; noise up to 1.9, speech from 2.7 on."""
MOST_MOVEMENT = 6.0
"""So that one click does not make noise move."""
PURE = 0.93
MOST_PURE = 0.35
"""Share of active frames; DTMF on a noisy line has 0.4 and more, clear high voices up to 0.25."""
VOICED = 0.6
MOST_FLAT = 0.8
"""Share of voiced frames that keep their pitch; instruments 0.98, voices up to 0.55."""
JUDGED_SECONDS = 1.0
"""A frame is judged by so long before and after it."""
FEWEST_FRAMES = 5
FEWEST_FLAT = 10
SHORTEST_DENSITY = 0.2
"""Share of a stretch that is active; clicks and typing have less."""

# Cutting, in seconds.
BRIDGED = 1.0
"""Pauses within a sentence."""
PADDING = 0.25
"""Kept around speech, as soft consonants begin below the noise."""
LONGEST = 25.0
LATEST_CUT = 10.0
"""A longer stretch is cut at the quietest place of the last so many seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording in which somebody speaks, in seconds."""

    start: float
    end: float
    spoken: float
    """Its length without the padding."""


def spoken_stretches(features: Features) -> list[Stretch]:
    """In the order of time; they may touch but do not overlap."""
    spoken = spoken_frames(features)
    cuts = [
        piece for first, last in _bridged(spoken) for piece in _cut(features.level, first, last)
    ]
    return _padded(cuts, len(spoken))


def spoken_frames(features: Features) -> Flags:
    """For each frame whether it is speech."""
    active = features.level > np.maximum(_noise(features.level) + ABOVE_NOISE, LOWEST_LEVEL)
    pure = active & (features.tonality > PURE)
    mixed = active & ~pure
    movement = np.minimum(features.movement, MOST_MOVEMENT)
    voiced = mixed & (features.voicing > VOICED)
    pairs = voiced & np.roll(voiced, 1)
    flat = pairs & (features.pitch == np.roll(features.pitch, 1))
    is_flat = (_around(flat) > MOST_FLAT * _around(pairs)) & (_around(pairs) >= FEWEST_FLAT)
    is_moving = _around(movement * mixed) > MOVEMENT * np.maximum(_around(mixed), FEWEST_FRAMES)
    spoken: Flags = mixed & is_moving & ~is_flat & (_around(pure) < MOST_PURE * _around(active))
    return spoken


def _noise(level: Samples) -> Samples:
    """The level of the noise around each frame."""
    second = round(1 / HOP)
    floors = [
        np.percentile(
            level[max(0, at - NOISE_SECONDS * second) :][: 2 * NOISE_SECONDS * second], NOISE_SHARE
        )
        for at in range(0, len(level), second)
    ]
    return np.repeat(np.array(floors, np.float32), second)[: len(level)]


def _around(values: npt.NDArray[np.generic]) -> Samples:
    """Sums over the frames around each frame."""
    reach = round(JUDGED_SECONDS / HOP)
    sums = np.cumsum(np.pad(values.astype(np.float64), (reach + 1, reach)))
    return (sums[2 * reach + 1 :] - sums[: len(values)]).astype(np.float32)


def _bridged(spoken: Flags) -> Iterator[tuple[int, int]]:
    """First and last frame of each stretch, short pauses bridged."""
    frames = np.flatnonzero(spoken)
    if not len(frames):
        return
    ends = np.flatnonzero(np.diff(frames) > BRIDGED / HOP)
    for group in np.split(frames, ends + 1):
        first, last = int(group[0]), int(group[-1])
        if len(group) >= max(FEWEST_FRAMES, SHORTEST_DENSITY * (last - first + 1)):
            yield first, last


def _cut(level: Samples, first: int, last: int) -> Iterator[tuple[int, int]]:
    longest, latest = round(LONGEST / HOP), round(LATEST_CUT / HOP)
    while last - first >= longest:
        begin = first + longest - latest
        cut = begin + int(level[begin : first + longest].argmin())
        yield first, cut - 1
        first = cut
    yield first, last


def _padded(pieces: list[tuple[int, int]], frames: int) -> list[Stretch]:
    """With room on both sides, but never beyond half of the pause to the neighbour."""
    stretches = []
    for index, (first, last) in enumerate(pieces):
        before = pieces[index - 1][1] + 1 if index else 0
        after = pieces[index + 1][0] if index + 1 < len(pieces) else frames + 1
        room = PADDING / HOP
        start = first - min(room, (first - before) / (2 if index else 1))
        end = last + 1 + min(room, (after - last - 1) / (2 if index + 1 < len(pieces) else 1))
        stretches.append(Stretch(start * HOP, end * HOP, (last + 1 - first) * HOP))
    return stretches
