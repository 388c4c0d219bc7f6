"""An hour opens, nears its end, is extended, and ends."""

from datetime import datetime, timedelta
from typing import Final

from lines.errors import HourRefused
from lines.experts.hour import air, experts
from lines.experts.hour.orders import EndRooms, Mute, StopCalling, TellAll
from lines.experts.hour.saying import Said, say
from lines.experts.hour.state import RUNS, State
from lines.experts.hour.words import everybody, hosts
from lines.experts.ports import Seat
from store.models.expert import QuestionState, SessionState

MORE: Final = 5
"""Minutes that one extension adds."""
OVERRUN = timedelta(minutes=10)
"""How long beyond the end whoever is on air may stay so."""
MISSING = timedelta(minutes=10)
"""How long everybody waits for the expert."""
WARNINGS: Final = {1: hosts.ONE_LEFT, 5: hosts.FIVE_LEFT}
"""By minutes before the end; the nearest first."""


def tick(state: State, now: datetime) -> None:
    """To be called each second."""
    if state.phase is SessionState.SCHEDULED and now >= state.agenda.opens_at:
        open_doors(state, now)
    if state.phase not in RUNS:
        return
    experts.call_when_due(state, now)
    _warn(state, now)
    if now >= last_moment(state):
        close(state, now, "", say(everybody.FAREWELL))
    elif _is_expert_missed(state, now):
        _miss(state, now)


def open_doors(state: State, now: datetime) -> None:
    state.phase = SessionState.OPEN
    state.keep_session(opened_at=now)
    state.expert_missing_since = max(now, state.agenda.session.starts_at)
    if state.in_hall(Seat.EXPERT):
        state.expert_missing_since = None
        experts.go_live(state, now)
    elif state.agenda.call_expert and state.agenda.expert and not state.calling.rings:
        experts.call(state)


def last_moment(state: State) -> datetime:
    """When the hour must end, as things stand. The line's next session is never kept waiting."""
    end = state.ends_at + (OVERRUN if state.on_air else timedelta())
    following = state.agenda.next
    return min(end, following.starts_at) if following else end


def extend(state: State, minutes: int) -> Said:
    """Raises `HourRefused`."""
    longer = state.ends_at + timedelta(minutes=minutes)
    following = state.agenda.next
    if state.phase not in RUNS or (following and longer > following.starts_at):
        raise HourRefused(hosts.NOT_LONGER)
    state.ends_at, state.minutes_more = longer, state.minutes_more + minutes
    state.keep_session()
    return say(hosts.EXTENDED, count=minutes)


def close(
    state: State,
    now: datetime,
    reason: str,
    *words: Said,
    phase: SessionState = SessionState.CLOSED,
) -> None:
    """Say goodbye to all, then let everybody go: each hears of the next session from the step
    that brought them here, in their own language. Nothing happens when it is over already."""
    if state.phase not in RUNS and state.phase is not SessionState.SCHEDULED:
        return
    if state.on_air:
        state.order(Mute(state.on_air.call_id))
    air.end_piece(state)
    for question in list(state.questions.values()):
        was_on_air = question.state is QuestionState.ON_AIR
        question.close(QuestionState.ANSWERED if was_on_air else QuestionState.GONE, now)
        state.keep(question)
    state.phase = phase
    state.calling.stop()
    state.keep_session(closed_at=now, reason=reason)
    state.order(StopCalling(), TellAll(words), EndRooms())


def _warn(state: State, now: datetime) -> None:
    left = state.ends_at - now
    if left <= timedelta():
        return
    for minutes, words in WARNINGS.items():
        if left <= timedelta(minutes=minutes):
            if (state.ends_at, minutes) not in state.warned:
                for guest in state.in_hall(Seat.HOST, Seat.EXPERT):
                    state.tell(guest.call_id, say(words))
            state.warned |= {(state.ends_at, each) for each in WARNINGS if each >= minutes}
            return


def _is_expert_missed(state: State, now: datetime) -> bool:
    since = state.expert_missing_since
    return since is not None and now >= since + MISSING


def _miss(state: State, now: datetime) -> None:
    if state.phase is SessionState.OPEN:
        reason = "the expert never came"
        close(state, now, reason, say(everybody.MISSED), phase=SessionState.MISSED)
    else:
        close(state, now, "the expert did not come back", say(everybody.MISSED))
