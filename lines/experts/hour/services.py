"""What may be ordered of an hour other than by its keys: by the desk, by the panel."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from lines.errors import HourRefused, OrderOdd
from lines.experts.hour import air, asides, experts, keys, life
from lines.experts.hour.asked import PRIORITIES
from lines.experts.hour.guest import Guest, seated
from lines.experts.hour.orders import TellAll
from lines.experts.hour.saying import MAX_SPOKEN, say, verbatim
from lines.experts.hour.state import State
from lines.experts.hour.words import everybody, screeners
from lines.experts.ports import Seat

MOST_MINUTES = 120

Service = Callable[..., object]
"""Given the state, the time, and what was asked by name. Raises `HourRefused`, `OrderOdd`."""


def _next(state: State, now: datetime, question: str = "") -> None:
    air.put_on(state, question, now)


def _off(state: State, now: datetime) -> None:
    air.take_off(state, now)


def _mute(state: State, now: datetime) -> None:
    air.set_muted(state, True)


def _unmute(state: State, now: datetime) -> None:
    air.set_muted(state, False)


def _jingle(state: State, now: datetime) -> None:
    keys.jingle(state)


def _extend(state: State, now: datetime, minutes: int = life.MORE) -> None:
    if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
        raise OrderOdd(f"{minutes!r} minutes more are not possible: 1 to {MOST_MINUTES}")
    life.extend(state, minutes)


def _close(state: State, now: datetime) -> None:
    life.close(state, now, "closed by the desk", say(everybody.FAREWELL))


def _call_expert(state: State, now: datetime) -> None:
    experts.call(state)


def _aside(state: State, now: datetime, question: str = "", screener: str = "") -> None:
    """`screener`: a call; the first who is free, otherwise."""
    free = [g for g in seated(state.guests.values(), Seat.SCREENER) if not g.aside]
    able = [guest for guest in free if not screener or guest.call_id == screener]
    if not able:
        raise OrderOdd("no screener is free: one has to call in with the screener's PIN")
    asides.begin(state, able[0], question)


def _back(state: State, now: datetime, question: str = "") -> None:
    """From speaking with the given question's caller, or with any."""
    asides.back(state, _screener_of(state, question))


def _note(state: State, now: datetime, question: str, text: str) -> None:
    found = state.question(question)
    found.note = " ".join(_text(text).split())
    state.keep(found)


def _priority(state: State, now: datetime, question: str, priority: int) -> None:
    if type(priority) is not int or priority not in PRIORITIES:
        raise OrderOdd(f"{priority!r} is no priority: {PRIORITIES[0]} to {PRIORITIES[-1]}")
    found = state.question(question)
    found.set_priority(priority)
    state.keep(found)


def _remove(state: State, now: datetime, question: str = "") -> None:
    air.throw_out(state, question, now)


def _announce(state: State, now: datetime, text: str) -> None:
    state.order(TellAll([verbatim(_text(text))]))


def _screener_of(state: State, question: str) -> Guest:
    busy = (g for g in seated(state.guests.values(), Seat.SCREENER) if g.aside)
    found = next((guest for guest in busy if not question or guest.aside == question), None)
    if found is None:
        raise HourRefused(screeners.NOT_ASIDE)
    return found


def _text(text: object) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_SPOKEN:
        raise OrderOdd(f"{str(text)[:40]!r} cannot be said: 1 to {MAX_SPOKEN} characters")
    return text


SERVICES: Final[Mapping[str, Service]] = {
    "next": _next,
    "off": _off,
    "mute": _mute,
    "unmute": _unmute,
    "jingle": _jingle,
    "extend": _extend,
    "close": _close,
    "call_expert": _call_expert,
    "aside": _aside,
    "back": _back,
    "note": _note,
    "priority": _priority,
    "remove": _remove,
    "announce": _announce,
}


def serve(state: State, verb: str, now: datetime, given: Mapping[str, Any]) -> None:
    """Raises `HourRefused`, `OrderOdd`."""
    try:
        SERVICES[verb](state, now, **given)
    except TypeError as error:
        raise OrderOdd(f"{verb} was asked with {sorted(given)}: {error}") from error
