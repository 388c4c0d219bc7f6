"""Makes prompts of all engines equally loud, and cuts the silence around them."""

import numpy as np

from tts_asr.sound import Samples, Sound

SPEECH_LEVEL = 10 ** (-19 / 20)
"""RMS of the parts with speech, of full scale: -19 dB, loud and clear on a telephone."""
SPEECH = 10 ** (-25 / 20)
"""Frames above this share of the loudest one count as speech when loudness is measured."""
MOST_GAIN = 10 ** (30 / 20)
"""So that the noise of a nearly silent file is not made a roar."""
KNEE = 0.7
CEILING = 0.97
"""Peaks above the knee are bent to stay below the ceiling: nothing clips."""
FRAME = 0.02
"""Seconds over which loudness is measured."""
SILENT = 10 ** (-45 / 20)
"""Frames below this share of the loudest one are cut off at both ends."""
LEAD = 0.03
"""Seconds kept before speech, so that soft consonants are not cut."""
PAUSES = {",": 0.15, "，": 0.15, "、": 0.15, ":": 0.2, "：": 0.2}
SENTENCE_PAUSE = 0.3
"""Seconds kept after speech: what an announcer leaves between two sentences."""


def level(sound: Sound) -> Sound:
    """`sound` at the common loudness, without clipping."""
    loud = _frame_levels(sound)
    speech = loud[loud > loud.max() * SPEECH]
    if not len(speech):
        return sound
    gain = min(SPEECH_LEVEL / float(np.sqrt(np.mean(speech**2))), MOST_GAIN)
    return Sound(_bend_peaks(sound.samples * np.float32(gain)), sound.rate)


def _frame_levels(sound: Sound) -> Samples:
    """The RMS of each frame; the last, shorter one is filled up with silence."""
    size = max(1, int(sound.rate * FRAME))
    padded = np.pad(sound.samples, (0, -len(sound.samples) % size))
    levels: Samples = np.sqrt(np.mean(padded.reshape(-1, size) ** 2, axis=1))
    return levels


def _bend_peaks(samples: Samples) -> Samples:
    size = np.abs(samples)
    room = CEILING - KNEE
    bent = KNEE + room * np.tanh((size - KNEE) / room)
    return np.where(size > KNEE, np.sign(samples) * bent, samples).astype(np.float32)


def trim(sound: Sound, text: str) -> Sound:
    """`sound` with a short lead and the pause that the end of `text` asks for."""
    loud = _frame_levels(sound)
    heard = np.flatnonzero(loud > loud.max() * SILENT)
    if not len(heard):
        return sound
    size = max(1, int(sound.rate * FRAME))
    start = max(0, heard[0] * size - int(LEAD * sound.rate))
    end = min(len(sound.samples), (heard[-1] + 1) * size)
    pause = PAUSES.get(text[-1:], SENTENCE_PAUSE)
    tail = sound.samples[end : end + int(pause * sound.rate)]
    silence = np.zeros(int(pause * sound.rate) - len(tail), dtype=np.float32)
    return Sound(np.concatenate([sound.samples[start:end], tail, silence]), sound.rate)
