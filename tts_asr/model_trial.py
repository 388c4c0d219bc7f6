"""Loads a model in a process of its own once, before any worker does: Vosk may end the process.

That a model was good is kept beside its folder, with the sizes and times of its files.
"""

import contextlib
import hashlib
from functools import lru_cache
from pathlib import Path

from tts_asr.engines.child import ChildFailed, ask_child
from tts_asr.errors import ModelUnfit, PromptNotKept
from tts_asr.model_check import COPY_AGAIN, unreadable
from tts_asr.wav import write_whole

CHILD = Path(__file__).with_name("engines") / "vosk_child.py"
LIMIT_SECONDS = 300.0
"""The largest models, of 4 GB, are read from a slow disk in about two minutes."""


def try_once(folder: Path, rate: int) -> None:
    """Raises `ModelUnfit` when the model cannot be loaded. Remembers those that can."""
    try:
        print_of_files = _fingerprint(folder)
    except OSError as error:
        raise unreadable(folder, error) from error
    note = note_of(folder)
    if _read(note) == print_of_files:
        return
    _try(folder, rate, print_of_files)
    with contextlib.suppress(PromptNotKept):  # then it is tried again by the next process
        write_whole(note, print_of_files.encode())


def note_of(folder: Path) -> Path:
    """Where it is kept that the model in `folder` was good."""
    return folder.with_name(f".{folder.name}.tried")


@lru_cache(16)
def _try(folder: Path, rate: int, _print_of_files: str) -> None:
    try:
        ask_child(CHILD, b"", LIMIT_SECONDS, (str(folder), str(rate)))
    except TimeoutError as error:
        raise ModelUnfit(folder.name, f"is not loaded within {LIMIT_SECONDS:g} s") from error
    except ChildFailed as error:
        reason = f"Vosk cannot load it ({error}): damaged or half-copied; {COPY_AGAIN}"
        raise ModelUnfit(folder.name, reason) from error


def _fingerprint(folder: Path) -> str:
    told = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        about = file.stat()
        told.update(f"{file.relative_to(folder)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _read(note: Path) -> str:
    try:
        return note.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
