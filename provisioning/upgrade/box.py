"""What an upgrade does to the running box, as a port; `systemd.py` is the installed box's."""

from pathlib import Path
from typing import Protocol

from .store_work import Work


class Box(Protocol):
    """All of it blocks and raises `StepFailed`."""

    def build(self, source: Path, release: Path) -> None:
        """Make the release's folder from a source tree."""

    def back_up(self, release: Path) -> None:
        """A whole backup into the archive, by the program in `release`."""

    def stop(self) -> None:
        """The switch itself goes on, with its last resort."""

    def start(self) -> None: ...

    def work(self, release: Path, verb: Work) -> None:
        """Have the program in `release` do something to the store, as the program's user."""

    def well(self) -> dict[str, bool] | None:
        """By part, whether it is well; None when nobody answers."""
