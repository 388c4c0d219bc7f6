"""The paper's own recordings as somebody keeps them: put there, replaced, brought back, taken away.

What is replaced stays in `previous/`, until the next one is.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import soundfile

from tts_asr.errors import RecordingMissing, SoundNotKept, SoundRefused
from tts_asr.housekeeping import entries
from tts_asr.sound_file import take_in
from tts_asr.wav import wav_bytes, write_whole

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
LANGUAGES = ("", "en", "zh", "yue")
"""Of a recording; the first: whatever is spoken."""
SECONDS = (0.3, 600.0)
"""Shorter is a slip of the finger; longer ones are no prompts."""
PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One recording."""

    name: str
    language: str
    path: Path
    seconds: float
    changed_at: datetime
    has_previous: bool


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Sequence[OnShelf]:
        """By name; what is no sound is left out."""
        paths = [Path(entry.path) for entry in entries(self.folder) if entry.name.endswith(".wav")]
        found = [self._on_shelf(path) for path in sorted(paths)]
        return [recording for recording in found if recording]

    def path(self, name: str, language: str) -> Path:
        """Raises `SoundRefused` for what is no name."""
        if not NAME.fullmatch(name):
            raise SoundRefused("a name has letters, digits, - and _, the first one a letter")
        if language not in LANGUAGES:
            raise SoundRefused("expected one of the languages of the box")
        return self.folder / (f"{name}.{language}.wav" if language else f"{name}.wav")

    def keep(self, name: str, language: str, sound: Path) -> None:
        """Put a sound file of any format there; the one before stays as the previous one.

        Raises `SoundRefused`, `PromptNotKept`, `SoundNotKept`.
        """
        path = self.path(name, language)
        content = wav_bytes(take_in(sound, *SECONDS))
        self._set_aside(path)
        write_whole(path, content)

    def bring_back(self, name: str, language: str) -> None:
        """Exchange a recording and its previous one. Raises `RecordingMissing`, `SoundRefused`."""
        path = self.path(name, language)
        previous = self._previous(path)
        if not previous.is_file():
            raise RecordingMissing(name, language, "there is no previous one")
        beside = previous.with_suffix(".exchanged")
        try:
            os.replace(previous, beside)
            self._set_aside(path)
            os.replace(beside, path)
        except OSError as error:
            raise SoundNotKept(path, error.strerror or str(error)) from error

    def remove(self, name: str, language: str) -> None:
        """It stays as the previous one. Raises `RecordingMissing`, `SoundRefused`."""
        path = self.path(name, language)
        if not path.is_file():
            raise RecordingMissing(name, language, "it is gone already")
        self._set_aside(path)
        path.unlink(missing_ok=True)

    def _set_aside(self, path: Path) -> None:
        """Copied, so that callers find the one that is still there."""
        if not path.is_file():
            return
        try:
            write_whole(self._previous(path), path.read_bytes())
        except OSError as error:
            raise SoundNotKept(path, error.strerror or str(error)) from error

    def _previous(self, path: Path) -> Path:
        return path.parent / PREVIOUS / path.name

    def _on_shelf(self, path: Path) -> OnShelf | None:
        name, _, language = path.stem.partition(".")
        try:
            seconds, changed = soundfile.info(str(path)).duration, path.stat().st_mtime
        except (soundfile.SoundFileError, OSError, TypeError):
            return None
        changed_at = datetime.fromtimestamp(changed, UTC)
        kept = self._previous(path).is_file()
        return OnShelf(name, language, path, seconds, changed_at, kept)
