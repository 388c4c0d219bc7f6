"""Recordings of pieces in memory, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lines.experts.ports import SessionFacts
from lines.pieces.ports import OnAir, PieceDraft, PieceRecording


@dataclass(frozen=True, slots=True)
class Begun:
    """With what a piece was begun."""

    session: int
    question_id: str | None
    people: Sequence[OnAir]
    language: str
    contact_number: str


@dataclass(slots=True)
class SimulatedPieceRecording:
    """Pieces are called `piece-1`, `piece-2`, …"""

    folder: Path = Path("/pieces")
    begun: dict[str, Begun] = field(default_factory=dict)
    """By the piece's id, in order."""
    ended: dict[str, datetime] = field(default_factory=dict)

    def begin(
        self,
        session: SessionFacts,
        question_id: str | None,
        people: Sequence[OnAir],
        language: str,
        contact_number: str,
    ) -> PieceDraft:
        id = f"piece-{len(self.begun) + 1}"
        self.begun[id] = Begun(session.id, question_id, tuple(people), language, contact_number)
        return PieceDraft(id, self.folder / f"{id}.wav")

    def end(self, draft: PieceDraft, ended_at: datetime) -> None:
        self.ended.setdefault(draft.id, ended_at)

    def draft_at(self, path: str) -> PieceDraft | None:
        found = Path(path)
        return PieceDraft(found.stem, found) if found.parent == self.folder else None


def _is_recording(simulated: SimulatedPieceRecording) -> PieceRecording:
    """Held to the port by the type checker."""
    return simulated
