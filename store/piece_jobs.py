"""What the writer is asked to keep of pieces: questions and answers as recordings of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who was on air; hostile, where it is a caller."""

    role: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PieceBegun:
    """A piece is about to be recorded; stored before that, so that a crash finds it."""

    id: str
    session: int
    begun_at: datetime
    question: str = ""
    """Id; empty where the expert speaks without being asked."""
    people: tuple[Speaker, ...] = ()
    contact_number: str = ""
    language: str = ""
    job: Literal["piece_begun"] = "piece_begun"


@dataclass(frozen=True, slots=True)
class PieceKept:
    """A piece is on disk, in its place; stands alone when its beginning was never stored."""

    begun: PieceBegun
    ended_at: datetime
    path: str
    """Relative to the recordings' folder."""
    seconds: float
    size: int
    sha256: str
    job: Literal["piece_kept"] = "piece_kept"


@dataclass(frozen=True, slots=True)
class PieceLost:
    """Nothing was written of a piece, or nothing that can be heard."""

    begun: PieceBegun
    ended_at: datetime
    reason: str
    path: str = ""
    """Of a file that is kept though nothing can be heard in it."""
    job: Literal["piece_lost"] = "piece_lost"
