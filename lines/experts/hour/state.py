"""An hour as it stands: who is where, who waits, who is on air."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from ivr_flows.sentences import Words
from lines.errors import HourRefused
from lines.experts.hour.agenda import Agenda
from lines.experts.hour.asked import Asked, in_order
from lines.experts.hour.calling import Calling
from lines.experts.hour.guest import Guest, seated
from lines.experts.hour.orders import HangUp, KeepQuestion, KeepSession, Order, ShowOut, Tell
from lines.experts.hour.saying import Fill, Said, say
from lines.experts.hour.words import hosts
from lines.experts.ports import Seat
from store.models.expert import QuestionState, SessionState

RUNS = frozenset({SessionState.OPEN, SessionState.LIVE})


@dataclass(slots=True)
class State:
    """What the rules of an hour work on. They change it at once and note what is to be done."""

    agenda: Agenda
    new_id: Callable[[], str]
    phase: SessionState
    ends_at: datetime
    minutes_more: int = 0
    guests: dict[str, Guest] = field(default_factory=dict)
    """By call, in the order in which they came."""
    questions: dict[str, Asked] = field(default_factory=dict)
    """Those that wait, or are aside or on air."""
    muted: bool = False
    """Whether the caller on air is, by the host's wish."""
    recording: bool = False
    calling: Calling = field(default_factory=Calling)
    expert_missing_since: datetime | None = None
    warned: set[tuple[datetime, int]] = field(default_factory=set)
    """Which ends of the hour were announced, how many minutes ahead."""
    orders: list[Order] = field(default_factory=list)

    # Who and where.

    @property
    def hall(self) -> str:
        return hall_name(self.agenda.session.id)

    def room_of(self, guest: Guest) -> str:
        """Where they belong."""
        return aside_name(guest.aside) if guest.aside else self.hall

    def in_hall(self, *seats: Seat) -> list[Guest]:
        """Those who are in it now."""
        return [guest for guest in seated(self.guests.values(), *seats) if guest.room == self.hall]

    @property
    def conductors(self) -> list[Guest]:
        """Whose keys steer the hour: the hosts', and the expert's while there is none."""
        return seated(self.guests.values(), Seat.HOST) or seated(self.guests.values(), Seat.EXPERT)

    # Questions.

    @property
    def on_air(self) -> Asked | None:
        found = (q for q in self.questions.values() if q.state is QuestionState.ON_AIR)
        return next(found, None)

    def question_of(self, call_id: str) -> Asked | None:
        return next((q for q in self.questions.values() if q.call_id == call_id), None)

    @property
    def waiting(self) -> list[Asked]:
        return in_order(self.questions.values())

    def place_in_order(self, question: Asked) -> int:
        """From 1."""
        return self.waiting.index(question) + 1

    def question(self, question_id: str) -> Asked:
        """Raises `HourRefused` when it is not open."""
        if question_id not in self.questions:
            raise HourRefused(hosts.CALLER_GONE)
        return self.questions[question_id]

    def keep(self, question: Asked) -> None:
        """In the store, as it stands; forgotten here once it is closed."""
        if question.ended_at is not None:
            self.questions.pop(question.id, None)
        self.order(KeepQuestion(replace(question)))

    def keep_session(
        self,
        *,
        opened_at: datetime | None = None,
        live_at: datetime | None = None,
        closed_at: datetime | None = None,
        reason: str = "",
    ) -> None:
        """How far it has come; what is not given stays as it was."""
        moments = (opened_at, live_at, closed_at)
        self.order(KeepSession(self.phase, self.minutes_more, *moments, reason))

    # Orders.

    def order(self, *orders: Order) -> None:
        self.orders += orders

    def show_out(self, guest: Guest) -> None:
        """Out of the room where they are."""
        gone = HangUp(guest.call_id) if guest.stranded else ShowOut(guest.call_id, guest.room)
        self.order(gone)

    def tell(self, call_id: str, *said: Said) -> None:
        if said:
            self.order(Tell(call_id, said))

    def tell_conductors(self, words: Words, **fills: Fill) -> None:
        for guest in self.conductors:
            self.tell(guest.call_id, say(words, **fills))


def hall_name(session: int) -> str:
    return f"hall-{session}"


def aside_name(question: str) -> str:
    return f"aside-{question}"
