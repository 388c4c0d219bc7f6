"""The box's other processes, in memory."""

from dataclasses import dataclass, field
from pathlib import Path

from lines.pieces.sounds import Heard


@dataclass
class FakeSounds:
    silent: bool = False
    """Whether nobody says anything in any recording."""

    def mend(self, path: Path) -> None:
        pass

    def seconds(self, path: Path) -> float:
        return 0.0

    def spoken(self, path: Path, start: float, end: float) -> float:
        return 0.0 if self.silent else end - start

    def hear(self, path: Path, language: str) -> Heard:
        return Heard()

    def publish(self, path: Path, into: Path, start: float, end: float) -> None:
        pass


@dataclass
class FakeAir:
    sounds: FakeSounds = field(default_factory=FakeSounds)
    published: int = 0
    heard: list[str] = field(default_factory=list)
    mails: list[int] = field(default_factory=list)

    def publish(self) -> None:
        self.published += 1

    def hear(self, piece: str) -> None:
        self.heard.append(piece)

    def send_mail(self, errand: int) -> None:
        self.mails.append(errand)
