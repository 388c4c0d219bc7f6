"""What needs a person: facts of the store, the disk and the parts of the box, without words."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from admin.health import Check
from store import call_counts
from store.fields import now
from store.messages import in_trouble
from store.models import Recording
from store.models.recording import RecordingState
from voicemail.housekeeping import space

FRESH = 5.0
"""Seconds for which what was found is not looked for again: the switch is asked each time."""
LATELY = timedelta(days=1)
"""How far back calls that were cut off are told of."""
PARTS = ("switch", "callbox", "worker")


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs a person."""

    kind: str
    """For the words and the link: see `words`."""
    count: int = 0
    detail: str = ""
    is_bad: bool = False
    """Calls or messages suffer already."""


class Attention:
    def __init__(
        self,
        checks: Mapping[str, Check],
        home: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checks = checks
        self._home = home
        self._clock = clock
        self._found: tuple[Need, ...] = ()
        self._until = 0.0
        self._looked = False

    def found(self) -> Sequence[Need]:
        """The worst first. Raises `StoreAway`."""
        if self._clock() >= self._until:
            if self._looked:  # whoever asks meanwhile is given what was found before
                self._until = self._clock() + FRESH
            needs = [*self._parts(), *self._disk(), *_messages(), *_calls(), *_recordings()]
            self._found = tuple(sorted(needs, key=lambda need: not need.is_bad))
            self._until = self._clock() + FRESH
            self._looked = True
        return self._found

    def mark(self) -> tuple[Need, ...]:
        """Another one whenever something has changed; of the disk not every byte counts."""
        return tuple(Need(need.kind, need.count, "", need.is_bad) for need in self.found())

    def _parts(self) -> Iterator[Need]:
        for name in PARTS:
            if name in self._checks and not (health := self._checks[name]()).ok:
                yield Need(name, detail=health.message, is_bad=True)

    def _disk(self) -> Iterator[Need]:
        try:
            disk = space(self._home)
        except OSError as error:
            yield Need("disk-unknown", detail=str(error))
            return
        if not disk.has_room:
            yield Need("disk-full", detail=str(disk), is_bad=True)
        elif disk.is_low:
            yield Need("disk-low", detail=str(disk))


def _messages() -> Iterator[Need]:
    trouble = in_trouble()
    for kind, count in (
        ("untold", trouble.untold),
        ("unheard", trouble.unheard),
        ("nobodys", trouble.nobodys),
    ):
        if count:
            yield Need(kind, count)


def _calls() -> Iterator[Need]:
    if count := call_counts.broken_off(now() - LATELY):
        yield Need("lost-calls", count)


def _recordings() -> Iterator[Need]:
    doubtful = (RecordingState.MISSING, RecordingState.CHANGED)
    if count := Recording.select().where(Recording.state.in_(doubtful)).count():
        yield Need("recordings", count)
