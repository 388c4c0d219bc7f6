"""What pages of what is on air ask of the box's other processes, beside the callbox."""

from typing import Protocol

from lines.pieces.sounds import PieceSounds


class Air(Protocol):
    """Made by `appliance.panel_parts.air`, for tests by `tests.admin.pieces.doubles`.

    The worker finds all that it is told here in the store anyway, a little later.
    """

    @property
    def sounds(self) -> PieceSounds:
        """Nothing of it keeps other pages waiting."""

    def publish(self) -> None:
        """Something was decided that readers must see."""

    def hear(self, piece: str) -> None:
        """A piece is to be written down (again)."""

    def send_mail(self, errand: int) -> None:
        """A mail about a meeting is due, by its errand's number."""
