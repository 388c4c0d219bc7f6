"""What readers get of a piece, and nothing else: no caller's name or number comes this far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Story:
    """A published piece."""

    id: str
    title: str
    text: str
    language: str
    day: date
    """On which it was spoken, in the paper's time zone."""
    published_at: datetime
    changed_at: datetime
    recording: Path
    """Relative to the recordings' folder."""
    start: float
    end: float
    """The marks, in seconds."""
    version: str
    """Another for each recording and cut, so that nobody gets an old one from a cache."""

    @property
    def page(self) -> str:
        return f"{self.id}.html"

    @property
    def audio(self) -> str:
        return f"{self.id}-{self.version}.mp3"

    @property
    def seconds(self) -> float:
        return self.end - self.start

    @property
    def urn(self) -> str:
        """The same for ever, whatever becomes of its address."""
        return UUID(self.id).urn

    @property
    def paragraphs(self) -> Sequence[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Session:
    topic: str
    expert: str
    """Empty when nobody is known (any more)."""
    day: date
    stories: tuple[Story, ...]
    """In the order in which they were spoken."""


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    """Its folder and its part of the address."""
    title: str
    language: str
    sessions: tuple[Session, ...]
    """The newest first; none before anything was approved."""
