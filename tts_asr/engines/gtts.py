"""Google Translate's voices through gTTS: natural, online, without any promise.

gTTS may block for ever and leaves a 0-byte file when it fails, so it runs in a process of its
own (`gtts_child.py`) that is killed when it is late. What is said goes to Google, names of
subscribers too, and gTTS 2.5 does not check Google's certificate.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from tts_asr.errors import EngineFailed, EngineLate, SoundUnreadable, TextRefused
from tts_asr.resampling import resample
from tts_asr.sound import Sound, read_sound
from tts_asr.synthesizer import Synthesizer

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"zh": "zh-CN", "zh-cn": "zh-CN", "zh-tw": "zh-TW", "zh-hk": "yue", "zh-mo": "yue"}
)
"""Languages that have another name at gTTS."""
CHILD = Path(__file__).with_name("gtts_child.py")
REFUSED = 2
"""The child's exit status when the fault is the text's."""
MAX_REASON = 300
"""Characters of the child's own words that reach the log."""


class Gtts(Synthesizer):
    """`voice` is a Google domain that gives an accent: `co.uk`, `com.au`, `co.in`."""

    name = "gtts"

    def available(self) -> str | None:
        if importlib.util.find_spec("gtts") is None:
            return "the Python package gTTS is not installed"
        return None

    def speaks(self, language: str) -> bool:
        from gtts.lang import tts_langs  # loads requests: only where gTTS is used at all

        return _gtts_language(language) in tts_langs()

    def _speak(self, text: str, language: str, voice: str) -> Sound:
        request = {"text": text, "language": _gtts_language(language), "voice": voice}
        # -P: else the child's own folder is searched first, and this file shadows the real gtts.
        command = [sys.executable, "-P", str(CHILD)]
        try:
            child = subprocess.run(
                command,
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=self.limit_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise EngineLate(self.name, self.limit_seconds) from error
        except OSError as error:
            raise EngineFailed(self.name, f"its process cannot be started: {error}") from error
        if child.returncode == REFUSED:
            raise TextRefused(self.name, _last_words(child.stderr))
        if child.returncode:
            raise EngineFailed(self.name, _last_words(child.stderr))
        return self._decode(child.stdout)

    def _decode(self, output: bytes) -> Sound:
        if not output:
            raise EngineFailed(self.name, "gave an empty file")
        try:
            sounds = [read_sound(mp3, "the MP3 from gTTS") for mp3 in _parts(output)]
        except SoundUnreadable as error:
            raise EngineFailed(self.name, str(error)) from error
        rate = sounds[0].rate
        return Sound(np.concatenate([resample(sound, rate).samples for sound in sounds]), rate)


def _parts(output: bytes) -> Iterator[bytes]:
    """Each after its length in four bytes."""
    while output:
        end = 4 + int.from_bytes(output[:4], "big")
        yield output[4:end]
        output = output[end:]


def _gtts_language(language: str) -> str:
    tag = language.lower().replace("_", "-")
    return LANGUAGES.get(tag, tag.partition("-")[0])


def _last_words(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:MAX_REASON] if lines else "its process died without a word"
