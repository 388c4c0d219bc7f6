"""Removes recordings in progress, once the store knows what became of their messages."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from store.database import translated
from store.folders import files
from store.models import Message
from store.models.message import MessageState
from voicemail.keeping.ending import set_aside
from voicemail.keeping.spool import message_of
from voicemail.places import takes

MOST_ASKED = 500
"""Names in one question to the store."""


def sweep(folder: Path, spool: Path) -> int:
    """How many were removed. Raises `StoreAway`."""
    named = [(message, path) for message, paths in takes(folder).items() for path in paths]
    named += [(message_of(path), path) for path in files(spool)]
    rows = states({message for message, _ in named})
    return sum(_removed(folder, path, rows[message]) for message, path in named if message in rows)


@translated()
def states(messages: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """State and path of those that the store knows. Raises `StoreAway`."""
    asked, found = sorted(messages), {}
    for start in range(0, len(asked), MOST_ASKED):
        some = Message.id.in_(asked[start : start + MOST_ASKED])
        rows = Message.select(Message.id, Message.state, Message.path).where(some)
        found.update({row.id: (row.state, row.path) for row in rows})
    return found


def _removed(folder: Path, path: Path, row: tuple[str, str]) -> bool:
    """Never the last that there is of a message."""
    state, place = row
    if state == MessageState.DISCARDED:
        set_aside(folder, path)
        return True
    is_kept = bool(place) and (folder / place).is_file()
    if is_kept or state == MessageState.PURGED:
        path.unlink(missing_ok=True)
        return True
    return False
