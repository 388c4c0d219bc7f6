"""The expert comes, is lost, and is called."""

from datetime import datetime
from typing import Final

from lines.errors import HourRefused
from lines.experts.hour import air
from lines.experts.hour.guest import seated
from lines.experts.hour.orders import CallExpert, StopCalling, TellAll
from lines.experts.hour.saying import Said, say
from lines.experts.hour.state import RUNS, State
from lines.experts.hour.words import everybody, hosts
from lines.experts.ports import Seat
from lines.outgoing import Outcome
from store.models.expert import SessionState

TOLD: Final = {
    Outcome.BUSY: hosts.EXPERT_BUSY,
    Outcome.NO_ANSWER: hosts.EXPERT_NO_ANSWER,
    Outcome.REFUSED: hosts.EXPERT_REFUSED,
    Outcome.FORBIDDEN: hosts.EXPERT_FORBIDDEN,
}
"""What the host hears; anything else is `EXPERT_UNREACHABLE`."""


def came(state: State, now: datetime) -> None:
    """Into the hall."""
    rang = state.calling.rings
    state.calling.stop()
    state.expert_missing_since = None
    if rang:
        state.order(StopCalling())
    if state.phase is SessionState.OPEN:
        go_live(state, now)
    elif state.phase is SessionState.LIVE and len(state.in_hall(Seat.EXPERT)) == 1:
        state.order(TellAll([say(everybody.EXPERT_BACK)]))
    air.begin_piece(state)


def go_live(state: State, now: datetime) -> None:
    state.phase = SessionState.LIVE
    state.keep_session(live_at=now)
    for guest in state.in_hall(Seat.HOST, Seat.EXPERT):
        state.tell(guest.call_id, say(hosts.LIVE))


def left(state: State, now: datetime) -> None:
    """In mid-answer perhaps: the caller on air keeps their turn."""
    if seated(state.guests.values(), Seat.EXPERT):
        return
    air.end_piece(state)
    state.expert_missing_since = now
    if state.phase is SessionState.LIVE:
        state.order(TellAll([say(everybody.EXPERT_LOST)]))
    elif state.phase is SessionState.OPEN:
        state.tell_conductors(hosts.EXPERT_LOST)
    if state.phase in RUNS and state.agenda.expert:
        _begin(state)


def call(state: State) -> Said:
    """Raises `HourRefused`."""
    if state.in_hall(Seat.EXPERT):
        raise HourRefused(hosts.EXPERT_HERE)
    if not state.agenda.expert:
        raise HourRefused(hosts.NO_EXPERT)
    if not state.calling.rings:
        _begin(state)
    return say(hosts.CALLING_EXPERT)


def not_reached(state: State, outcome: Outcome, now: datetime) -> None:
    """The host hears why, and what comes next."""
    if not state.calling.rings or state.in_hall(Seat.EXPERT):
        return
    again = state.calling.failed(outcome, now)
    why = TOLD.get(outcome, hosts.EXPERT_UNREACHABLE)
    for guest in state.conductors:
        follows = say(hosts.AGAIN_SOON if again else hosts.PRESS_SEVEN)
        state.tell(guest.call_id, say(why), follows)


def call_when_due(state: State, now: datetime) -> None:
    if state.calling.is_due(now):
        state.calling.again()
        state.order(CallExpert())


def _begin(state: State) -> None:
    state.calling.begin()
    state.order(CallExpert())
