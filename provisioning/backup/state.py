"""What became of the last backups: a file, so that it is known when the store is not."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from store.folders import write_whole

from .places import Places

OLD_AFTER = timedelta(days=2)
"""Without a good backup for so long, somebody is told."""


@dataclass(frozen=True, slots=True)
class State:
    target: str = ""
    """The one that `archive_made` is about."""
    archive_made: bool = False
    """There is an archive: when it is gone, none is made in its place."""
    good_at: str = ""
    """Begin of the last good backup; UTC, ISO 8601."""
    snapshot: str = ""
    bytes: int = 0
    """Of all that it holds."""
    seconds: float = 0.0
    since: str = ""
    """The first try of all: when there should have been a backup at the latest."""
    tried_at: str = ""
    fault: str = ""
    """Of the last try; empty when it was good."""
    store_fault: str = ""
    """What the last look through the store's pages has found."""

    @property
    def good(self) -> datetime | None:
        return _moment(self.good_at)

    @property
    def tried(self) -> datetime | None:
        return _moment(self.tried_at)

    def is_old(self, now: datetime) -> bool:
        last = self.good or _moment(self.since)
        return last is not None and now - last > OLD_AFTER


def now() -> datetime:
    return datetime.now(UTC)


def read(places: Places) -> State:
    """An empty one where nothing was ever tried, or where the file is odd."""
    try:
        found = json.loads(places.state.read_text())
        return State(**found)
    except (OSError, ValueError, TypeError):
        return State()


def note(places: Places, **facts: object) -> State:
    """Raises `OSError`."""
    places.own.mkdir(parents=True, exist_ok=True)
    changed = replace(read(places), **facts)  # type: ignore[arg-type]
    write_whole(places.state, json.dumps(asdict(changed), indent=1).encode())
    return changed


def note_try(places: Places) -> None:
    """Before anything else is done, so that a backup that is killed each time is seen."""
    at = now().isoformat()
    note(places, tried_at=at, since=read(places).since or at)


def forget(places: Places) -> None:
    """No backups are wanted any more; that there was an archive stays known."""
    note(places, since="", tried_at="", good_at="", fault="")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
