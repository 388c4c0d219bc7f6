"""An hour is taken up again after a restart, from the store and from who is in its rooms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ivr_flows.ports import Party
from lines.experts.hour import air, experts
from lines.experts.hour.asked import Asked
from lines.experts.hour.guest import Guest
from lines.experts.hour.state import RUNS, State
from lines.experts.ports import Seat
from store.models.expert import QuestionState, SessionState


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody in one of the hour's rooms."""

    call_id: str
    room: str
    number: str = ""
    name: str = ""


def resume(state: State, found: Iterable[Found], seats: Mapping[str, Seat], now: datetime) -> None:
    """`seats`: those of hosts, experts and screeners, by call; whoever has none is a caller."""
    asked = {question.call_id: question for question in state.agenda.questions}
    for each in found:
        _add(state, each, seats.get(each.call_id, Seat.CALLER), asked.pop(each.call_id, None))
    for question in asked.values():
        was_on_air = question.state is QuestionState.ON_AIR
        question.close(QuestionState.ANSWERED if was_on_air else QuestionState.GONE, now)
        state.keep(question)
    for guest in state.guests.values():
        _settle_aside(state, guest)
    _settle_expert(state, now)
    air.begin_piece(state)


def _add(state: State, found: Found, seat: Seat, question: Asked | None) -> None:
    party = question.caller if question else Party(found.number, found.name)
    language = question.language if question else state.agenda.session.languages[0]
    guest = Guest(found.call_id, seat, party, language, room=found.room, stranded=True)
    guest.aside = found.room.removeprefix("aside-") if found.room != state.hall else ""
    guest.was_aside = bool(guest.aside)
    state.guests[found.call_id] = guest
    if question is not None:
        guest.contact = question.contact
        state.questions[question.id] = question


def _settle_aside(state: State, guest: Guest) -> None:
    """Whoever is in a room aside and cannot be led back stays there; others are not aside."""
    if guest.aside not in state.questions:
        guest.aside = ""
    question = state.question_of(guest.call_id)
    if question and question.state is QuestionState.ASIDE and not guest.aside:
        question.state = QuestionState.WAITING
        state.keep(question)


def _settle_expert(state: State, now: datetime) -> None:
    if state.phase not in RUNS:
        return
    if not state.in_hall(Seat.EXPERT):
        state.expert_missing_since = max(now, state.agenda.session.starts_at)
        if state.agenda.expert and (state.agenda.call_expert or state.phase is SessionState.LIVE):
            experts.call(state)
    elif state.phase is SessionState.OPEN:
        experts.go_live(state, now)
