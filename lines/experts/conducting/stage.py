"""What a conductor works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from esl.conference import RoomControl
from esl.conference_list import Member
from ivr_flows.ports import Speech
from lines.outgoing import Outgoing
from lines.pieces.ports import PieceRecording
from lines.rooms import Room
from store.jobs import Job


@dataclass(frozen=True, slots=True)
class Stage:
    control: Callable[[str], RoomControl]
    """Of a room, by its name."""
    member: Callable[[str], tuple[Room, Member] | None]
    """Where a call is."""
    hang_up: Callable[[str], object]
    """Ends a call by its id; raises `EslError`."""
    speech: Speech
    outgoing: Outgoing
    pieces: PieceRecording
    keep: Callable[[Job], object]
    """In the store, soon; returns at once."""
    now: Callable[[], datetime]
