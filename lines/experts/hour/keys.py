"""What keys mean in an hour, by who presses them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lines.errors import HourRefused
from lines.experts.hour import air, asides, asking, experts, life
from lines.experts.hour.guest import Guest
from lines.experts.hour.orders import PlayJingle
from lines.experts.hour.saying import Number, Said, say, sayable, verbatim
from lines.experts.hour.state import State
from lines.experts.hour.words import callers, everybody, hosts, screeners
from lines.experts.ports import Seat

TWIN_SECONDS = 1.5
"""The same key from two who steer, nearer together than this, is meant once."""
CLOSE_SECONDS = 5.0
"""Between the two presses that close an hour."""

Action = Callable[[State, Guest, datetime], Said | None]
"""What is done; what whoever pressed it hears. Raises `HourRefused`."""


@dataclass(slots=True)
class Pressed:
    """The last key of those who steer."""

    key: str = ""
    call_id: str = ""
    at: float = float("-inf")
    """Seconds, by the switch's clock."""

    def is_twin(self, key: str, call_id: str, at: float) -> bool:
        return key == self.key and call_id != self.call_id and at - self.at < TWIN_SECONDS


def press(state: State, last: Pressed, guest: Guest, key: str, at: float, now: datetime) -> Pressed:
    """Do it, at once. `at` is the switch's time of it; what was pressed last by those who steer
    is given and returned."""
    steers = guest in state.conductors
    if steers and key != "0" and last.is_twin(key, guest.call_id, at):
        return last
    pressed = Pressed(key, guest.call_id, at)
    if steers and key == "9":
        return _close(state, last, pressed, now)
    action = _table(guest, steers).get(key)
    if action is not None:
        _do(state, guest, action, now)
    return pressed if steers else last


def _do(state: State, guest: Guest, action: Action, now: datetime) -> None:
    try:
        answer = action(state, guest, now)
    except HourRefused as refused:
        answer = say(refused.words)
    if answer is not None:
        state.tell(guest.call_id, answer)


def _close(state: State, last: Pressed, pressed: Pressed, now: datetime) -> Pressed:
    twice = last.key == "9" and last.call_id == pressed.call_id
    if twice and pressed.at - last.at <= CLOSE_SECONDS:
        life.close(state, now, "closed by phone", say(everybody.FAREWELL))
    else:
        state.tell(pressed.call_id, say(hosts.CLOSE_AGAIN))
    return pressed


def _table(guest: Guest, steers: bool) -> Mapping[str, Action]:
    if steers:
        return CONDUCTOR
    return {Seat.CALLER: CALLER, Seat.SCREENER: SCREENER}.get(guest.seat, EXPERT)


def _ask(state: State, guest: Guest, now: datetime) -> None:
    asking.ask(state, guest, now)


def _withdraw(state: State, guest: Guest, now: datetime) -> None:
    asking.withdraw(state, guest, now)


def _place(state: State, guest: Guest, now: datetime) -> None:
    asking.hear_place(state, guest)


def jingle(state: State) -> None:
    """Raises `HourRefused`."""
    if not state.agenda.session.jingle:
        raise HourRefused(hosts.NO_JINGLE)
    state.order(PlayJingle(state.agenda.session.jingle))


def _who_waits(state: State, guest: Guest, now: datetime) -> None:
    waiting = state.waiting
    if not waiting:
        raise HourRefused(hosts.NOBODY_WAITS)
    many = len(waiting) > 1
    said = [say(hosts.MANY_WAIT, count=len(waiting)) if many else say(hosts.ONE_WAITS)]
    caller = waiting[0].caller
    shown = sayable(caller.number) and not caller.withheld
    number = say(hosts.NEXT_FROM, number=Number(caller.number))
    said.append(number if shown else say(hosts.NEXT_WITHHELD))
    if waiting[0].note:
        said.append(verbatim(waiting[0].note))
    state.tell(guest.call_id, *said)


def _back_and_next(state: State, guest: Guest, now: datetime) -> None:
    if guest.aside:
        asides.back(state, guest)
    asides.begin(state, guest, "")


CALLER: Final[Mapping[str, Action]] = {
    "1": _ask,
    "2": _withdraw,
    "3": _place,
    "0": lambda state, guest, now: say(callers.HELP),
}
CONDUCTOR: Final[Mapping[str, Action]] = {
    "1": lambda state, guest, now: air.put_on(state, "", now),
    "2": lambda state, guest, now: air.take_off(state, now),
    "3": lambda state, guest, now: air.set_muted(state, None),
    "4": lambda state, guest, now: jingle(state),
    "5": lambda state, guest, now: life.extend(state, life.MORE),
    "6": _who_waits,
    "7": lambda state, guest, now: experts.call(state),
    "8": lambda state, guest, now: air.throw_out(state, "", now),
    "0": lambda state, guest, now: say(hosts.HELP),
}
"""And 9, pressed twice."""
SCREENER: Final[Mapping[str, Action]] = {
    "1": lambda state, guest, now: asides.begin(state, guest, ""),
    "2": lambda state, guest, now: asides.back(state, guest),
    "3": lambda state, guest, now: asides.raise_by(state, guest, 1),
    "4": lambda state, guest, now: asides.raise_by(state, guest, -1),
    "5": _back_and_next,
    "0": lambda state, guest, now: say(screeners.HELP),
}
EXPERT: Final[Mapping[str, Action]] = {
    "0": lambda state, guest, now: say(hosts.HOST_STEERS),
}
"""While a host is there."""
