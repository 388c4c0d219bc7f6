"""Brings a recording to the place that its message's row tells of.

The place is taken by a hard link, which the system gives once only: when a live call and a look
for lost messages meet, the second one finds the file there and takes it as it is. The recording
keeps its first name too, until the row is stored: no moment of a crash leaves it without a name.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from store.folders import make_folder, sync_file, sync_folder
from store.jobs import MessageBegun, MessageKept, MessageNoted
from store.recordings import checksum
from tts_asr.errors import SpeechError
from tts_asr.repair import repair
from tts_asr.sound_facts import facts
from tts_asr.wav import UNFINISHED
from voicemail.errors import MessageNotKept
from voicemail.places import dated_path


def place(
    folder: Path, begun: MessageBegun, source: Path, ended_by: str, noted: MessageNoted | None
) -> MessageKept:
    """The job that makes the recording `source` the message. Raises `MessageNotKept`."""
    target = folder / dated_path(begun.id, begun.started_at)
    try:
        # Asked again when the recording is gone: somebody else may have brought it meanwhile.
        with suppress(FileNotFoundError):
            if not target.exists():
                _bring(source, target)
        return kept(folder, begun, ended_by, noted)
    except OSError as error:
        raise MessageNotKept(begun.id, [source, target], str(error)) from error


def kept(
    folder: Path, begun: MessageBegun, ended_by: str, noted: MessageNoted | None = None
) -> MessageKept:
    """The job for a message whose file is in its place. Raises `OSError`."""
    path = dated_path(begun.id, begun.started_at)
    there = (folder / path).stat()
    said = facts(folder / path)
    return MessageKept(
        begun=begun,
        ended_at=max(begun.started_at, datetime.fromtimestamp(there.st_mtime, UTC)),
        path=str(path),
        seconds=said.seconds,
        spoken_seconds=said.spoken_seconds,
        size=there.st_size,
        sha256=checksum(folder / path),
        ended_by=ended_by,
        noted=noted,
    )


def _bring(source: Path, target: Path) -> None:
    _mend(source)
    sync_file(source)
    make_folder(target.parent)
    with suppress(FileExistsError):
        _link(source, target)
    sync_folder(target.parent)


def _mend(source: Path) -> None:
    """A header that its writer could not finish; the file's time stays that of the recording."""
    made = source.stat().st_mtime_ns
    with suppress(SpeechError):  # on a full disk; readers of ours cope with the header as it is
        if repair(source):
            os.utime(source, ns=(made, made))


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # a disk without hard links, or the spool is on another one
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    handle, name = tempfile.mkstemp(UNFINISHED, ".", target.parent)
    try:
        with open(handle, "wb") as copy, source.open("rb") as file:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(handle)
        shutil.copystat(source, name)
        os.rename(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
