"""What a room is played: files one after the other, and music behind all else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from softswitch.media.frame import Samples
from softswitch.media.sources import Sound

MAX_FILES = 100


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    sound: Sound
    ended: Callable[[], None]
    """Called on the control loop."""


class Programme:
    """Changed on the control loop; the media thread reads `_pieces`, replaced as a whole."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post
        self._pieces: tuple[Piece, ...] = ()
        self._music: Sound | None = None
        self._over: Piece | None = None

    @property
    def has_music(self) -> bool:
        return self._music is not None

    def set_music(self, sound: Sound | None) -> None:
        self._music = sound

    def add(self, piece: Piece) -> bool:
        """Behind what plays and waits already; False when too much does."""
        if len(self._pieces) >= MAX_FILES:
            return False
        self._pieces = (*self._pieces, piece)
        return True

    def stop(self) -> int:
        """How many pieces were stopped, played or not."""
        stopped, self._pieces = self._pieces, ()
        for piece in stopped:
            piece.ended()
        return len(stopped)

    def _finish(self, piece: Piece) -> None:
        if piece in self._pieces:
            self._pieces = tuple(each for each in self._pieces if each is not piece)
            piece.ended()

    # The media thread.

    def pull(self) -> Samples | None:
        for piece in self._pieces:
            frame = piece.sound.pull()
            if frame is not None:
                return frame
            if piece is not self._over:
                self._over = piece
                self._post(partial(self._finish, piece))
        music = self._music
        return music.pull() if music is not None else None
