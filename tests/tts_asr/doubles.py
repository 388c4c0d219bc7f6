"""Engines that do as they are told, and sounds to hear."""

from dataclasses import dataclass, field

import numpy as np

from tts_asr.errors import EngineFailed
from tts_asr.sound import Samples, Sound
from tts_asr.synthesizer import Synthesizer


def tone(hertz: float, seconds: float = 0.5, rate: int = 22_050, size: float = 0.3) -> Sound:
    at = np.arange(round(seconds * rate)) / rate
    return Sound((size * np.sin(2 * np.pi * hertz * at)).astype(np.float32), rate)


def loudest_frequency(sound: Sound) -> float:
    spectrum = np.abs(np.fft.rfft(sound.samples))
    return float(np.argmax(spectrum) * sound.rate / len(sound.samples))


def likeness(one: Sound, other: Sound) -> float:
    """How alike two utterances are, -1 to 1, by their spectra over time.

    espeak breathes differently each time, so that samples of the same words do not correlate.
    """
    first, second = _spectra(one), _spectra(other)
    length = min(len(first), len(second))
    first, second = (part[:length] - part[:length].mean(axis=0) for part in (first, second))
    return float((first * second).sum() / np.linalg.norm(first) / np.linalg.norm(second))


def _spectra(sound: Sound) -> Samples:
    """Logarithms of the energy in 20 bands below 3.5 kHz, every 40 ms from the first sound on."""
    frame = round(sound.rate * 0.04)
    samples = sound.samples[np.flatnonzero(np.abs(sound.samples) > 0.01)[0] :]
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame) * np.hanning(frame)
    energy = np.abs(np.fft.rfft(frames, axis=1))[:, :140]
    bands: Samples = np.log(energy.reshape(-1, 20, 7).mean(axis=2) + 0.01)
    return bands


@dataclass
class ScriptedEngine(Synthesizer):
    """Hums a tone for every sentence, or fails as it is told."""

    name: str
    failure: EngineFailed | None = None
    reason: str | None = None
    sound: Sound = field(default_factory=lambda: tone(440))
    languages: tuple[str, ...] = ("en", "zh", "yue")
    heard: list[str] = field(default_factory=list)
    """What it was asked to say."""

    def available(self) -> str | None:
        return self.reason

    def speaks(self, language: str) -> bool:
        return language in self.languages

    def _speak(self, text: str, language: str, voice: str) -> Sound:
        self.heard.append(text)
        if self.failure:
            raise self.failure
        return self.sound


@dataclass
class Hands:
    """A clock that is moved by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def split(text: str, language: str) -> list[str]:
    """Sentences end at full stops and nowhere else."""
    return [part.strip() + "." for part in text.split(".") if part.strip()]
