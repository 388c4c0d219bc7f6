"""Sessions, questions and recordings, as tests of pieces put them into the world."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from lines.pieces.places import dated_path, in_progress
from store.applying import apply
from store.models import ExpertLine, ExpertSession, Person, Piece, Question
from store.models.expert import PieceState
from store.models.message import TranscriptState
from store.piece_jobs import PieceBegun, Speaker
from store.recordings import checksum
from tests.voicemail.sounds import speech, write_wav

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER = "+4930123456"
CONTACT = "+4917698765"
CALLER = "Ann Weaver"


def make_session(topic: str = "Pruning apple trees", line: str = "garden") -> ExpertSession:
    at, _ = ExpertLine.get_or_create(name=line, defaults={"title": "The garden line"})
    expert, _ = Person.get_or_create(name="gardener", defaults={"title": "Dr Rosa Field"})
    return ExpertSession.create(line=at, topic=topic, starts_at=NOON, expert=expert)


def make_question(session: ExpertSession, **facts: Any) -> Question:
    known = {"caller_number": NUMBER, "caller_name": CALLER, "contact_number": CONTACT}
    return Question.create(
        id=uuid4().hex, session=session, call=uuid4().hex, asked_at=NOON, **{**known, **facts}
    )


def begun(session: ExpertSession, question: Question | None = None) -> PieceBegun:
    return PieceBegun(
        id=uuid4().hex,
        session=session.id,
        begun_at=NOON,
        question=question.id if question else "",
        people=(Speaker("expert", "Dr Rosa Field"), Speaker("caller", CALLER, NUMBER)),
        contact_number=CONTACT,
        language="en",
    )


def record(folder: Path, piece: PieceBegun, samples: npt.NDArray[np.int16]) -> Path:
    """What the switch has written of it."""
    return write_wav(folder / in_progress(piece.session, piece.id), samples)


def stored(piece: PieceBegun) -> PieceBegun:
    assert apply([piece]) == 0
    return piece


def make_piece(folder: Path, session: ExpertSession | None = None, **facts: Any) -> Piece:
    """One that was kept and heard: three seconds of speech."""
    session = session or make_session()
    id = uuid4().hex
    path = write_wav(folder / dated_path(id, NOON), speech(3.0))
    known = {
        "question": make_question(session),
        "state": PieceState.KEPT,
        "begun_at": NOON,
        "ended_at": NOON,
        "seconds": 3.0,
        "path": str(path.relative_to(folder)),
        "size": path.stat().st_size,
        "sha256": checksum(path),
        "people": [{"role": "caller", "name": CALLER, "number": NUMBER}],
        "contact_number": CONTACT,
        "transcript_state": TranscriptState.DONE,
        "transcript": "when do I prune them",
        "words": [
            {"text": text, "start": at, "end": at + 0.4, "confidence": 1.0}
            for at, text in zip(
                (0.1, 0.7, 1.3, 1.9, 2.5), ["when", "do", "I", "prune", "them"], strict=True
            )
        ],
    }
    return Piece.create(id=id, session=session, **{**known, **facts})
