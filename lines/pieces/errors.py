"""What can go wrong with pieces.

LinesError
└── PieceError
    ├── PieceUnknown      there is no piece of that id
    ├── PieceNotKept      a recording could not be brought to its place; it is tried again
    ├── PieceNotReady     it cannot be approved: not recorded, or it would tell who the caller is
    ├── CutRefused        marks outside of the recording, or around nothing that is spoken
    ├── SoundFailed       a recording cannot be read, heard or made small
    └── NotPublished      the folder of published pieces cannot be written
"""

from collections.abc import Sequence
from pathlib import Path

from lines.errors import LinesError


class PieceError(LinesError):
    """Base of the errors of pieces."""


class PieceUnknown(PieceError, LookupError):
    """There is no piece of that id."""

    def __init__(self, piece: str) -> None:
        super().__init__(f"there is no piece {piece[:36]!r}; `pressline pieces` lists them all")


class PieceNotKept(PieceError):
    """A recording could not be brought to its place."""

    def __init__(self, piece: str, tried: Sequence[Path], reason: str) -> None:
        where = ", ".join(map(str, tried))
        super().__init__(f"piece {piece[:36]} is not kept ({where}): {reason}")


class PieceNotReady(PieceError, ValueError):
    """It cannot be approved as it is."""

    def __init__(self, piece: str, reason: str) -> None:
        super().__init__(f"piece {piece[:36]}: {reason}")


class CutRefused(PieceError, ValueError):
    """Marks that cannot be."""

    def __init__(self, start: float, end: float | None, expected: str) -> None:
        until = "the end" if end is None else f"{end:g} s"
        super().__init__(f"a cut from {start:g} s to {until} is refused: {expected}")


class SoundFailed(PieceError):
    """A recording cannot be read, heard or made small."""


class NotPublished(PieceError):
    """The folder of published pieces cannot be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"cannot write into {folder}: {reason}; free some space or mend it")
