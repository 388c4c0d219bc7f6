"""Somebody's call in an hour."""

from collections.abc import Iterable
from dataclasses import dataclass

from ivr_flows.ports import Party
from lines.experts.ports import Seat


@dataclass(slots=True)
class Guest:
    call_id: str
    seat: Seat
    caller: Party
    language: str
    contact: str = ""
    """Where a caller can be reached, if not at the number shown."""
    room: str = ""
    """Of the switch, where they are now; empty while they are in none."""
    aside: str = ""
    """Id of the question for which they are to be aside; empty: they belong in the hall."""
    was_aside: bool = False
    """Whether the room where they were last was one aside."""
    removed: bool = False
    """Thrown out by the host."""
    stranded: bool = False
    """Still in the hall from before a restart of the callbox: nobody asks for their place any
    more: they cannot be led elsewhere."""


def seated(guests: Iterable[Guest], *seats: Seat) -> list[Guest]:
    """In the order in which they came."""
    return [guest for guest in guests if guest.seat in seats and not guest.removed]
