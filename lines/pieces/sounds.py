"""What pieces need of speech and sound, all of which blocks; see `appliance.piece_sounds`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Words = Sequence[Mapping[str, Any]]
"""`[{"text", "start", "end", "confidence"}]`, times in seconds from the beginning."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a machine heard."""

    text: str = ""
    words: Words = ()
    engine: str = ""
    note: str = ""
    """In plain words what limits it, for instance that nobody here hears the language."""


class PieceSounds(Protocol):
    """Every method raises `SoundFailed`, unless it says something else."""

    def mend(self, path: Path) -> None:
        """The header of a recording whose writer was killed; a good one is left alone."""

    def seconds(self, path: Path) -> float:
        """Length of what can really be heard; 0 when that is nothing. Never raises."""

    def spoken(self, path: Path, start: float, end: float) -> float:
        """Seconds of speech between two times."""

    def hear(self, path: Path, language: str) -> Heard: ...

    def publish(self, path: Path, into: Path, start: float, end: float) -> None:
        """An MP3 of what is between two times in seconds, to the sample, faded in and out over a
        hundredth of a second; there as a whole or not at all."""
