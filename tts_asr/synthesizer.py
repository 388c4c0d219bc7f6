"""The base of every speech engine: limits, checks and errors here, one method in the engine."""

from abc import ABC, abstractmethod

import numpy as np

from tts_asr.errors import EngineFailed, EngineLate, SoundUnreadable, TextRefused
from tts_asr.sound import Sound, checked
from tts_asr.wording import can_be_said

LIMIT_SECONDS = 2.0
"""A caller waits on the line meanwhile; then the next engine speaks."""
MAX_CHARACTERS = 400
"""Of one piece. Texts are cut into sentences before."""
SECONDS_PER_CHARACTER = 3.0
"""Far slower than any voice reads: longer audio is a fault."""


class Synthesizer(ABC):
    """Turns a sentence into sound. Safe to call from several threads."""

    name: str
    """One word; it is part of the names of cached files, so it never changes."""
    limit_seconds: float = LIMIT_SECONDS
    attempts: int = 1
    """How often a sentence is tried at once; never again after the caller waited to the limit."""

    @abstractmethod
    def available(self) -> str | None:
        """Why the engine cannot work here, for the operator; `None` when it can."""

    @abstractmethod
    def speaks(self, language: str) -> bool:
        """Whether the engine has a voice for `language`; asked only when it is available."""

    @abstractmethod
    def _speak(self, text: str, language: str, voice: str) -> Sound:
        """The sound of `text`, within `limit_seconds`. Raises `EngineFailed`."""

    def synthesize(self, text: str, language: str, voice: str = "") -> Sound:
        """The sound of one sentence. Raises `EngineFailed`.

        `voice` is a wish: an engine without it speaks with its own for the language.
        """
        if not can_be_said(text):
            raise TextRefused(self.name, "there is nothing to say in the text")
        if len(text) > MAX_CHARACTERS:
            raise TextRefused(self.name, f"a sentence of more than {MAX_CHARACTERS} characters")
        for _ in range(self.attempts - 1):
            try:
                return self._checked(self._speak(text, language, voice), text)
            except (EngineLate, TextRefused):
                raise
            except EngineFailed:
                continue
        return self._checked(self._speak(text, language, voice), text)

    def _checked(self, sound: Sound, text: str) -> Sound:
        try:
            checked(sound, self.name)
        except SoundUnreadable as error:
            raise EngineFailed(self.name, str(error)) from error
        if not np.any(sound.samples):
            raise TextRefused(self.name, "gave silence only")
        if sound.seconds > 2 + SECONDS_PER_CHARACTER * len(text):
            raise EngineFailed(self.name, f"gave {sound.seconds:.0f} s of audio for one sentence")
        return sound
