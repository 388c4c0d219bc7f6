"""The smallest box that keeps rooms: real calls, real rooms, and of a domain only its keys.

`python -m bench.rooms_box <socket port> <switch's port>`, with the switch's password in
ROOMS_BOX_PASSWORD. The number dialled gives a place, the caller's number the room. In a room the
key 1 asks for a word, 3 puts whoever has asked on air and off again, 5 moves whoever keys it to
the room's other half.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (gevent must patch before anything else is imported)
import os
import signal
import sys

import gevent
from gevent.event import Event as Flag

from appliance.switchboard.rooms_keeper import SUBSCRIPTIONS, RoomKeeper
from esl.absence import SUBSCRIPTION as HANG_UPS
from esl.absence import Absences
from esl.call import EslCall
from esl.conference_events import KeyTold, Told
from esl.event import Event
from esl.outbound import OutboundServer
from esl.switch import Switch
from ivr_flows.ports import Role, RoomOutcome
from lines.rooms import Room

from .seats import SEATS, room_of

ASK, TURN, MOVE = "1", "3", "5"
OTHER_HALF = "-b"
HOST = "127.0.0.1"


class RoomsBox:
    def __init__(self, switch_port: int, password: str) -> None:
        self.switch = Switch(
            (HOST, switch_port),
            password,
            subscriptions=[*SUBSCRIPTIONS, HANG_UPS],
            on_event=self._on_event,
            on_resync=lambda rows: self.keeper.switch_is_back(),
        )
        self.absences = Absences(self.switch)
        self.keeper = RoomKeeper(self.switch)
        self.keeper.watch("", self._on_told)
        self._places: dict[str, str] = {}
        """The room of each call."""
        self._asked: dict[str, int] = {}
        """By room, who has asked for a word last."""

    def on_call(self, call: EslCall) -> None:
        seat = SEATS[call.dialed]
        self._places[call.id] = room_of(call.dialed, call.caller.number)
        call.answer()
        try:
            while self._stay(call, seat.role, seat.hall) is RoomOutcome.SHOWN_OUT:
                pass
        finally:
            del self._places[call.id]

    def _stay(self, call: EslCall, role: Role, hall: bool) -> RoomOutcome:
        return call.conference(self._places[call.id], role, hall=hall)

    def _on_event(self, event: Event) -> None:
        self.absences.on_event(event)
        self.keeper.on_event(event)

    def _on_told(self, told: Told, room: Room) -> None:
        if not isinstance(told, KeyTold):
            return
        found = self.keeper.member(told.call_id)
        if found is None:
            return
        number = found[1].number
        if told.key == ASK:
            self._asked[room.name] = number
        elif told.key == TURN:
            gevent.spawn(self._turn, room)
        elif told.key == MOVE:
            gevent.spawn(self._move, told.call_id, room, number)

    def _turn(self, room: Room) -> None:
        member = room.members.get(self._asked.get(room.name, 0))
        if member is None:
            return
        control = self.keeper.control(room.name)
        (control.mute if member.speaks else control.unmute)(member.number)

    def _move(self, call_id: str, room: Room, number: int) -> None:
        halves = room.name.removesuffix(OTHER_HALF)
        other = halves if room.name.endswith(OTHER_HALF) else halves + OTHER_HALF
        self._places[call_id] = other
        self.keeper.control(room.name).kick(number)


def main() -> None:
    socket_port, switch_port = map(int, sys.argv[1:])
    box = RoomsBox(switch_port, os.environ["ROOMS_BOX_PASSWORD"])
    server = OutboundServer((HOST, socket_port), box.on_call, absences=box.absences)
    stopping = Flag()
    gevent.signal_handler(signal.SIGTERM, stopping.set)
    box.keeper.start()
    box.switch.start()
    server.start()
    stopping.wait()
    server.stop(0.1)
    box.switch.stop()


if __name__ == "__main__":
    main()
