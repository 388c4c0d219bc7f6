"""What telephones carry beside speech, and speech with noise; all at 8,000 samples a second."""

from collections.abc import Callable

import numpy as np

from tests.tts_asr.doubles import tone
from tts_asr.engines.espeak import Espeak
from tts_asr.resampling import resample
from tts_asr.sound import Samples

RATE = 8_000
LOW_KEYS = (697, 770, 852, 941)
HIGH_KEYS = (1209, 1336, 1477, 1633)
KEYPAD = "123A456B789C*0#D"
SCALE = (262, 294, 330, 349, 392, 440, 494, 523)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def hum(hertz: float, seconds: float, size: float = 0.3) -> Samples:
    return tone(hertz, seconds, RATE, size).samples


def noise(seconds: float, size: float = 0.1, slope: float = 0.0) -> Samples:
    """White, or with `slope` 1 pink and 2 brown; the same each time."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(count))
    spectrum[1:] *= np.arange(1, len(spectrum)) ** (-slope / 2)
    samples = np.fft.irfft(spectrum, count)
    return (samples * size / samples.std()).astype(np.float32)


def keys(pressed: str, on: float = 0.1, off: float = 0.1) -> Samples:
    parts = []
    for key in pressed:
        row, column = divmod(KEYPAD.index(key), 4)
        parts += [hum(LOW_KEYS[row], on, 0.2) + hum(HIGH_KEYS[column], on, 0.2), silence(off)]
    return np.concatenate(parts)


def cadence(tones: tuple[float, ...], on: float, off: float, times: int) -> Samples:
    sounding = np.sum([hum(hertz, on, 0.3 / len(tones)) for hertz in tones], axis=0)
    return np.tile(np.concatenate([sounding, silence(off)]), times).astype(np.float32)


def modulated(hertz: float, is_hard: bool) -> Samples:
    swing = np.sin(2 * np.pi * hertz * np.arange(10 * RATE) / RATE)
    return (noise(10, 0.2) * ((swing > 0) if is_hard else 0.5 + 0.5 * swing)).astype(np.float32)


def siren() -> Samples:
    pitch = 600 + 300 * np.sin(np.pi * np.arange(10 * RATE) / RATE)
    return (0.3 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)).astype(np.float32)


def buzz(hertz: float) -> Samples:
    parts = [hum(hertz * part, 10, 0.2 / part) for part in range(1, int(3600 / hertz))]
    return np.sum(parts, axis=0).astype(np.float32)


def melody(decay: float, chords: bool, note: float = 0.35) -> Samples:
    """Thirty notes of plucked (`decay` 3) or bowed (0) strings."""
    at = np.arange(round(note * RATE)) / RATE
    shape = np.minimum(1, at / 0.01) * np.exp(-decay * at) * np.minimum(1, (note - at) / 0.02)
    steps = (1, 1.26, 1.5) if chords else (1,)
    played = [
        sum(
            np.sin(2 * np.pi * SCALE[degree] * step * part * at) / part
            for step in steps
            for part in range(1, 7)
        )
        * shape
        for degree in np.random.default_rng(3).integers(0, 8, 30)
    ]
    return (0.15 * np.concatenate(played)).astype(np.float32)


NOT_SPEECH: dict[str, Callable[[], Samples]] = {
    "silence": lambda: silence(10),
    "a quiet line": lambda: noise(10, 0.0005),
    "white noise": lambda: noise(10),
    "loud noise": lambda: noise(10, 0.5),
    "pink noise": lambda: noise(10, 0.1, 1),
    "brown noise": lambda: noise(10, 0.1, 2),
    "noise chopped 2 times a second": lambda: modulated(2, True),
    "noise chopped 4 times a second": lambda: modulated(4, True),
    "noise chopped 8 times a second": lambda: modulated(8, True),
    "noise that swells 4 times a second": lambda: modulated(4, False),
    "a low tone": lambda: hum(200, 8),
    "a tone": lambda: hum(440, 8),
    "a high tone": lambda: hum(2000, 8),
    "keys": lambda: keys("5551234#*0AB" * 2),
    "keys pressed fast": lambda: keys("5551234#*0AB" * 4, 0.05, 0.05),
    "beeps": lambda: cadence((1000,), 0.2, 0.3, 20),
    "busy": lambda: cadence((480, 620), 0.5, 0.5, 10),
    "busy in Europe": lambda: cadence((425,), 0.25, 0.25, 20),
    "ringing": lambda: cadence((440, 480), 2, 4, 3),
    "a fax calling": lambda: cadence((1100,), 0.5, 2.5, 5),
    "hum of the mains": lambda: buzz(50),
    "a buzzer": lambda: buzz(120),
    "a siren": siren,
    "plucked strings": lambda: melody(3, chords=False),
    "a slow piano": lambda: melody(2, chords=True, note=0.8),
    "bowed strings": lambda: melody(0, chords=True),
    "a click": lambda: np.where(np.arange(5 * RATE) == 3 * RATE, 0.9, 0).astype(np.float32),
    "typing": lambda: np.where(np.arange(10 * RATE) % 1700 == 0, 0.9, 0).astype(np.float32),
}


def said(text: str, voice: str = "", language: str = "en-us") -> Samples:
    """A second of silence, the words, a second of silence."""
    spoken = resample(Espeak().synthesize(text, language, voice), RATE).samples
    return np.concatenate([silence(1), spoken, silence(1)])


def with_noise(samples: Samples, decibels_below: float) -> Samples:
    loud = samples[np.abs(samples) > 0.01]
    size = float(np.sqrt(np.mean(loud**2))) * 10 ** (-decibels_below / 20)
    return samples + noise(len(samples) / RATE, size)[: len(samples)]
