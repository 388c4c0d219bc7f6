"""The job that turns a piece into words. Its row is the job: a worker that dies loses its claim."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lines.pieces.errors import SoundFailed
from lines.pieces.sounds import Heard, PieceSounds
from store.claims import is_free, next_attempt, own_claim
from store.database import translated
from store.fields import clean, now
from store.models import Piece
from store.models.expert import PieceState
from store.models.message import TranscriptState

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A recording that fails so often, or kills its worker, is not tried again unless asked for."""
LONGEST_TEXT = 500_000
"""Characters: some ten hours of talk."""
AT_ONCE = 200
OPEN = (TranscriptState.WAITING, TranscriptState.RUNNING)


@translated()
def transcribe(piece: str, folder: Path, sounds: PieceSounds, worker_life: str) -> bool:
    """Hear one piece, `folder` being that of the recordings; True when that is settled by this.

    False when there is nothing to do, somebody else is at it, or it is to be tried again. Raises
    `StoreAway`; the job is found again then.
    """
    row = _claimed(piece, worker_life)
    if row is None:
        return False
    if row.attempts > MOST_ATTEMPTS:
        facts = _failed(f"the worker died {MOST_ATTEMPTS} times while hearing it")
    else:
        facts = _heard(row, folder, sounds)
    kept = Piece.update(facts).where(_mine(row)).execute()
    return bool(kept) and facts["transcript_state"] != TranscriptState.WAITING


@translated()
def unheard(worker_life: str) -> list[str]:
    """Pieces whose words wait, or were begun by a worker that is gone; the oldest first."""
    rows = Piece.select().where(Piece.transcript_state << OPEN).order_by(Piece.begun_at)
    return [row.id for row in rows.limit(AT_ONCE) if _is_open(row, worker_life)]


@translated()
def again(piece: str) -> bool:
    """Have a piece heard once more; False when there is no recording of it."""
    fresh = {"transcript_state": TranscriptState.WAITING, "attempts": 0, "claimed_by": ""}
    kept = (Piece.id == piece) & (Piece.state == PieceState.KEPT)
    return bool(Piece.update(fresh).where(kept).execute())


def _is_open(row: Piece, worker_life: str) -> bool:
    if row.transcript_state == TranscriptState.WAITING:
        return True
    running = row.transcript_state == TranscriptState.RUNNING
    return running and is_free(row.claimed_by, worker_life)


def _claimed(piece: str, worker_life: str) -> Piece | None:
    """The row, once it is ours; only one of several workers gets it."""
    row = Piece.get_or_none(Piece.id == piece)
    if row is None or not _is_open(row, worker_life):
        return None
    facts = {
        "transcript_state": TranscriptState.RUNNING,
        "claimed_by": own_claim(worker_life),
        "attempts": next_attempt(row.attempts, row.claimed_by, worker_life),
    }
    unchanged = _mine(row) & (Piece.attempts == row.attempts)
    if not Piece.update(facts).where(unchanged).execute():
        return None
    return Piece.get_by_id(piece)


def _mine(row: Piece) -> Any:
    """The row, as long as nobody took it or asked for it anew."""
    return (
        (Piece.id == row.id)
        & (Piece.transcript_state == row.transcript_state)
        & (Piece.claimed_by == row.claimed_by)
    )


def _heard(row: Piece, folder: Path, sounds: PieceSounds) -> Mapping[str, Any]:
    path = folder / row.path
    if not path.is_file():
        return _failed("the recording is not there any more")
    try:
        return _done(sounds.hear(path, row.language))
    except SoundFailed as error:
        return _after(row, str(error))
    except Exception as error:  # the top of a task: an engine may fail in ways nobody thought of
        log.exception("transcript of piece %s", row.id)
        return _after(row, f"a fault of Pressline, see the log: {error.__class__.__name__}")


def _done(heard: Heard) -> Mapping[str, Any]:
    return {
        "transcript_state": TranscriptState.DONE,
        "transcript": clean(heard.text, LONGEST_TEXT),
        "words": list(heard.words),
        "engine": clean(heard.engine, 132),
        "transcript_note": clean(heard.note, 300),
        "transcript_error": "",
        "changed_at": now(),
    }


def _after(row: Piece, reason: str) -> Mapping[str, Any]:
    if row.attempts >= MOST_ATTEMPTS:
        return _failed(reason)
    waiting = {"transcript_state": TranscriptState.WAITING, "claimed_by": ""}
    return waiting | {"transcript_error": clean(reason, 300)}


def _failed(reason: str) -> Mapping[str, Any]:
    return {"transcript_state": TranscriptState.FAILED, "transcript_error": clean(reason, 300)}
