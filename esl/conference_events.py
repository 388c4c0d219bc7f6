"""What happens in conference rooms, as the switch tells it (`conference::maintenance`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from esl.conference_list import MAX_NUMBER, MAX_TEXT, Member
from esl.event import Event

SUBSCRIPTION = "conference::maintenance"
KEYS = "DTMF"
"""Rooms without caller-controls hand keys on as they hand on those of any call."""
MAX_PATH = 4096


class RoomNews(StrEnum):
    """What happened to a room as a whole; the values are FreeSWITCH's."""

    BEGAN = "conference-create"
    ENDED = "conference-destroy"
    LOCKED = "lock"
    UNLOCKED = "unlock"
    FLOOR_EMPTY = "floor-change"


class MemberNews(StrEnum):
    CAME = "add-member"
    LEFT = "del-member"
    BEGAN_TO_TALK = "start-talking"
    CEASED_TO_TALK = "stop-talking"
    MUTED = "mute-member"
    UNMUTED = "unmute-member"
    DEAFENED = "deaf-member"
    UNDEAFENED = "undeaf-member"
    KICKED = "kick-member"
    HUNG_UP = "hup-member"
    GOT_THE_FLOOR = "floor-change"
    ENERGY = "energy-level-member"
    VOLUME_IN = "volume-in-member"
    VOLUME_OUT = "volume-out-member"


class SoundNews(StrEnum):
    RECORDING_BEGAN = "start-recording"
    RECORDING_ENDED = "stop-recording"
    FILE_BEGAN = "play-file"
    FILE_ENDED = "play-file-done"
    FILE_BEGAN_FOR_ONE = "play-file-member"
    FILE_ENDED_FOR_ONE = "play-file-member-done"


@dataclass(frozen=True, slots=True)
class RoomTold:
    what: RoomNews
    room: str
    room_id: str
    size: int
    """Members after this."""
    at: float
    """When the switch said so, in seconds since 1970 by its clock."""


@dataclass(frozen=True, slots=True)
class MemberTold:
    what: MemberNews
    room: str
    room_id: str
    size: int
    at: float
    member: Member
    """As it is after this: every event about a member tells all of it."""


@dataclass(frozen=True, slots=True)
class SoundTold:
    what: SoundNews
    room: str
    room_id: str
    at: float
    path: str
    member: int = 0
    """Who alone hears it; 0 for all."""
    seconds: float = 0.0
    """Length of what was recorded or played; known at its end."""
    failed: str = ""
    """Why nothing is played or recorded, in the switch's words."""


@dataclass(frozen=True, slots=True)
class KeyTold:
    """A member (or any caller) has pressed a key."""

    call_id: str
    key: str
    at: float


Told = RoomTold | MemberTold | SoundTold | KeyTold

_ROOM_NEWS = {news.value: news for news in RoomNews}
_MEMBER_NEWS = {news.value: news for news in MemberNews}
_SOUND_NEWS = {news.value: news for news in SoundNews}
_NEEDED = "0123456789*#ABCD"


def told(event: Event) -> Told | None:
    """What a `conference::maintenance` or `DTMF` event says; None for every other event, for
    actions without a meaning here, and for what makes no sense. Raises `WireError` for an
    event that cannot be read."""
    if event.name == KEYS:
        return _key(event)
    if event.name != "CUSTOM" or event.get("Event-Subclass") != SUBSCRIPTION:
        return None
    headers = event.headers
    action, room = headers.get("Action", ""), headers.get("Conference-Name", "")
    if not room or len(room) > MAX_TEXT:
        return None
    if action in _SOUND_NEWS:
        return _sound(_SOUND_NEWS[action], headers)
    number = _count(headers, "Member-ID")
    if action in _MEMBER_NEWS and number:
        return _member_told(_MEMBER_NEWS[action], number, headers)
    if action in _ROOM_NEWS:
        return RoomTold(_ROOM_NEWS[action], room, _room_id(headers), _size(headers), _at(headers))
    return None


def _key(event: Event) -> KeyTold | None:
    key, call_id = event.get("DTMF-Digit"), event.get("Unique-ID")
    if len(key) != 1 or key not in _NEEDED or not call_id:
        return None
    return KeyTold(call_id, key, _seconds(event.get("Event-Date-Timestamp")))


def _member_told(what: MemberNews, number: int, headers: Mapping[str, str]) -> MemberTold:
    member = Member(
        number=number,
        call_id=headers.get("Unique-ID", "")[:MAX_TEXT],
        name=headers.get("Caller-Caller-ID-Name", "")[:MAX_TEXT],
        caller=headers.get("Caller-Caller-ID-Number", "")[:MAX_TEXT],
        hears=headers.get("Hear") == "true",
        speaks=headers.get("Speak") == "true",
        talking=headers.get("Talking") == "true",
        moderator=headers.get("Member-Type") == "moderator",
        has_floor=headers.get("Floor") == "true",
        energy=_count(headers, "Energy-Level"),
    )
    room = headers["Conference-Name"]
    return MemberTold(what, room, _room_id(headers), _size(headers), _at(headers), member)


def _sound(what: SoundNews, headers: Mapping[str, str]) -> SoundTold:
    length = headers.get("Milliseconds-Elapsed") or headers.get("milliseconds") or "0"
    return SoundTold(
        what,
        room=headers["Conference-Name"],
        room_id=_room_id(headers),
        at=_at(headers),
        path=(headers.get("Path") or headers.get("File") or "")[:MAX_PATH],
        member=_count(headers, "Member-ID"),
        seconds=int(length) / 1000 if length.isdecimal() and len(length) < 12 else 0.0,
        failed=headers.get("Error", "")[:MAX_TEXT],
    )


def _room_id(headers: Mapping[str, str]) -> str:
    return headers.get("Conference-Unique-ID", "")[:MAX_TEXT]


def _size(headers: Mapping[str, str]) -> int:
    return _count(headers, "Conference-Size")


def _at(headers: Mapping[str, str]) -> float:
    return _seconds(headers.get("Event-Date-Timestamp", ""))


def _seconds(microseconds: str) -> float:
    good = microseconds.isdecimal() and microseconds.isascii() and len(microseconds) < 20
    return int(microseconds) / 1e6 if good else 0.0


def _count(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    good = text.isdecimal() and text.isascii() and len(text) < 11
    return int(text) if good and int(text) < MAX_NUMBER else 0
