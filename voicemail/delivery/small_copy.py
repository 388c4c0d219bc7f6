"""A recording made small once, for all who are told of it and for each attempt."""

import fcntl
from pathlib import Path

from tts_asr.encode import SmallKind, small_audio
from tts_asr.errors import SoundNotKept


def small_copy(path: Path, into: Path, kind: SmallKind) -> bytes:
    """The recording at `path` as a small file, which is kept at `into` for the next to ask.

    Raises `SoundUnreadable`, `SoundNotKept`.
    """
    try:
        into.parent.mkdir(exist_ok=True)
        with path.open("rb") as original:
            # Several workers may want it at this moment: one encodes, the others wait for that.
            fcntl.flock(original, fcntl.LOCK_EX)
            if not into.is_file():
                small_audio(path, into, kind)
            return into.read_bytes()
    except OSError as error:
        raise SoundNotKept(into, error.strerror or str(error)) from error
