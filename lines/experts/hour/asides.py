"""A screener and a waiting caller step aside, into a room of their own, and come back."""

from lines.errors import HourRefused
from lines.experts.hour.asked import Asked
from lines.experts.hour.guest import Guest
from lines.experts.hour.saying import Number, Said, say, sayable
from lines.experts.hour.state import State, aside_name
from lines.experts.hour.words import callers, hosts, screeners
from lines.experts.ports import Seat
from store.models.expert import QuestionState


def begin(state: State, screener: Guest, question_id: str) -> None:
    """With the given question's caller, or (empty) the next one nobody has spoken with.

    Raises `HourRefused`.
    """
    if screener.aside:
        raise HourRefused(screeners.FIRST_BACK)
    question = state.question(question_id) if question_id else _next(state)
    guest = state.guests[question.call_id]
    if guest.stranded or screener.stranded:
        raise HourRefused(screeners.CANNOT_MOVE)
    if question.state is not QuestionState.WAITING:
        raise HourRefused(hosts.ALL_ASIDE)
    question.state = QuestionState.ASIDE
    screener.aside = guest.aside = question.id
    state.show_out(screener)
    state.show_out(guest)
    state.keep(question)


def back(state: State, screener: Guest) -> None:
    """Both; the caller counts as spoken with. Raises `HourRefused`."""
    question = questioned(state, screener)
    if screener.stranded or state.guests[question.call_id].stranded:
        raise HourRefused(screeners.CANNOT_MOVE)
    question.screened = True
    end(state, question)
    state.keep(question)


def end(state: State, question: Asked) -> None:
    """Whoever is aside for it belongs in the hall again."""
    question.state = QuestionState.WAITING
    for guest in state.guests.values():
        if guest.aside == question.id:
            guest.aside = ""
            if guest.room == aside_name(question.id):
                state.show_out(guest)


def caller_gone(state: State, question: Asked) -> None:
    for guest in state.guests.values():
        if guest.aside == question.id:
            state.tell(guest.call_id, say(hosts.CALLER_GONE))
    end(state, question)


def questioned(state: State, screener: Guest) -> Asked:
    """With whom a screener speaks. Raises `HourRefused`."""
    if screener.aside not in state.questions:
        raise HourRefused(screeners.NOT_ASIDE)
    return state.questions[screener.aside]


def raise_by(state: State, screener: Guest, steps: int) -> Said:
    """Raises `HourRefused`."""
    question = questioned(state, screener)
    question.raise_by(steps)
    state.keep(question)
    return say(screeners.NOW_NUMBER, place=state.place_in_order(question))


def greet(state: State, guest: Guest) -> None:
    """Somebody has come into the room aside."""
    question = state.questions[guest.aside]
    if guest.seat is Seat.CALLER:
        state.tell(guest.call_id, say(callers.ASIDE))
    else:
        state.tell(guest.call_id, caller_named(question))


def welcome_back(state: State, guest: Guest) -> None:
    if guest.seat is not Seat.CALLER:
        state.tell(guest.call_id, say(screeners.IN_HALL))
        return
    question = state.question_of(guest.call_id)
    place = [say(callers.PLACE, place=state.place_in_order(question))] if question else []
    state.tell(guest.call_id, say(callers.BACK), *place)


def caller_named(question: Asked) -> Said:
    if sayable(question.caller.number) and not question.caller.withheld:
        return say(screeners.WITH_NUMBER, number=Number(question.caller.number))
    return say(screeners.WITH_WITHHELD)


def _next(state: State) -> Asked:
    left = [each for each in state.waiting if not each.screened]
    able = (each for each in left if each.state is QuestionState.WAITING)
    found = next(able, None)
    if found is None:
        raise HourRefused(screeners.NOBODY)
    return found
