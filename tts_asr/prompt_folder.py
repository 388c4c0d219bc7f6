"""The folder of rendered prompts, and what of it is known in memory.

A prompt is named by the hash of what it says, in which language, voice and engine, and its rate:
`<hash>.wav` (8 kHz), `<hash>-16k.wav` beside it where the engine gives more, and `<hash>.again`
where a lesser engine stands in for a better one that failed.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tts_asr.housekeeping import KNOWN_SECONDS, entries, modified, touch
from tts_asr.levels import level
from tts_asr.resampling import resample
from tts_asr.sound import Sound
from tts_asr.wav import is_whole, wav_bytes, write_whole

RATE = 8_000
"""Samples a second on the telephone (G.711)."""
WIDE_RATE = 16_000


@dataclass(frozen=True, slots=True)
class Wording:
    """What a prompt says and how it was asked for."""

    text: str
    language: str
    voice: str


@dataclass(slots=True)
class PromptFolder:
    """Prompts by name. Reading and writing block; `known` does not."""

    folder: Path
    _known: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.wav"

    def known(self, name: str) -> bool:
        """Whether the prompt is there, from memory alone."""
        if name not in self._known:
            return False
        self._used.add(name)
        return True

    def learn(self, names: Iterable[str]) -> None:
        """Take over what another process rendered."""
        self._known.update(names)

    def find(self, name: str) -> Path | None:
        """The prompt's file if it is there and whole; marks it as used."""
        path = self.path(name)
        if not is_whole(path):
            self._known.discard(name)
            return None
        self._known.add(name)
        touch(path)
        return path

    def keep(self, name: str, sound: Sound) -> Path:
        """Write `sound`, made loud enough, for the telephone and, if it is better, wide."""
        path = self.path(name)
        if sound.rate >= WIDE_RATE:
            write_whole(self.folder / f"{name}-16k.wav", _telephone(sound, WIDE_RATE))
        write_whole(path, _telephone(sound, RATE))
        self._known.add(name)
        return path

    def refresh(self) -> None:
        """Index the folder, and mark what was played since the last time as used."""
        for name in list(self._used):
            touch(self.path(name))
        self._used.clear()
        oldest = time.time() - KNOWN_SECONDS
        self._known = {
            Path(entry.name).stem
            for entry in entries(self.folder)
            if entry.name.endswith(".wav")
            and not entry.name.endswith("-16k.wav")
            and modified(entry) > oldest
            and is_whole(Path(entry.path))
        }

    def note_stand_in(self, name: str, wording: Wording) -> None:
        note = self.folder / f"{name}.again"
        if not note.exists():
            write_whole(note, json.dumps([wording.text, wording.language, wording.voice]).encode())

    def stand_ins(self) -> Iterator[tuple[Path, Wording]]:
        """The notes of prompts that a better engine should say again, oldest first.

        Broken notes are deleted.
        """
        for entry in sorted(entries(self.folder), key=modified):
            note = Path(entry.path)
            if note.suffix != ".again":
                continue
            try:
                text, language, voice = map(str, json.loads(note.read_bytes()))
            except (OSError, ValueError, TypeError):
                note.unlink(missing_ok=True)
                continue
            yield note, Wording(text, language, voice)


def prompt_name(wording: Wording, engine: str) -> str:
    """The same for the same sound, in every process and on every machine."""
    what = [wording.text, wording.language, wording.voice, engine, RATE]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:32]


def _telephone(sound: Sound, rate: int) -> bytes:
    return wav_bytes(level(resample(sound, rate)))
