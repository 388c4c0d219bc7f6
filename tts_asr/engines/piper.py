"""Piper: neural voices on this machine. Optional: neither the package nor a voice comes with us.

A voice is an `.onnx` file with its `.onnx.json` beside it, in the models folder; its language is
the beginning of its name, as its makers have it: `en_GB-alba-medium.onnx`.
"""

import importlib.util
import threading
import time
from pathlib import Path
from typing import Any

from tts_asr.errors import EngineFailed, EngineLate
from tts_asr.sound import Sound, from_pcm
from tts_asr.synthesizer import Synthesizer


class Piper(Synthesizer):
    """`voice` is the speaker in the file's name: `alba`."""

    name = "piper"

    def __init__(self, models: Path) -> None:
        self.models = models
        self._lock = threading.Lock()
        self._loaded: dict[Path, Any] = {}

    def available(self) -> str | None:
        if importlib.util.find_spec("piper") is None:
            return "the Python package piper-tts is not installed"
        if not self._voices():
            return f"no voice (*.onnx with *.onnx.json) is in {self.models}"
        return None

    def speaks(self, language: str) -> bool:
        return self._file(language, "") is not None

    def _speak(self, text: str, language: str, voice: str) -> Sound:
        # Loading counts: a voice may be late once, and is loaded for the next sentence.
        deadline = time.monotonic() + self.limit_seconds
        with self._lock:
            loaded = self._voice(language, voice)
            try:
                return self._gather(loaded, text, deadline)
            except (RuntimeError, ValueError, OSError) as error:  # what onnxruntime raises
                raise EngineFailed(self.name, str(error)) from error

    def _gather(self, loaded: Any, text: str, deadline: float) -> Sound:
        pcm, rate = bytearray(), 0
        # Piper takes what stands in double brackets for phonemes.
        for chunk in loaded.synthesize(text.replace("[[", "[ [")):
            pcm += chunk.audio_int16_bytes
            rate = chunk.sample_rate
            if time.monotonic() > deadline:
                raise EngineLate(self.name, self.limit_seconds)
        if not rate:
            raise EngineFailed(self.name, "gave no audio")
        return from_pcm(bytes(pcm), rate)

    def _voice(self, language: str, voice: str) -> Any:
        file = self._file(language, voice)
        if file is None:
            raise EngineFailed(self.name, f"no voice for language {language[:20]!r}")
        if file not in self._loaded:
            self._loaded[file] = self._load(file)
        return self._loaded[file]

    def _load(self, file: Path) -> Any:
        from piper import PiperVoice  # large: only where a voice is installed

        try:
            return PiperVoice.load(file)
        except (RuntimeError, ValueError, KeyError, OSError, ImportError) as error:
            raise EngineFailed(self.name, f"voice {file.name} cannot be loaded: {error}") from error

    def _voices(self) -> list[Path]:
        found = sorted(self.models.glob("*.onnx"))
        return [file for file in found if file.with_name(f"{file.name}.json").is_file()]

    def _file(self, language: str, voice: str) -> Path | None:
        """The voice wished for, or the first one of the language, or none."""
        tag = language.lower().replace("-", "_")
        own = [file for file in self._voices() if _locale(file).startswith(f"{tag}_")]
        own += [file for file in self._voices() if _locale(file).split("_")[0] == tag.split("_")[0]]
        wished = [file for file in own if voice and voice in file.name.split("-")[1:2]]
        return next(iter([*wished, *own]), None)


def _locale(file: Path) -> str:
    """`en_gb_` of `en_GB-alba-medium.onnx`."""
    return file.name.partition("-")[0].lower() + "_"
