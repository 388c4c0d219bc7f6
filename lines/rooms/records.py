"""Conference rooms between what administrators write and the store's rows."""

from collections.abc import Iterable, Mapping

from lines.errors import RoomTaken
from lines.rooms.entry import Entry
from lines.rooms.lookup import known, numbers_of
from store.database import translated, writing
from store.models import ConferenceNumber, ConferenceRecording, ConferenceRoom
from store.models.room import Announce

OWN = (
    "title", "language", "open", "wait_for_moderator", "ends_with_moderator", "announce", "muted",
    "most_members", "record", "music",
)  # fmt: skip
"""Facts that the row of the room itself holds."""


@translated()
def create(entry: Entry) -> None:
    """Raises `RoomTaken`."""
    with writing():
        if ConferenceRoom.get_or_none(ConferenceRoom.name == entry.name):
            raise RoomTaken(f'there is a room "{entry.name}" already')
        keep([entry])


@translated()
def remove(name: str) -> None:
    """Take a room away; what was recorded there stays. Raises `RoomUnknown`."""
    with writing():
        row = known(name)
        mine = ConferenceRecording.room == row
        ConferenceRecording.update(room=None).where(mine).execute()
        ConferenceNumber.delete().where(ConferenceNumber.room == row).execute()
        row.delete_instance(recursive=False)


@translated()
def entries() -> Mapping[str, Entry]:
    """All rooms by name."""
    rows = ConferenceRoom.select().order_by(ConferenceRoom.name)
    return {row.name: _entry(row) for row in rows}


@translated()
def owners() -> Mapping[str, str]:
    """Which room has which number."""
    rows = ConferenceNumber.select(ConferenceNumber, ConferenceRoom.name).join(ConferenceRoom)
    return {row.number: row.room.name for row in rows}


@translated()
def keep(found: Iterable[Entry]) -> None:
    """Add rooms, or change those of the same name. Within the caller's transaction.

    Raises `RoomTaken` for a number that a room beside them has.
    """
    rows = [(entry, _row(entry)) for entry in found]
    # First all numbers go, so that two rooms can change theirs.
    these = ConferenceNumber.room.in_([row.id for _, row in rows])
    ConferenceNumber.delete().where(these).execute()
    for entry, row in rows:
        _keep_numbers(row, entry)


def _row(entry: Entry) -> ConferenceRoom:
    facts = entry.model_dump(mode="json", include=set(OWN))
    (
        ConferenceRoom.insert({"name": entry.name, **facts})
        .on_conflict(
            conflict_target=[ConferenceRoom.name],
            preserve=[getattr(ConferenceRoom, fact) for fact in OWN],
        )
        .execute()
    )
    return known(entry.name)


def _keep_numbers(row: ConferenceRoom, entry: Entry) -> None:
    taken = owners()
    for number in dict.fromkeys(entry.numbers):
        if number in taken:
            raise RoomTaken(f'number {number} belongs to room "{taken[number]}"')
        ConferenceNumber.create(number=number, room=row)


def _entry(row: ConferenceRoom) -> Entry:
    facts = {fact: getattr(row, fact) for fact in OWN} | {"announce": Announce(row.announce)}
    return Entry(name=row.name, numbers=tuple(numbers_of(row)), **facts)
