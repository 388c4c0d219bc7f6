"""Live conference rooms, as programs see them: asked for, or told as they change.

Nobody watching costs nothing: a watcher asks for a room, for a while.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import gevent
from gevent.event import Event as Flag

from esl.conference_events import KeyTold, Told
from ivr_flows.ports import Role
from lines.rooms import Room
from lines.rooms.floor import Floor
from lines.rooms.ports import PREFIX, RoomFacts

from ..live_news import LiveNews
from .conferencing import Conferencing
from .rooms_keeper import RoomKeeper

ROOM_NEWS = "pressline::room"
WATCH_SECONDS = 30.0
APART = 0.2
"""Seconds between two pieces of news: a crowd that comes in is one of them."""
MOST_WATCHED = 100

SendEvent = Callable[[str, Mapping[str, str], str], Any]


class RoomNews:
    """Tells a watched room's whole state whenever it has changed."""

    def __init__(
        self, conferencing: Conferencing, keeper: RoomKeeper, send: SendEvent, live: LiveNews
    ) -> None:
        """`live` is told which room has changed, whether it is watched or not."""
        self._conferencing = conferencing
        self._keeper = keeper
        self._send = send
        self._live = live
        self._watched: dict[str, tuple[RoomFacts, float]] = {}
        """By the name on the switch: the room, and until when."""
        self._changed: set[str] = set()
        self._flag = Flag()

    def start(self) -> None:
        self._keeper.watch(PREFIX, self._on_told)
        gevent.spawn(self._run)

    def watch(self, facts: RoomFacts) -> dict[str, Any]:
        """The state now; what changes is told for the next `WATCH_SECONDS`."""
        if len(self._watched) < MOST_WATCHED or facts.on_switch in self._watched:
            self._watched[facts.on_switch] = (facts, time.monotonic() + WATCH_SECONDS)
        return self.state(facts)

    def state_now(self, facts: RoomFacts) -> dict[str, Any]:
        """By the switch's own list, right behind what was done there."""
        return self._state(facts, self._conferencing.room_by_switch(facts))

    def state(self, facts: RoomFacts) -> dict[str, Any]:
        return self._state(facts, self._conferencing.room(facts))

    def _state(self, facts: RoomFacts, room: Room | None) -> dict[str, Any]:
        """Plain data; names and numbers of callers are hostile."""
        floor = self._conferencing.floor(facts)
        return {
            "room": facts.name,
            "title": facts.title,
            "locked": bool(room and room.locked),
            "recorded": bool(room and room.recordings),
            "hushed": floor.hushed,
            "members": self._members(room, floor) if room else [],
        }

    def _members(self, room: Room, floor: Floor) -> list[dict[str, Any]]:
        return [
            {
                "number": member.number,
                "call": member.call_id,
                "name": member.name,
                "caller": member.caller,
                "role": self._role(member.call_id, member.number, floor, member.moderator),
                "muted": not member.speaks,
                "talking": member.talking,
                "hand": room.place(member.number),
                "word": floor.word == member.number,
            }
            for member in room.members.values()
        ]

    def _role(self, call_id: str, number: int, floor: Floor, moderator: bool) -> Role:
        if moderator:
            return Role.MODERATOR
        known = Role.SPEAKER if number in floor.voices else Role.LISTENER
        return self._conferencing.role(call_id) or known

    def _on_told(self, told: Told, room: Room) -> None:
        if not isinstance(told, KeyTold):
            self.changed(room.name)

    def changed(self, name: str) -> None:
        """Something of the room of that name on the switch. Never waits."""
        id = name.removeprefix(PREFIX)
        self._live.changed("rooms", id, lambda: {"room": int(id)})
        if name in self._watched:
            self._changed.add(name)
            self._flag.set()

    def _run(self) -> None:
        while True:
            self._flag.wait()
            gevent.sleep(APART)
            self._flag.clear()
            changed, self._changed = self._changed, set()
            for name in changed:
                facts, until = self._watched[name]
                if time.monotonic() > until:
                    del self._watched[name]
                else:
                    self._send(ROOM_NEWS, {}, json.dumps(self.state(facts)))
