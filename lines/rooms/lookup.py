"""Conference rooms, found by the number that was keyed or the name that a flow gives."""

from collections.abc import Sequence

from ivr_flows.ports import Role
from lines.errors import RoomUnknown
from lines.rooms.ports import RoomFacts
from store.database import translated
from store.fields import clean
from store.models import ConferenceNumber, ConferenceRoom
from store.models.room import Announce

PINS = {
    Role.LISTENER: "listener_pin",
    Role.SPEAKER: "speaker_pin",
    Role.MODERATOR: "moderator_pin",
}
"""The column that holds the PIN of a role."""


@translated()
def rooms() -> Sequence[RoomFacts]:
    """All rooms by name."""
    numbers: dict[int, list[str]] = {}
    owned = ConferenceNumber.select(ConferenceNumber, ConferenceRoom.id).join(ConferenceRoom)
    for row in owned.order_by(ConferenceNumber.number):
        numbers.setdefault(row.room.id, []).append(row.number)
    rows = ConferenceRoom.select().order_by(ConferenceRoom.name)
    return [as_facts(row, numbers.get(row.id, [])) for row in rows]


@translated()
def names() -> frozenset[str]:
    """Every name and number of a room."""
    named = {row.name for row in ConferenceRoom.select(ConferenceRoom.name)}
    numbered = {row.number for row in ConferenceNumber.select(ConferenceNumber.number)}
    return frozenset(named | numbered)


@translated()
def languages() -> frozenset[str]:
    """Every language that a room speaks."""
    return frozenset(
        room.language for room in ConferenceRoom.select(ConferenceRoom.language).distinct()
    )


def known(asked: str) -> ConferenceRoom:
    """The row of a name or a number. Raises `RoomUnknown`."""
    wanted = clean(asked, 64)
    numbered = ConferenceRoom.select().join(ConferenceNumber)
    row: ConferenceRoom | None = ConferenceRoom.get_or_none(ConferenceRoom.name == wanted)
    row = row or numbered.where(ConferenceNumber.number == wanted).first()
    if row is None:
        raise RoomUnknown(asked)
    return row


def numbers_of(row: ConferenceRoom) -> list[str]:
    own = ConferenceNumber.select().where(ConferenceNumber.room == row)
    return [each.number for each in own.order_by(ConferenceNumber.number)]


def as_facts(row: ConferenceRoom, numbers: Sequence[str]) -> RoomFacts:
    return RoomFacts(
        id=row.id,
        name=row.name,
        title=row.title,
        numbers=tuple(numbers),
        language=row.language,
        pins=frozenset(role for role, column in PINS.items() if getattr(row, column)),
        open=Role(row.open) if row.open else None,
        wait_for_moderator=row.wait_for_moderator,
        ends_with_moderator=row.ends_with_moderator,
        announce=Announce(row.announce),
        muted=row.muted,
        most_members=row.most_members,
        record=row.record,
        music=row.music,
    )
