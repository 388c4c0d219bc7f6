"""People come into the hour, from one of its rooms into another, and leave."""

from datetime import datetime

from ivr_flows.ports import Party, Role
from lines.experts.hour import air, asides, experts
from lines.experts.hour.asking import MOST_WAITING, ask
from lines.experts.hour.guest import Guest, seated
from lines.experts.hour.orders import Deafen, KeepSeats, Mute, ShowOut, Unmute
from lines.experts.hour.state import RUNS, State
from lines.experts.hour.words import hosts
from lines.experts.ports import Farewell, Place, Seat
from store.models.expert import QuestionState, SessionState

_EARLY = SessionState.SCHEDULED
"""The doors are not open yet, but for staff."""
_ALWAYS_HEARD = (Seat.HOST, Seat.EXPERT)


def enter(state: State, call_id: str, seat: Seat, caller: Party, language: str) -> Farewell | None:
    """None: they are in. Staff may come before the doors open. A call from before a restart that
    was fetched back keeps its seat and its question."""
    if (guest := state.guests.get(call_id)) is not None:
        guest.stranded, guest.room = False, ""
        return None
    if state.phase not in RUNS and (seat is Seat.CALLER or state.phase is not _EARLY):
        return Farewell.CLOSED
    if seat is Seat.CALLER and _is_full(state):
        return Farewell.FULL
    state.guests[call_id] = Guest(call_id, seat, caller, language)
    return None


def place(state: State, call_id: str) -> Place | Farewell:
    """Where this call belongs now."""
    guest = state.guests.get(call_id)
    if guest is not None and guest.removed:
        return Farewell.REMOVED
    if state.phase not in RUNS and state.phase is not _EARLY:
        return Farewell.CLOSED
    if guest is None:
        return Farewell.LOST
    if guest.aside:
        return Place(state.room_of(guest), Role.SPEAKER)
    return Place(state.hall, _role(state, guest), hall=True)


def came(state: State, call_id: str, room: str, now: datetime) -> None:
    """The switch has this call in that room."""
    guest = state.guests.get(call_id)
    if guest is None or guest.room == room:
        return
    was_aside = guest.was_aside
    guest.room, guest.was_aside = room, room != state.hall
    if isinstance(belongs := place(state, call_id), Farewell) or belongs.room != room:
        state.order(ShowOut(call_id, room))
    elif guest.aside:
        asides.greet(state, guest)
    else:
        _in_hall(state, guest, now)
        if was_aside:
            asides.welcome_back(state, guest)


def seen(state: State, call_id: str, *, speaks: bool) -> None:
    """Whether the switch lets somebody in the hall be heard; set right where it should not."""
    guest = state.guests.get(call_id)
    if guest is None or guest.room != state.hall:
        return
    wanted = air.should_speak(state, guest)
    if wanted != speaks:
        state.order(Unmute(call_id) if wanted else Mute(call_id))


def went(state: State, call_id: str, room: str, now: datetime) -> None:
    """Out of that room. With nobody to ask where to go next, the call is over."""
    guest = state.guests.get(call_id)
    if guest is not None and guest.room == room:
        guest.room = ""
        if guest.stranded:
            leave(state, call_id, now)


def leave(state: State, call_id: str, now: datetime) -> None:
    """The call has ended, or goes on elsewhere."""
    guest = state.guests.pop(call_id, None)
    if guest is None:
        return
    _drop_question(state, guest, now)
    if guest.seat is Seat.SCREENER and guest.aside in state.questions:
        question = state.questions[guest.aside]
        asides.end(state, question)
        state.keep(question)
    if guest.seat is not Seat.CALLER:
        state.order(KeepSeats())
    if guest.seat is Seat.EXPERT:
        experts.left(state, now)
    if guest.seat is Seat.HOST and not seated(state.guests.values(), Seat.HOST):
        state.tell_conductors(hosts.HOST_LEFT)


def _drop_question(state: State, guest: Guest, now: datetime) -> None:
    question = state.question_of(guest.call_id)
    if question is None:
        return
    if question.state is QuestionState.ON_AIR:
        air.hung_up(state, question, now)
        return
    if question.state is QuestionState.ASIDE:
        asides.caller_gone(state, question)
    question.close(QuestionState.GONE, now)
    state.keep(question)


def _in_hall(state: State, guest: Guest, now: datetime) -> None:
    if guest.seat is not Seat.CALLER:
        state.order(KeepSeats())
    if guest.seat is Seat.EXPERT:
        experts.came(state, now)
    if guest.seat is Seat.CALLER and not state.agenda.session.listeners:
        state.order(Deafen(guest.call_id))
        ask(state, guest, now)


def _role(state: State, guest: Guest) -> Role:
    if guest.seat in _ALWAYS_HEARD:
        return Role.MODERATOR
    return Role.SPEAKER if air.should_speak(state, guest) else Role.LISTENER


def _is_full(state: State) -> bool:
    most = state.agenda.session.listeners or MOST_WAITING
    return len(seated(state.guests.values(), Seat.CALLER)) >= most
