"""What may go wrong between a text and its audio, and between a recording and its text.

SpeechError              base: nothing can be played or read
├── TextTooLong          the text is longer than a caller would listen to
├── NoEngineSpoke        every engine for the language failed or rests; `.reasons` says why
├── EngineFailed         one engine did not give audio (the speaker goes on to the next one)
│   ├── EngineLate       … within its time
│   └── TextRefused      … for a fault of the text: the engine itself is well
├── SoundUnreadable      a file or an engine's output is no sound that can be used
├── SoundRefused         a file that somebody brought cannot be used
├── PromptNotKept        the cache cannot be written: disk full, folder read-only
├── RecordingMissing     the paper has no recording of that name
├── SoundNotKept         a recording cannot be mended or made small: disk full, file read-only
├── TranscriptionFailed  a transcriber heard nothing for a fault of its own
│   └── TranscriptionLate  … within its time
└── ModelUnfit           a speech model cannot be used or installed
"""

from collections.abc import Mapping
from pathlib import Path


class SpeechError(Exception):
    """The message is for the log or the operator, not for callers."""


class TextTooLong(SpeechError):
    """Refused before any engine sees it."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"a text of {length} characters, expected at most {limit}: split the step")


class EngineFailed(SpeechError):
    """`engine` did not turn a text into audio."""

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class EngineLate(EngineFailed):
    """`engine` had no audio after `limit` seconds."""

    def __init__(self, engine: str, limit: float) -> None:
        super().__init__(engine, f"no audio within {limit:g} s")


class TextRefused(EngineFailed):
    """`engine` has no sound for this text; another text may do."""


class NoEngineSpoke(SpeechError):
    """No engine could say the text."""

    def __init__(self, language: str, reasons: Mapping[str, str]) -> None:
        told = "; ".join(f"{engine}: {reason}" for engine, reason in reasons.items())
        super().__init__(f'no engine spoke language "{language[:20]}" ({told or "none is set"})')
        self.reasons = dict(reasons)


class SoundUnreadable(SpeechError):
    """A sound cannot be used."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what}: {reason}, expected a sound file such as WAV, FLAC or MP3")


class SoundRefused(SpeechError):
    """A file that somebody brought cannot be used; the message says why."""


class PromptNotKept(SpeechError):
    """A prompt was made but could not be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"cannot write into {folder}: {reason}; free some space or mend its permissions"
        )


class RecordingMissing(SpeechError):
    """There is no such recording, or its name cannot be one."""

    def __init__(self, name: str, language: str, expected: str) -> None:
        super().__init__(f"recording {name[:60]!r} ({language[:20]!r}): {expected}")


class SoundNotKept(SpeechError):
    """A recording could not be written in another form; the first one is as it was."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}; free some space or mend its permissions")


class TranscriptionFailed(SpeechError):
    """`engine` did not turn speech into words."""

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class TranscriptionLate(TranscriptionFailed):
    """`engine` had no words after `limit` seconds."""

    def __init__(self, engine: str, limit: float) -> None:
        super().__init__(engine, f"no words within {limit:g} s")


class ModelUnfit(SpeechError):
    """A folder or ZIP file is no speech model that can be used; `reason` ends with a hint."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"speech model {model[:100]}: {reason}")
        self.reason = reason
