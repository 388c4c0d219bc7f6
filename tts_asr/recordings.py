"""The paper's own recordings, `<name>.<language>.wav` or `<name>.wav`, levelled for telephones."""

import re
from collections.abc import Iterator
from pathlib import Path

from tts_asr.errors import RecordingMissing, SoundUnreadable, SpeechError
from tts_asr.housekeeping import entries
from tts_asr.prompt_folder import PromptFolder, Wording, prompt_name
from tts_asr.sound import read_sound

# Letters of any alphabet; no dots and slashes, so that no name leads out of the folder.
_NAME = re.compile(r"[^\W_][\w-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,3}")


class PaperRecordings:
    """The recordings in `folder`; their copies are kept among the `prompts`."""

    def __init__(self, folder: Path, prompts: Path) -> None:
        self.folder = folder
        self._prompts = PromptFolder(prompts)

    def find(self, name: str, language: str) -> Path:
        """The levelled copy of a recording, made if need be.

        Raises `RecordingMissing`, `SoundUnreadable`, `PromptNotKept`.
        """
        for stem in _stems(name, language):
            original = self.folder / f"{stem}.wav"
            if original.is_file():
                return self._copy(original)
        expected = f"expected {name[:64]}.{language[:20]}.wav or {name[:64]}.wav in {self.folder}"
        raise RecordingMissing(name, language, expected)

    def prepare(self) -> list[str]:
        """Make all copies ahead; what is wrong with those that cannot be made."""
        problems = []
        for entry in entries(self.folder):
            if entry.name.endswith(".wav"):
                try:
                    self._copy(Path(entry.path))
                except SpeechError as error:
                    problems.append(str(error))
        return problems

    def _copy(self, original: Path) -> Path:
        try:
            state = original.stat()
        except OSError as error:
            raise SoundUnreadable(original.name, error.strerror or str(error)) from error
        # A recording that is replaced by another gets another name: nobody hears the old one.
        version = f"{original.name}:{state.st_size}:{state.st_mtime_ns}"
        name = prompt_name(Wording(version, "", ""), "recording")
        found = self._prompts.find(name)
        return found or self._prompts.keep(name, read_sound(original, original.name))


def _stems(name: str, language: str) -> Iterator[str]:
    """Where a recording may be, best first. Raises `RecordingMissing` for what is no name."""
    if not _NAME.fullmatch(name) or not _LANGUAGE.fullmatch(language):
        raise RecordingMissing(name, language, "expected a name of letters, digits, - and _")
    yield f"{name}.{language}"
    yield f"{name}.{language.partition('-')[0]}"
    yield name
