"""One expert's hour: what happens goes in, what is to be done comes out. No switch, no clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ivr_flows.ports import Party
from lines.experts.hour import coming, experts, keys, life, resuming, services
from lines.experts.hour.agenda import Agenda
from lines.experts.hour.orders import Order
from lines.experts.hour.saying import say
from lines.experts.hour.state import State
from lines.experts.hour.view import view
from lines.experts.hour.words import everybody
from lines.experts.ports import Farewell, Place, Seat
from lines.outgoing import Outcome
from store.models.expert import SessionState


class Hour:
    """Nothing here waits. After each call `take_orders` gives what it led to, in order."""

    def __init__(self, agenda: Agenda, new_id: Callable[[], str]) -> None:
        session = agenda.session
        self._pressed = keys.Pressed()
        self._state = State(
            agenda, new_id, session.state, session.ends_at, minutes_more=agenda.minutes_more
        )

    @property
    def agenda(self) -> Agenda:
        return self._state.agenda

    @agenda.setter
    def agenda(self, agenda: Agenda) -> None:
        """As the store has it now: it may have been moved, or the line's next session."""
        self._state.agenda = agenda
        if self.phase is SessionState.SCHEDULED:
            self._state.ends_at = agenda.session.ends_at

    @property
    def phase(self) -> SessionState:
        return self._state.phase

    @property
    def view(self) -> dict[str, Any]:
        return view(self._state)

    def take_orders(self) -> Sequence[Order]:
        orders, self._state.orders = self._state.orders, []
        return orders

    # Calls, as their own loops tell.

    def enter(self, call_id: str, seat: Seat, caller: Party, language: str) -> Farewell | None:
        """None: they take part."""
        return coming.enter(self._state, call_id, seat, caller, language)

    def place(self, call_id: str) -> Place | Farewell:
        return coming.place(self._state, call_id)

    def contact(self, call_id: str, number: str) -> None:
        guest = self._state.guests.get(call_id)
        if guest is not None:
            guest.contact = number

    def leave(self, call_id: str, now: datetime) -> None:
        coming.leave(self._state, call_id, now)

    def guest_language(self, call_id: str) -> str:
        guest = self._state.guests.get(call_id)
        return guest.language if guest else self.agenda.session.languages[0]

    def whereabouts(self) -> Mapping[str, str]:
        """The room of each call; empty while it is in none."""
        return {guest.call_id: guest.room for guest in self._state.guests.values()}

    @property
    def stranded(self) -> Sequence[str]:
        """Calls that nobody leads any more."""
        return [guest.call_id for guest in self._state.guests.values() if guest.stranded]

    def seats(self) -> Mapping[Seat, Sequence[str]]:
        """The calls of all but callers."""
        staff = [guest for guest in self._state.guests.values() if guest.seat is not Seat.CALLER]
        return {
            seat: [guest.call_id for guest in staff if guest.seat is seat]
            for seat in (Seat.HOST, Seat.EXPERT, Seat.SCREENER)
        }

    # Rooms, as the switch tells.

    def came(self, call_id: str, room: str, now: datetime) -> None:
        coming.came(self._state, call_id, room, now)

    def went(self, call_id: str, room: str, now: datetime) -> None:
        coming.went(self._state, call_id, room, now)

    def seen(self, call_id: str, *, speaks: bool) -> None:
        coming.seen(self._state, call_id, speaks=speaks)

    def key(self, call_id: str, key: str, at: float, now: datetime) -> None:
        """`at`: the switch's time, in seconds."""
        guest = self._state.guests.get(call_id)
        if guest is not None and not guest.removed and self.phase not in _OVER:
            self._pressed = keys.press(self._state, self._pressed, guest, key, at, now)

    # The rest.

    def resume(
        self, found: Iterable[resuming.Found], seats: Mapping[str, Seat], now: datetime
    ) -> None:
        """After a restart, with who is still in the hour's rooms."""
        resuming.resume(self._state, found, seats, now)

    def tick(self, now: datetime) -> None:
        life.tick(self._state, now)

    def expert_not_reached(self, outcome: Outcome, now: datetime) -> None:
        experts.not_reached(self._state, outcome, now)

    def cancelled(self, now: datetime) -> None:
        cancelled = SessionState.CANCELLED
        life.close(self._state, now, "", say(everybody.CANCELLED), phase=cancelled)

    def serve(self, verb: str, now: datetime, given: Mapping[str, Any]) -> None:
        """One of `SERVICES`. Raises `HourRefused`, `OrderOdd`."""
        services.serve(self._state, verb, now, given)


_OVER = frozenset({SessionState.CLOSED, SessionState.MISSED, SessionState.CANCELLED})
