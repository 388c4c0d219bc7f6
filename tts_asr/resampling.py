"""Changes the sampling rate of a sound without changing its pitch, speed or timbre.

The spectrum of the whole sound is cut off (or filled up) at the new rate's limit. That is exact
for any ratio, which 22,050 to 8,000 Hz (160 to 441) makes hard for small filters.
"""

from math import gcd

import numpy as np

from tts_asr.sound import Samples, Sound

TAPER = 0.06
"""Share of the pass band that fades out, so that the cut does not ring before and after clicks."""


def resample(sound: Sound, rate: int) -> Sound:
    """`sound` at `rate` samples a second, of the same length in time."""
    if rate == sound.rate:
        return sound
    divisor = gcd(rate, sound.rate)
    up, down = rate // divisor, sound.rate // divisor
    blocks = -(-len(sound.samples) // down) + 1
    spectrum = np.fft.rfft(sound.samples, blocks * down)
    kept = min(len(spectrum), blocks * up // 2 + 1)
    spectrum = spectrum[:kept] * _fade_out(kept)
    samples = np.fft.irfft(spectrum, blocks * up) * (up / down)
    length = round(len(sound.samples) * rate / sound.rate)
    return Sound(samples[:length].astype(np.float32), rate)


def _fade_out(bins: int) -> Samples:
    fade = max(1, int(bins * TAPER))
    curve = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fade))
    return np.concatenate([np.ones(bins - fade), curve]).astype(np.float32)
