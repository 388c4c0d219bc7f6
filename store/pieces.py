"""Pieces: begun before they are recorded, kept with the transcript that they owe."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from store.database import translated
from store.fields import clean
from store.models import Piece, Question
from store.models.expert import PieceState
from store.models.message import TranscriptState
from store.models.recording import RecordingState
from store.piece_jobs import PieceBegun, PieceKept, PieceLost, Speaker
from store.recordings import state_of

MOST_PEOPLE = 20


def begun(jobs: Sequence[PieceBegun]) -> None:
    """Keep pieces as being recorded, unless their end is already known."""
    for job in jobs:
        Piece.insert(_beginning(job)).on_conflict_ignore().execute()


def kept(jobs: Sequence[PieceKept]) -> None:
    for job in jobs:
        facts = {
            "state": PieceState.KEPT,
            "path": clean(job.path, 500),
            "seconds": job.seconds,
            "size": job.size,
            "sha256": job.sha256,
            "transcript_state": TranscriptState.WAITING,
        }
        _end(job, facts)


def lost(jobs: Sequence[PieceLost]) -> None:
    """Close pieces that hold nothing; their rows say why."""
    for job in jobs:
        reason = clean(job.reason, 200)
        _end(job, {"state": PieceState.LOST, "path": clean(job.path, 500), "reason": reason})


@translated()
def verify(folder: Path) -> list[tuple[str, RecordingState]]:
    """Compare all kept pieces with the recordings' folder; paths that are in doubt, and why."""
    rows = Piece.select(Piece.path, Piece.sha256).where(Piece.state == PieceState.KEPT)
    found = [(row.path, state_of(folder / row.path, row.sha256)) for row in rows.iterator()]
    return [(path, state) for path, state in found if state != RecordingState.KEPT]


def _end(job: PieceKept | PieceLost, facts: Mapping[str, Any]) -> None:
    """Only while it is being recorded: what people did with it later is not undone."""
    begin = _beginning(job.begun)
    Piece.insert(begin).on_conflict_ignore().execute()
    # The question's own row may have come after the beginning of its piece.
    ending = {"ended_at": job.ended_at, "changed_at": job.ended_at, "question": begin["question"]}
    open_one = (Piece.id == begin["id"]) & (Piece.state == PieceState.RECORDING)
    Piece.update({**facts, **ending}).where(open_one).execute()


def _beginning(job: PieceBegun) -> dict[str, Any]:
    """Raises `IntegrityError` on use when there is no such session."""
    return {
        "id": clean(job.id, 36),
        "session": job.session,
        "question": Question.get_or_none(Question.id == clean(job.question, 36)),
        "begun_at": job.begun_at,
        "changed_at": job.begun_at,
        "people": [_speaker(one) for one in job.people[:MOST_PEOPLE]],
        "contact_number": clean(job.contact_number, 64),
        "language": clean(job.language, 16),
    }


def _speaker(one: Speaker) -> dict[str, str]:
    limits = {"role": 16, "name": 200, "number": 64}
    return {name: clean(value, limits[name]) for name, value in asdict(one).items()}


def begun_of(row: Piece) -> PieceBegun:
    """The beginning again, from the row."""
    return PieceBegun(
        id=row.id,
        session=row.session_id,
        begun_at=row.begun_at,
        question=row.question_id or "",
        people=tuple(Speaker(**one) for one in row.people),
        contact_number=row.contact_number,
        language=row.language,
    )
