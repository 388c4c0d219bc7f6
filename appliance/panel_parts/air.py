"""What the panel's pages of what is on air ask of the worker."""

from pathlib import Path

from lines.pieces.sounds import PieceSounds

from ..home import Home
from ..piece_sounds import Sounds
from ..settings import Settings
from ..threads import in_pool


class AsideSounds(Sounds):
    """A recording of an hour is looked at in a thread: nobody waits meanwhile."""

    def spoken(self, path: Path, start: float, end: float) -> float:
        return float(in_pool(super().spoken, path, start, end))


class WorkersAir:
    """Implements `admin.pieces.ports.Air`. The queue of the worker is opened with the first job."""

    def __init__(self, settings: Settings) -> None:
        self._sounds = AsideSounds(Home(settings.home).models)

    @property
    def sounds(self) -> PieceSounds:
        return self._sounds

    def publish(self) -> None:
        from ..jobs import publish_pieces

        publish_pieces()

    def hear(self, piece: str) -> None:
        from ..jobs import take_in_piece

        take_in_piece(piece)

    def send_mail(self, errand: int) -> None:
        from ..jobs import tell_of_meeting

        tell_of_meeting(errand)
