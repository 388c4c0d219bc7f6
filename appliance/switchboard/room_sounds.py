"""What conference rooms hear: words as files, chimes, and names that callers have said."""

import time
from collections.abc import Collection, Sequence
from pathlib import Path

import structlog

from ivr_flows.ports import Speech, SpeechFailed
from ivr_flows.sentences import Words
from lines.rooms.chair import Voice

from ..home import Home
from . import chimes

log = structlog.get_logger()

NAME_SECONDS = 2.0
"""About how long a name takes."""
WORDS_SECONDS = 1.5
"""The same of a sentence of a room."""
NAME_KEPT = 600.0
"""Seconds: it is still heard when its caller has left."""
Sounds = Sequence[tuple[Path, float]]
"""Files with their lengths in seconds."""


class RoomSounds:
    def __init__(self, speech: Speech, home: Home) -> None:
        self._speech = speech
        self._folder = home.conferences.absolute()

    def prepare(self) -> None:
        """Blocks."""
        chimes.make_chimes(self._folder)

    def files(self, language: str, *pieces: Words | str) -> Sounds:
        return [sound for piece in pieces for sound in self._said(language, piece)]

    def chime(self, *, came: bool) -> Sounds:
        path = chimes.came(self._folder) if came else chimes.left(self._folder)
        return [(path, 2 * chimes.NOTE)]

    def named(self, name: Path, language: str, said: Words) -> Sounds:
        return [(name, NAME_SECONDS), *self.files(language, said)]

    def name_path(self, call_id: str) -> Path:
        return self._folder / "names" / f"{call_id}.wav"

    def forget_names(self, living: Collection[str]) -> None:
        """Remove those of calls that are in no room (any more). Blocks."""
        for path in (self._folder / "names").glob("*.wav"):
            is_old = time.time() - path.stat().st_mtime > NAME_KEPT
            if path.stem not in living and is_old:
                path.unlink(missing_ok=True)

    def _said(self, language: str, piece: Words | str) -> Sounds:
        text = piece if isinstance(piece, str) else piece.get(language, piece["en"])
        try:
            prompts = self._speech.say(text, language)
        except SpeechFailed as error:
            log.warning("a room was not told", text=text, reason=str(error))
            return []
        return [(prompt.path, prompt.seconds or WORDS_SECONDS) for prompt in prompts]


def _is_a_voice(sounds: RoomSounds) -> Voice:
    """Held to the port by the type checker."""
    return sounds
