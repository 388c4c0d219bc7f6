"""Google Translate's voices through gTTS: natural, online, without any promise.

gTTS may block for ever and leaves a 0-byte file when it fails, so it runs in a process of its
own (`gtts_child.py`) that is killed when it is late. What is said goes to Google, names of
subscribers too, and gTTS 2.5 does not check Google's certificate.
"""

import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from tts_asr.engines.child import ChildFailed, ask_child
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
        try:
            output = ask_child(CHILD, json.dumps(request).encode(), self.limit_seconds)
        except TimeoutError as error:
            raise EngineLate(self.name, self.limit_seconds) from error
        except ChildFailed as error:
            failure = TextRefused if error.status == REFUSED else EngineFailed
            raise failure(self.name, str(error)) from error
        return self._decode(output)

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
