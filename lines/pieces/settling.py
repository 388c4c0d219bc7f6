"""The end of a piece: its recording comes to its place, and a job says so.

Can be done again after a crash, from any process, and by two at once. It blocks.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from lines.pieces.errors import PieceNotKept, SoundFailed
from lines.pieces.places import dated_path, in_progress
from lines.pieces.sounds import PieceSounds
from store.folders import make_folder, sync_file, sync_folder
from store.piece_jobs import PieceBegun, PieceKept, PieceLost
from store.recordings import checksum

NOTHING = "nothing was recorded"
SILENT = "nothing can be heard in what was recorded"


def settle(
    folder: Path, sounds: PieceSounds, begun: PieceBegun, ended_at: datetime
) -> PieceKept | PieceLost:
    """`folder` is that of the recordings. Only when nobody writes into the file any more.

    Raises `PieceNotKept`: everything stays as it is, and salvage tries again.
    """
    source = folder / in_progress(begun.session, begun.id)
    place = dated_path(begun.id, begun.begun_at)
    try:
        # The recording is gone: somebody else has brought it, or it was never written.
        with suppress(FileNotFoundError):
            _bring(source, folder / place, sounds)
        return _ended(folder, begun, ended_at, place, sounds)
    except OSError as error:
        raise PieceNotKept(begun.id, [source, folder / place], str(error)) from error


def _bring(source: Path, target: Path, sounds: PieceSounds) -> None:
    made = source.stat().st_mtime_ns
    with suppress(SoundFailed):  # on a full disk; readers of ours cope with the header as it is
        sounds.mend(source)
    sync_file(source)
    os.utime(source, ns=(made, made))  # that of its last sample
    make_folder(target.parent)
    os.rename(source, target)
    sync_folder(target.parent)


def _ended(
    folder: Path, begun: PieceBegun, ended_at: datetime, place: Path, sounds: PieceSounds
) -> PieceKept | PieceLost:
    path = folder / place
    if not path.is_file():
        return PieceLost(begun, ended_at, NOTHING)
    seconds = sounds.seconds(path)
    if not seconds:
        return PieceLost(begun, ended_at, SILENT, str(place))
    size = path.stat().st_size
    return PieceKept(begun, ended_at, str(place), seconds, size, checksum(path))
