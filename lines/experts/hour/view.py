"""An hour as the desk sees it: plain data."""

from collections.abc import Mapping
from typing import Any

from lines.experts.hour.asked import Asked
from lines.experts.hour.guest import Guest, seated
from lines.experts.hour.state import State
from lines.experts.ports import Seat

MOST_SHOWN = 50
"""Of those who wait; an event of the switch has to hold them."""


def view(state: State) -> dict[str, Any]:
    """`callers` are all who were let in, `listeners` those who are in the hall now."""
    waiting = state.waiting
    session = state.agenda.session
    return {
        "session": session.id,
        "line": session.line.name,
        "topic": session.topic,
        "state": state.phase.value,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": state.ends_at.isoformat(),
        "callers": len(seated(state.guests.values(), Seat.CALLER)),
        "listeners": len(state.in_hall(Seat.CALLER)),
        "staff": [_guest(guest) for guest in state.guests.values() if _is_staff(guest)],
        "calling_expert": state.calling.rings,
        "on_air": _asked(state.on_air) if state.on_air else None,
        "muted": state.muted,
        "recording": state.recording,
        "waiting": [_asked(each) for each in waiting[:MOST_SHOWN]],
        "waiting_count": len(waiting),
    }


def _is_staff(guest: Guest) -> bool:
    return guest.seat is not Seat.CALLER and not guest.removed


def _guest(guest: Guest) -> Mapping[str, Any]:
    return {
        "call": guest.call_id,
        "seat": guest.seat.value,
        "name": guest.caller.name,
        "number": guest.caller.number,
        "room": guest.room,
        "aside": guest.aside,
    }


def _asked(question: Asked) -> Mapping[str, Any]:
    return {
        "question": question.id,
        "call": question.call_id,
        "name": question.caller.name,
        "number": "" if question.caller.withheld else question.caller.number,
        "contact": question.contact,
        "state": question.state.value,
        "priority": question.priority,
        "note": question.note,
        "screened": question.screened,
        "language": question.language,
        "asked_at": question.asked_at.isoformat(),
        "on_air_at": question.on_air_at.isoformat() if question.on_air_at else None,
    }
