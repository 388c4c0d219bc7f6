"""Callers ask, withdraw, and hear their place."""

from datetime import datetime

from lines.experts.hour import asides
from lines.experts.hour.asked import Asked
from lines.experts.hour.guest import Guest
from lines.experts.hour.saying import Said, say
from lines.experts.hour.state import State
from lines.experts.hour.words import callers
from store.models.expert import QuestionState

MOST_WAITING = 200
"""More than an hour can hold; beyond, a flood of wishes would only grow."""


def ask(state: State, guest: Guest, now: datetime) -> None:
    found = state.question_of(guest.call_id)
    if found is None and len(state.questions) >= MOST_WAITING:
        state.tell(guest.call_id, say(callers.TOO_MANY))
        return
    if found is None:
        found = Asked(
            state.new_id(), guest.call_id, guest.caller, now, guest.language, guest.contact
        )
        state.questions[found.id] = found
        state.keep(found)
    state.tell(guest.call_id, *_standing(state, found), *_stay(found))


def withdraw(state: State, guest: Guest, now: datetime) -> None:
    found = state.question_of(guest.call_id)
    if found is None:
        state.tell(guest.call_id, say(callers.NOT_WAITING))
    elif found.state is QuestionState.ON_AIR:
        state.tell(guest.call_id, say(callers.STILL_ON_AIR))
    else:
        if found.state is QuestionState.ASIDE:
            asides.end(state, found)
        found.close(QuestionState.WITHDRAWN, now)
        state.keep(found)
        state.tell(guest.call_id, say(callers.WITHDRAWN))


def hear_place(state: State, guest: Guest) -> None:
    found = state.question_of(guest.call_id)
    said = _standing(state, found) if found else [say(callers.NOT_WAITING)]
    state.tell(guest.call_id, *said)


def _standing(state: State, question: Asked) -> list[Said]:
    if question.state is QuestionState.ON_AIR:
        return [say(callers.STILL_ON_AIR)]
    return [say(callers.PLACE, place=state.place_in_order(question))]


def _stay(question: Asked) -> list[Said]:
    return [] if question.state is QuestionState.ON_AIR else [say(callers.STAY)]
