"""Keeps the folder of prompts from growing without bound: callers' keys make ever new sentences.

What is played from memory must not be deleted by another process meanwhile. So a file counts as
known for a day after its last use, and only what was unused for two days is ever deleted.
"""

import contextlib
import os
import time
from collections import defaultdict
from pathlib import Path

from tts_asr.wav import UNFINISHED

KNOWN_SECONDS = 86_400.0
KEPT_SECONDS = 2 * KNOWN_SECONDS


def tidy(folder: Path, most_bytes: int) -> int:
    """Delete the prompts unused for longest until `most_bytes` are kept; says how many files."""
    prompts = _by_prompt(folder)
    size = sum(_size(entry) for files in prompts.values() for entry in files)
    unused_since = time.time() - KEPT_SECONDS
    deleted = 0
    for name, files in sorted(prompts.items(), key=lambda prompt: _last_use(prompt[1])):
        is_left_over = name.endswith(UNFINISHED)
        if _last_use(files) > unused_since or (size <= most_bytes and not is_left_over):
            continue
        size -= sum(map(_size, files))
        deleted += sum(_delete(entry) for entry in files)
    return deleted


def _by_prompt(folder: Path) -> dict[str, list[os.DirEntry[str]]]:
    """The telephone's file, the wide one and the note of each prompt together."""
    prompts: dict[str, list[os.DirEntry[str]]] = defaultdict(list)
    for entry in entries(folder):
        name = entry.name.removesuffix(".wav").removesuffix(".again").removesuffix("-16k")
        prompts[name].append(entry)
    return prompts


def _last_use(files: list[os.DirEntry[str]]) -> float:
    return max(map(modified, files))


def _delete(entry: os.DirEntry[str]) -> bool:
    try:
        os.unlink(entry.path)
    except OSError:
        return False
    return True


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """The files in `folder`; none where it is not made yet: the first prompt makes it."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.is_file()]
    except OSError:
        return []


def touch(path: Path) -> None:
    """Mark `path` as used now."""
    with contextlib.suppress(OSError):  # a read-only folder plays as well
        # The kernel's own "now" lags by some milliseconds, so that two uses could look the same.
        os.utime(path, ns=(time.time_ns(), time.time_ns()))


def modified(entry: os.DirEntry[str]) -> float:
    """When the file was last used; long ago if it was deleted meanwhile."""
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0
