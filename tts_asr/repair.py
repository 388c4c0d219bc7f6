"""Mends the header of a WAV file whose writer was killed."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from tts_asr.errors import SoundNotKept
from tts_asr.wav import UNFINISHED
from tts_asr.wav_header import WavHeader, read_header


def repair(path: Path) -> bool:
    """Rewrites a WAV whose header tells a wrong size; whether there was anything to mend.

    Readers see the old file or the mended one. Only for files that nobody writes any more: a
    writer would go on writing into the old one. Raises `SoundNotKept`.
    """
    try:
        with path.open("rb") as broken:
            header = read_header(broken)
            if header is None or header.is_right:
                return False
            _replace(path, broken, header)
    except OSError as error:
        raise SoundNotKept(path, error.strerror or str(error)) from error
    return True


def _replace(path: Path, broken: BinaryIO, header: WavHeader) -> None:
    handle, name = tempfile.mkstemp(UNFINISHED, ".", path.parent)
    try:
        with open(handle, "w+b") as mended:
            broken.seek(0)
            shutil.copyfileobj(broken, mended, 1 << 20)
            mended.truncate(header.data_at + header.real_bytes)
            for at, patch in header.patches.items():
                mended.seek(at)
                mended.write(patch)
            mended.flush()
            # mkstemp makes it private, but the switch may run as another user.
            os.fchmod(handle, os.fstat(broken.fileno()).st_mode & 0o777)
            os.fsync(handle)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
