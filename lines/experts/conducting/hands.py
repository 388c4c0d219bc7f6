"""What is done to members of rooms: in order, and before everything else."""

from collections.abc import Mapping, Sequence

import gevent
import structlog
from gevent.queue import SimpleQueue

from esl.conference_list import Member
from esl.errors import EslError, RoomMissing
from lines.experts.conducting.stage import Stage
from lines.experts.hour.orders import Deafen, HangUp, Mute, ShowOut, Undeafen, Unmute
from lines.experts.ports import Seat

log = structlog.get_logger()

Handled = Unmute | Mute | Deafen | Undeafen | ShowOut | HangUp
Seats = Mapping[Seat, Sequence[str]]


class Hands:
    """Mutes, unmutes, shows out."""

    def __init__(self, stage: Stage, hall: str) -> None:
        self._stage = stage
        self._hall = hall
        self._orders: SimpleQueue[Handled | Seats] = SimpleQueue()
        self._work = gevent.spawn(self._run)

    def put(self, order: Handled) -> None:
        self._orders.put(order)

    def note_seats(self, seats: Seats) -> None:
        """With the room, so that a callbox that starts anew knows who is who."""
        self._orders.put(seats)

    def stop(self) -> None:
        self._work.kill(block=False)

    def _run(self) -> None:
        while True:
            order = self._orders.get()
            try:
                self._do(order)
            except RoomMissing:
                log.debug("nobody is in the hall", order=order)
            except EslError as error:  # who has hung up meanwhile, for instance
                log.info("an order of an hour came to nothing", order=order, reason=str(error))

    def _do(self, order: Handled | Seats) -> None:
        if isinstance(order, Mapping):
            self._note(order)
        elif isinstance(order, HangUp):
            self._stage.hang_up(order.call_id)
        else:
            self._handle(order)

    def _handle(self, order: Unmute | Mute | Deafen | Undeafen | ShowOut) -> None:
        found = self._stage.member(order.call_id)
        if found is None:
            return
        room, member = found
        if isinstance(order, ShowOut) and room.name == order.room:
            self._stage.control(room.name).kick(member.number)
        elif not isinstance(order, ShowOut) and room.name == self._hall:
            self._change(order, member)

    def _change(self, order: Unmute | Mute | Deafen | Undeafen, member: Member) -> None:
        control = self._stage.control(self._hall)
        match order:
            case Unmute():
                control.unmute(member.number)
            case Mute():
                control.mute(member.number)
            case Deafen():
                control.deaf(member.number)
            case Undeafen():
                control.undeaf(member.number)

    def _note(self, seats: Seats) -> None:
        control = self._stage.control(self._hall)
        for seat, calls in seats.items():
            control.note(seat.value, ",".join(calls))


def read_seats(notes: Mapping[str, str]) -> Mapping[str, Seat]:
    """By call, from what was noted with the hall."""
    return {
        call_id: seat
        for seat in (Seat.HOST, Seat.EXPERT, Seat.SCREENER)
        for call_id in notes.get(seat.value, "").split(",")
        if call_id
    }
