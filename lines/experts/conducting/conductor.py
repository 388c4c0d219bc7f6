"""Conducts one hour: gives the machine what happens, and has carried out what it orders."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import structlog

from esl.conference_events import KeyTold, MemberNews, MemberTold, SoundTold, Told
from esl.conference_list import Listed, Member
from esl.errors import EslError, RoomMissing
from ivr_flows.ports import Party
from lines.experts.conducting.expert_call import ExpertCall
from lines.experts.conducting.hands import Hands, read_seats
from lines.experts.conducting.keeping import job
from lines.experts.conducting.loudspeaker import Loudspeaker
from lines.experts.conducting.stage import Stage
from lines.experts.conducting.tape import Tape
from lines.experts.conducting.whispers import Whispers
from lines.experts.hour import Agenda, Found, Hour, orders
from lines.experts.hour.state import hall_name
from lines.experts.ports import Farewell, Place, Seat
from lines.outgoing import Outcome
from lines.rooms import Room

log = structlog.get_logger()


class Conductor:
    """A running hour. No method waits; each may be called from any greenlet of the callbox."""

    def __init__(
        self,
        agenda: Agenda,
        stage: Stage,
        on_change: Callable[["Conductor"], None],
        on_over: Callable[["Conductor"], None],
    ) -> None:
        """`on_over` is called when everybody was let go."""
        self.hour = Hour(agenda, lambda: str(uuid4()))
        self.session = agenda.session.id
        self.hall = hall_name(self.session)
        self._stage = stage
        self._on_change, self._on_over = on_change, on_over
        self._stopped = False
        self._hands = Hands(stage, self.hall)
        self._whispers = Whispers(stage, self.hour.guest_language)
        self._loudspeaker = Loudspeaker(stage, self.hall, agenda.session.languages[0])
        self._tape = Tape(stage, self.hall, agenda)
        self._expert_call = ExpertCall(stage, self._expert_not_reached)

    def stop(self) -> None:
        """The hour goes on without us, or is over: from now on it is only kept what happens."""
        self._stopped = True
        self._hands.stop()
        self._loudspeaker.stop()
        self._tape.stop()

    # Calls.

    def enter(self, call_id: str, seat: Seat, caller: Party, language: str) -> Farewell | None:
        refused = self.hour.enter(call_id, seat, caller, language)
        self._carry_out()
        return refused

    def place(self, call_id: str) -> Place | Farewell:
        return self.hour.place(call_id)

    def contact(self, call_id: str, number: str) -> None:
        self.hour.contact(call_id, number)

    def leave(self, call_id: str) -> None:
        self._whispers.forget(call_id)
        self.hour.leave(call_id, self._stage.now())
        self._carry_out()

    # The switch.

    def on_told(self, told: Told) -> None:
        """What happens in the hour's rooms, and keys pressed there."""
        now = self._stage.now()
        if isinstance(told, KeyTold):
            self.hour.key(told.call_id, told.key, told.at, now)
        elif isinstance(told, SoundTold):
            self._loudspeaker.on_sound(told)
        elif isinstance(told, MemberTold) and told.what is MemberNews.CAME:
            self.hour.came(told.member.call_id, told.room, now)
            self.hour.seen(told.member.call_id, speaks=told.member.speaks)
        elif isinstance(told, MemberTold) and told.what is MemberNews.LEFT:
            self.hour.went(told.member.call_id, told.room, now)
        self._carry_out()

    def set_right(self, rooms: Iterable[Room]) -> None:
        """From the switch's list: what its events have not told is made up for."""
        now = self._stage.now()
        there = {member.call_id: (room, member) for room in rooms for member in _of(room)}
        for call_id, known in self.hour.whereabouts().items():
            if known and (call_id not in there or there[call_id][0].name != known):
                self.hour.went(call_id, known, now)
            if call_id in there:
                room, member = there[call_id]
                self.hour.came(call_id, room.name, now)
                self.hour.seen(call_id, speaks=member.speaks)
        self._carry_out()

    def resume(self, hall: Listed | None, asides: Iterable[Room]) -> None:
        """After a restart: go on with whoever is there. `hall` is None when nobody is."""
        there = [(self.hall, each) for each in (hall.members if hall else ())]
        there += [(room.name, each) for room in asides for each in _of(room)]
        found = [Found(each.call_id, room, each.caller, each.name) for room, each in there]
        if hall is not None:
            self._tape.take_over(hall)
        self.hour.resume(found, read_seats(hall.notes if hall else {}), self._stage.now())
        for _, member in there:
            self.hour.seen(member.call_id, speaks=member.speaks)
        self._carry_out()

    # The clock, the store, the desk.

    def tick(self) -> None:
        self.hour.tick(self._stage.now())
        self._carry_out()

    def serve(self, verb: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The hour as it is after that. Raises `HourRefused`, `OrderOdd`."""
        self.hour.serve(verb, self._stage.now(), given)
        self._carry_out()
        return self.hour.view

    def cancelled(self) -> None:
        self.hour.cancelled(self._stage.now())
        self._carry_out()

    def _expert_not_reached(self, outcome: Outcome) -> None:
        self.hour.expert_not_reached(outcome, self._stage.now())
        self._carry_out()

    # Orders.

    def _carry_out(self) -> None:
        taken = self.hour.take_orders()
        for order in taken:
            if not self._stopped or isinstance(order, orders.KeepQuestion | orders.KeepSession):
                self._put(order)
        if taken:
            self._on_change(self)

    def _put(self, order: orders.Order) -> None:
        match order:
            case orders.Tell():
                self._whispers.tell(order.call_id, order.said)
            case orders.TellAll() | orders.PlayJingle():
                self._loudspeaker.put(order)
            case orders.KeepQuestion() | orders.KeepSession():
                self._stage.keep(job(self.session, order))
            case orders.KeepSeats():
                self._hands.note_seats(self.hour.seats())
            case orders.BeginPiece():
                self._tape.begin(order.question)
            case orders.EndPiece():
                self._tape.end()
            case orders.CallExpert():
                self._expert_call.place(self.hour.agenda)
            case orders.StopCalling():
                self._expert_call.withdraw()
            case orders.EndRooms():
                self._loudspeaker.when_silent(self._end)
            case _:
                self._hands.put(order)

    def _end(self) -> None:
        for call_id in self.hour.stranded:
            _tried(partial(self._stage.hang_up, call_id))
        for room in {self.hall, *filter(None, self.hour.whereabouts().values())}:
            _tried(self._stage.control(room).end)
        self._on_over(self)


def _of(room: Room) -> list[Member]:
    return list(room.members.values())


def _tried(work: Callable[[], object]) -> None:
    """A call or a room that is gone already is as good."""
    try:
        work()
    except RoomMissing:
        return
    except EslError as error:
        log.info("somebody was not let go", reason=str(error))
