"""What a recording holds: how long, how loud, and whether anybody speaks."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tts_asr.audio_file import AudioFile, open_audio
from tts_asr.errors import SoundUnreadable
from tts_asr.sound import Samples
from tts_asr.voice_activity import Stretch, spoken_stretches
from tts_asr.voice_features import FeatureMaker

BLOCK_SECONDS = 10
CLIPPED = 0.999
"""Of full scale."""


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """Measured from the samples that are really there, not from the header."""

    seconds: float
    spoken_seconds: float
    """Speech, as the voice-activity gate sees it; 0 for silence, tones and noise."""
    peak: float
    """Of full scale, 0 to 1."""
    clipped_share: float
    """Of the samples, 0 to 1."""
    dc_offset: float
    """Of full scale, -1 to 1."""
    readable: bool
    reason: str = ""
    """Why it is not readable."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The facts of a recording, and where in it is spoken."""

    facts: SoundFacts
    stretches: tuple[Stretch, ...] = ()


def facts(path: Path) -> SoundFacts:
    """The facts of a recording of any format and length. Never raises for what is in the file."""
    return survey(path).facts


def survey(path: Path) -> Survey:
    """Listens through the file once, some 500 times faster than it lasts."""
    try:
        with open_audio(path) as audio:
            return _measured(audio)
    except SoundUnreadable as error:
        return Survey(SoundFacts(0.0, 0.0, 0.0, 0.0, 0.0, False, str(error)))


def _measured(audio: AudioFile) -> Survey:
    levels, maker = _Levels(), FeatureMaker(audio.rate)
    for block in audio.blocks(BLOCK_SECONDS):
        levels.add(block)
        maker.feed(block)
    stretches = tuple(spoken_stretches(maker.features()))
    spoken = sum((stretch.spoken for stretch in stretches), 0.0)
    seconds = levels.count / audio.rate
    return Survey(
        SoundFacts(seconds, spoken, levels.peak, *levels.averages(), readable=True), stretches
    )


class _Levels:
    """Sums over all samples."""

    def __init__(self) -> None:
        self.count = 0
        self.peak = 0.0
        self._sum = 0.0
        self._clipped = 0

    def add(self, block: Samples) -> None:
        size = np.abs(block)
        self.count += len(block)
        self.peak = max(self.peak, float(size.max()))
        self._sum += float(block.sum(dtype=np.float64))
        self._clipped += int(np.count_nonzero(size >= CLIPPED))

    def averages(self) -> tuple[float, float]:
        """Share of clipped samples, and the offset."""
        count = max(1, self.count)
        return self._clipped / count, self._sum / count
