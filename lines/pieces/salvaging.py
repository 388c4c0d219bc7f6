"""Finds the pieces that a crash cut off. All of it can be done again and again."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from lines.pieces.errors import PieceNotKept
from lines.pieces.places import IN_PROGRESS, dated_path, in_progress, named
from lines.pieces.settling import settle
from lines.pieces.sounds import PieceSounds
from store.database import translated
from store.folders import files
from store.models import ExpertSession, Piece
from store.models.expert import PieceState
from store.piece_jobs import PieceBegun, PieceKept, PieceLost
from store.pieces import begun_of

log = structlog.get_logger()

AT_ONCE = 200
"""Pieces found in one go; the rest are found in the next."""
STILL_WRITTEN = timedelta(seconds=6)
"""A switch that lost its room may still have to close the file. FreeSWITCH writes what it records
of a room in steps of 64 kB, four seconds at 8 kHz (conference_record.c,
conference_record_thread_run)."""
NOBODYS_AFTER = timedelta(hours=1)
"""A recording without a row may be one whose row still waits in the journal."""

Found = PieceBegun | PieceKept | PieceLost


def salvage(
    folder: Path, sounds: PieceSounds, alive: Collection[str], before: datetime
) -> list[Found]:
    """The ends of pieces that nobody records any more, for the store.

    A recording whose row was lost gets one first; its end is found the next time.

    `folder` is that of the recordings; `alive` are the ids of pieces that are being recorded, or
    that a living process has in hand, as looked up at `before`. Raises `StoreAway`.
    """
    rows = [begun_of(row) for row in _cut_off(before)]
    cut_off = [begun for begun in rows if begun.id not in alive]
    ended = [end for begun in cut_off for end in _tried(folder, sounds, begun, before)]
    return [*ended, *(one for one in _of_nobody(folder, sounds, before) if one.id not in alive)]


@translated()
def _cut_off(before: datetime) -> Sequence[Piece]:
    cut_off = (Piece.state == PieceState.RECORDING) & (Piece.begun_at < before)
    return list(Piece.select().where(cut_off).order_by(Piece.begun_at).limit(AT_ONCE))


@translated()
def _of_nobody(folder: Path, sounds: PieceSounds, before: datetime) -> Sequence[PieceBegun]:
    """Recordings whose row was never stored, not even in the journal; their session was."""
    told = {path: of for path in files(folder / IN_PROGRESS) if (of := named(path))}
    old = {path: of for path, of in told.items() if _made(path) < before - NOBODYS_AFTER}
    if not old:
        return []
    pieces, sessions = {of.piece for of in old.values()}, {of.session for of in old.values()}
    known = {row.id for row in Piece.select(Piece.id).where(Piece.id.in_(pieces))}
    held = {row.id for row in ExpertSession.select().where(ExpertSession.id.in_(sessions))}
    return [
        PieceBegun(of.piece, of.session, _made(path) - timedelta(seconds=sounds.seconds(path)))
        for path, of in sorted(old.items())[:AT_ONCE]
        if of.piece not in known and of.session in held
    ]


def _tried(
    folder: Path, sounds: PieceSounds, begun: PieceBegun, before: datetime
) -> Iterator[PieceKept | PieceLost]:
    """One piece that cannot be brought to its place does not hold up the others."""
    try:
        ended_at = _last_written(folder, begun)
        if ended_at < before - STILL_WRITTEN:
            yield settle(folder, sounds, begun, max(begun.begun_at, ended_at))
    except (PieceNotKept, OSError) as error:
        log.error("a piece that was cut off waits", piece=begun.id, reason=str(error))


def _last_written(folder: Path, begun: PieceBegun) -> datetime:
    """When its last sample came; when it began, if none ever did."""
    for path in (in_progress(begun.session, begun.id), dated_path(begun.id, begun.begun_at)):
        if (folder / path).is_file():
            return _made(folder / path)
    return begun.begun_at


def _made(path: Path) -> datetime:
    """In no time at all when it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)
