"""What an expert's hour asks of the box so that each question and its answer is recorded.

`appliance.switchboard.piece_recording` implements it, `lines.pieces.simulated` in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from lines.experts.ports import Seat, SessionFacts


@dataclass(frozen=True, slots=True)
class OnAir:
    """Somebody who is heard in a piece. Callers' names and numbers are hostile."""

    seat: Seat
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """A piece that is being recorded."""

    id: str
    path: Path
    """Where the switch writes it; absolute."""


class PieceRecording(Protocol):
    """Recordings of what is on air. May be called from any greenlet of the callbox; never raises.

    The order is: `begin`, `RoomControl.record(draft.path)`, …, `RoomControl.stop_recording`,
    `end`. A piece that never comes to its `end` is found again and kept with what was written.
    """

    def begin(
        self,
        session: SessionFacts,
        question_id: str | None,
        people: Sequence[OnAir],
        language: str,
        contact_number: str,
    ) -> PieceDraft:
        """A row for the piece, in the store (or the journal) when this returns; a disk that is
        slow makes it wait some seconds, then it goes on without."""

    def end(self, draft: PieceDraft, ended_at: datetime) -> None:
        """The switch was told to stop, or never began. Returns at once; whatever was written is
        seen to in the background, once the switch has let go of the file."""

    def draft_at(self, path: str) -> PieceDraft | None:
        """The piece that a room is recorded into, by the path that the switch tells (after a
        restart of the callbox, from `Room.recordings`); None for a path that is none of ours."""
