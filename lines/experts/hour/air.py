"""Callers come on air, one at a time, and go off again."""

from datetime import datetime

from lines.errors import HourRefused
from lines.experts.hour.asked import Asked
from lines.experts.hour.guest import Guest
from lines.experts.hour.orders import (
    BeginPiece,
    Deafen,
    EndPiece,
    Mute,
    Undeafen,
    Unmute,
)
from lines.experts.hour.saying import Said, say
from lines.experts.hour.state import State
from lines.experts.hour.words import callers, hosts
from lines.experts.ports import Seat
from store.models.expert import QuestionState, SessionState


def put_on(state: State, question_id: str, now: datetime) -> None:
    """The given question's caller, or (empty) the next one's. Raises `HourRefused`."""
    if state.on_air is not None:
        raise HourRefused(hosts.SOMEBODY_ON_AIR)
    question = state.question(question_id) if question_id else _next(state)
    if not can_come(state, question):
        raise HourRefused(hosts.ALL_ASIDE)
    question.state, question.on_air_at = QuestionState.ON_AIR, now
    state.muted = False
    state.order(Unmute(question.call_id))
    if not state.agenda.session.listeners:
        state.order(Undeafen(question.call_id))
    state.tell(question.call_id, say(callers.ON_AIR))
    begin_piece(state)
    state.keep(question)


def take_off(state: State, now: datetime) -> None:
    """The caller listens again. Raises `HourRefused`."""
    question = _on_air(state)
    state.order(Mute(question.call_id))
    if not state.agenda.session.listeners:
        state.order(Deafen(question.call_id))
    _closed(state, question, now)
    state.tell(question.call_id, say(callers.OFF_AIR))


def hung_up(state: State, question: Asked, now: datetime) -> None:
    """The caller on air is gone."""
    _closed(state, question, now)
    state.tell_conductors(hosts.CALLER_GONE)


def set_muted(state: State, muted: bool | None) -> Said:
    """None: the other way round. Raises `HourRefused`."""
    question = _on_air(state)
    state.muted = not state.muted if muted is None else muted
    state.order(Mute(question.call_id) if state.muted else Unmute(question.call_id))
    return say(hosts.MUTED if state.muted else hosts.UNMUTED)


def throw_out(state: State, question_id: str, now: datetime) -> Said:
    """The given question's caller, or (empty) the one on air. Raises `HourRefused`."""
    question = state.question(question_id) if question_id else _on_air(state)
    guest = state.guests[question.call_id]
    if question.state is QuestionState.ON_AIR:
        state.order(Mute(question.call_id))
        _closed(state, question, now)
    else:
        question.close(QuestionState.GONE, now)
        state.keep(question)
    guest.removed, guest.aside = True, ""
    state.show_out(guest)
    return say(hosts.THROWN_OUT)


def begin_piece(state: State) -> None:
    """Where somebody is on air with the expert, and it is to be recorded."""
    question, wanted = state.on_air, state.agenda.session.record
    if wanted and question and not state.recording and state.in_hall(Seat.EXPERT):
        state.recording = state.phase is SessionState.LIVE
        if state.recording:
            state.order(BeginPiece(question))


def end_piece(state: State) -> None:
    if state.recording:
        state.recording = False
        state.order(EndPiece())


def should_speak(state: State, guest: Guest) -> bool:
    if guest.seat in (Seat.HOST, Seat.EXPERT):
        return True
    question = state.question_of(guest.call_id)
    return question is not None and question is state.on_air and not state.muted


def can_come(state: State, question: Asked) -> bool:
    """A caller who is just being led from one room into another cannot be unmuted."""
    guest = state.guests[question.call_id]
    return question.state is QuestionState.WAITING and guest.room == state.hall


def _next(state: State) -> Asked:
    if not state.waiting:
        raise HourRefused(hosts.NOBODY_WAITS)
    able = (question for question in state.waiting if can_come(state, question))
    found = next(able, None)
    if found is None:
        raise HourRefused(hosts.ALL_ASIDE)
    return found


def _on_air(state: State) -> Asked:
    if state.on_air is None:
        raise HourRefused(hosts.NOBODY_ON_AIR)
    return state.on_air


def _closed(state: State, question: Asked, now: datetime) -> None:
    end_piece(state)
    state.muted = False
    question.close(QuestionState.ANSWERED, now)
    state.keep(question)
