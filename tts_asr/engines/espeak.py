"""espeak-ng: small, plain, works without the internet, never far away. The last in every chain."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import espeakng_loader

from tts_asr.engines.espeak_library import LOCK, Library, LibraryFailed, library
from tts_asr.errors import EngineFailed, EngineLate
from tts_asr.sound import Sound, from_pcm
from tts_asr.synthesizer import Synthesizer

VOICES: Mapping[str, str] = MappingProxyType(
    {
        "en": "en",
        "en-us": "en-us",
        "zh": "cmn",
        "zh-cn": "cmn",
        "zh-tw": "cmn",
        "zh-hk": "yue",
        "zh-mo": "yue",
        "yue": "yue",
    }
)
"""Languages whose voice in espeak has another name; all others are called by their own."""
_NAME = re.compile(r"[A-Za-z0-9-]{1,30}")


class Espeak(Synthesizer):
    """`voice` is one of espeak's variants, such as `f3` or `Annie`."""

    name = "espeak"

    def available(self) -> str | None:
        try:
            with LOCK:
                library()
        except LibraryFailed as error:
            return f"libespeak-ng cannot be used: {error}"
        return None

    def speaks(self, language: str) -> bool:
        with LOCK:
            return self._choose(library(), language, "")

    def _speak(self, text: str, language: str, voice: str) -> Sound:
        try:
            with LOCK:
                loaded = library()
                if not self._choose(loaded, language, voice):
                    raise EngineFailed(self.name, f"no voice for language {language[:20]!r}")
                return from_pcm(loaded.speak(text, self.limit_seconds), loaded.rate)
        except TimeoutError as error:
            raise EngineLate(self.name, self.limit_seconds) from error
        except LibraryFailed as error:
            raise EngineFailed(self.name, str(error)) from error

    def _choose(self, loaded: Library, language: str, voice: str) -> bool:
        variant = f"+{voice}" if voice and self._has_variant(voice) else ""
        tag = language.lower().replace("_", "-")
        return any(
            loaded.choose_voice(VOICES.get(name, name) + variant)
            for name in (tag, tag.partition("-")[0])
            if _NAME.fullmatch(name)
        )

    def _has_variant(self, voice: str) -> bool:
        # The library opens the file of that name: what is no plain name never gets there.
        folder = Path(espeakng_loader.get_data_path(), "voices", "!v")
        return bool(_NAME.fullmatch(voice)) and (folder / voice).is_file()
