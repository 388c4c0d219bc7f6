"""What a caller can be played: files, tones, silence, and strings of them."""

import asyncio
import re
from collections.abc import Callable

import numpy as np

from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.frame import FRAME, RATE, SILENCE, Samples, Source, whole_frames
from softswitch.media.tones import parse_tones
from softswitch.media.wav import MAX_SECONDS, SoundCache

MAX_PARTS = 128
"""mod_dptools.c, file_string: 128 names at most."""
_PARAMETERS = re.compile(r"\A\{[^}]*\}")
_STREAM = re.compile(r"\A([a-z_]+)://(.*)\Z", re.DOTALL)


class PcmSource:
    """Samples held in memory, played `loops` times (-1: for ever)."""

    def __init__(self, samples: Samples, loops: int = 1) -> None:
        self._samples = whole_frames(samples)
        self._length = len(samples)
        self._loops = loops if len(samples) else 0
        self._at = 0
        self.start = 0
        """Samples left out at the beginning."""
        self.heard = 0
        """Samples given so far."""

    def skip(self, samples: int) -> None:
        """Leave out so many at the beginning; for one that has not been pulled from yet."""
        self.start = min(samples, self._length)
        self._samples = whole_frames(self._samples[self.start : self._length])

    def repeat(self) -> None:
        """For ever from now on."""
        self._loops = -1 if self._length else 0

    @property
    def length(self) -> int:
        """Samples of one round."""
        return self._length

    def pull(self) -> Samples | None:
        if self._at >= len(self._samples):
            self._at = 0
            self._loops -= self._loops > 0
        if self._loops == 0:
            return None
        frame = self._samples[self._at : self._at + FRAME]
        self._at += FRAME
        self.heard += FRAME
        return frame


class SilenceSource:
    """Silence of a length in samples (-1: for ever)."""

    def __init__(self, samples: int) -> None:
        self.length = max(samples, 0)
        self._left = samples
        self.start = 0
        self.heard = 0

    def skip(self, samples: int) -> None:
        """Silence is the same anywhere."""

    def repeat(self) -> None:
        self._left = -1

    def pull(self) -> Samples | None:
        if self._left == 0:
            return None
        if self._left > 0:
            self._left = max(0, self._left - FRAME)
        self.heard += FRAME
        return SILENCE


Sound = PcmSource | SilenceSource


class Ending:
    """A source that says once that it has ended, mostly on the media thread."""

    def __init__(self, source: Source, on_end: Callable[[], None]) -> None:
        self._source: Source | None = source
        self._on_end = on_end

    def pull(self) -> Samples | None:
        frame = self._source.pull() if self._source is not None else None
        if frame is None and self._source is not None:
            self._source = None
            self._on_end()
        return frame

    def stop(self) -> bool:
        """End now; False when it had ended before."""
        source, self._source = self._source, None
        if source is None:
            return False
        self._on_end()
        return True


class Sounds:
    """Opens sounds by the names that FreeSWITCH gives them."""

    def __init__(self, cache: SoundCache | None = None) -> None:
        self._cache = cache or SoundCache()

    async def open(self, name: str) -> Sound:
        """Loads off the loop. Raises `SoundMissing`, `SoundUnusable`."""
        return await asyncio.get_running_loop().run_in_executor(None, self.open_now, name)

    def open_now(self, name: str) -> Sound:
        """As `open`, but blocks on the disk."""
        name = _PARAMETERS.sub("", name)
        match = _STREAM.match(name)
        if not match:
            return PcmSource(self._cache.load(name))
        scheme, rest = match.groups()
        if scheme == "silence_stream":
            return _silence(rest)
        if scheme == "tone_stream":
            tone = parse_tones(rest)
            return PcmSource(tone.samples, tone.loops)
        if scheme == "file_string":
            return PcmSource(self._joined(rest))
        if scheme == "local_stream":
            return PcmSource(_hold_music(), loops=-1)
        raise SoundMissing(f"there is no kind of sound {scheme!r}")

    def _joined(self, names: str) -> Samples:
        found: list[Samples] = []
        left = MAX_SECONDS * RATE
        for name in filter(None, names.split("!")[:MAX_PARTS]):
            part = self._part(name)
            if part is not None and left > 0:
                found.append(part[:left])
                left -= len(part)
        if not found:
            raise SoundMissing(f"no file of {names[:200]!r} is there")
        return np.concatenate(found)

    def _part(self, name: str) -> Samples | None:
        """One file of a string; FreeSWITCH leaves out those that are missing."""
        if name.startswith(("tone_stream://", "silence_stream://")):
            return _drained(self.open_now(name))
        try:
            return self._cache.load(_PARAMETERS.sub("", name))
        except (SoundMissing, SoundUnusable):
            return None


def _drained(sound: Sound) -> Samples:
    """A short sound as samples; an endless one is cut after a minute."""
    frames: list[Samples] = []
    while len(frames) * FRAME < 60 * RATE and (frame := sound.pull()) is not None:
        frames.append(frame)
    return np.concatenate(frames) if frames else np.zeros(0, np.int16)


def _silence(text: str) -> SilenceSource:
    number = text.split(",", 1)[0]
    try:
        length = int(number or 0)
    except ValueError as error:
        raise SoundUnusable(f"silence_stream needs milliseconds, not {number!r}") from error
    return SilenceSource(-1 if length < 0 else min(length, 86_400_000) * RATE // 1000)


def _hold_music() -> Samples:
    """Six quiet seconds to wait by: four soft notes and a rest."""
    notes = "v=-22;%(900,100,523,659);%(900,100,587,698);%(900,100,659,784);%(900,2100,523,659)"
    return parse_tones(notes).samples
