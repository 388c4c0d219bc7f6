"""The base of every engine that hears: files, cutting, limits here, one method in the engine."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tts_asr.audio_file import MAX_SECONDS, AudioFile, open_audio
from tts_asr.errors import (
    SoundUnreadable,
    SpeechError,
    TranscriptionFailed,
    TranscriptionLate,
)
from tts_asr.sound import Samples
from tts_asr.sound_facts import SoundFacts, Survey, survey
from tts_asr.transcript import UNCLEAR, Transcript, Word, written
from tts_asr.voice_activity import Stretch

Progress = Callable[[float, float], None]
"""Is told the seconds done and all seconds of the file."""

LEAST_LIMIT = 30.0
LIMIT_PER_SECOND = 10.0
"""Seconds that an engine may take for a piece, at least and for each second of it: a large model
on a busy machine is slower than speech, but not ten times."""
ATTEMPTS = 2
SAME_TIME = 0.001

NOTHING_SPOKEN = "nothing was spoken"
NOT_UNDERSTOOD = "no word could be understood"
LEFT_OUT = f"only the first {MAX_SECONDS // 3600} hours were listened to"


class Transcriber(ABC):
    """Turns recordings into words. For one thread at a time."""

    engine: str
    model: str
    language: str
    rate: int
    """Samples a second that the engine wants."""
    limitation: str = ""
    """In plain words, what it cannot hear; part of every transcript's note."""

    @abstractmethod
    def _hear(self, samples: Samples, limit_seconds: float) -> Sequence[Word]:
        """Words with times from the beginning of `samples`. Raises `TranscriptionFailed`."""

    def transcribe(
        self, path: Path, on_progress: Progress | None = None, begun: Transcript | None = None
    ) -> Transcript:
        """What is said in a recording of any length; `begun` is gone on with.

        A file without sound or speech gives no words and a note that tells why. An exception from
        `on_progress` stops it. Raises `TranscriptionFailed` when no piece at all could be heard,
        `SoundUnreadable` when the file goes away meanwhile.
        """
        surveyed = survey(path)
        heard = self._blank()
        for heard in self._listen(path, surveyed, begun):
            if on_progress:
                on_progress(heard.seconds, surveyed.facts.seconds)
        return heard

    def pieces(self, path: Path, begun: Transcript | None = None) -> Iterator[Transcript]:
        """The transcript as it grows, piece by piece; the last one is whole.

        Each tells in `seconds` how far it has come, and can be given as `begun` another day.
        Raises `TranscriptionFailed` as `transcribe` does.
        """
        return self._listen(path, survey(path), begun)

    def _listen(
        self, path: Path, surveyed: Survey, begun: Transcript | None
    ) -> Iterator[Transcript]:
        heard = begun or self._blank()
        left = [part for part in surveyed.stretches if part.end > heard.seconds + SAME_TIME]
        failures: list[SpeechError] = []
        if left:
            with open_audio(path) as audio:
                for stretch in left:
                    heard = self._heard_or_noted(heard, audio, stretch, failures)
                    yield heard
        if failures and len(failures) == len(surveyed.stretches):
            raise TranscriptionFailed(self.engine, str(failures[0])) from failures[0]
        yield self._ended(heard, surveyed.facts)

    def _heard_or_noted(
        self,
        before: Transcript,
        audio: AudioFile,
        stretch: Stretch,
        failures: list[SpeechError],
    ) -> Transcript:
        try:
            return self._joined(before, stretch, self._hear_stretch(audio, stretch))
        except (TranscriptionFailed, SoundUnreadable) as error:
            failures.append(error)
            told = f"not heard from {stretch.start:.0f} s to {stretch.end:.0f} s ({error})"
            return replace(self._joined(before, stretch, ()), note=_noted(before.note, told))

    def _hear_stretch(self, audio: AudioFile, stretch: Stretch) -> Sequence[Word]:
        samples = audio.part(stretch.start, stretch.end, self.rate)
        samples -= samples.mean()  # lines with an offset of direct current
        limit = max(LEAST_LIMIT, LIMIT_PER_SECOND * (stretch.end - stretch.start))
        for _ in range(ATTEMPTS - 1):
            try:
                return self._hear(samples, limit)
            except TranscriptionLate:  # it would only be late again
                raise
            except TranscriptionFailed:
                continue
        return self._hear(samples, limit)

    def _blank(self) -> Transcript:
        return Transcript((), "", self.language, self.engine, self.model, 0.0, 0.0)

    def _joined(self, before: Transcript, stretch: Stretch, words: Sequence[Word]) -> Transcript:
        placed = tuple(_placed(word, stretch) for word in words)
        return replace(
            before,
            words=before.words + placed,
            text=written(before.words + placed, self.language),
            seconds=stretch.end,
            spoken_seconds=before.spoken_seconds + stretch.spoken,
        )

    def _ended(self, heard: Transcript, facts: SoundFacts) -> Transcript:
        if all(word.text == UNCLEAR for word in heard.words):
            heard = replace(heard, words=(), text="")
        left_out = LEFT_OUT if facts.seconds >= MAX_SECONDS else ""
        note = _noted(self.limitation, _nothing_because(heard, facts), left_out, heard.note)
        return replace(heard, seconds=facts.seconds, note=note)


def _placed(word: Word, stretch: Stretch) -> Word:
    """`word` with its times in the whole file, within its piece."""
    start = min(stretch.start + word.start, stretch.end)
    return replace(word, start=start, end=min(max(start, stretch.start + word.end), stretch.end))


def _nothing_because(heard: Transcript, facts: SoundFacts) -> str:
    if heard.words:
        return ""
    if not facts.readable:
        return f"there is no sound to read: {facts.reason}"
    return NOT_UNDERSTOOD if heard.spoken_seconds else NOTHING_SPOKEN


def _noted(*notes: str) -> str:
    return "; ".join(filter(None, notes))
