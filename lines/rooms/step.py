"""conference: the caller meets others in a room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.errors import StepFailed
from ivr_flows.line import Line
from ivr_flows.named_checks import check_language, check_named, check_one_of
from ivr_flows.ports import Call, CallEnded, Prompt, Role, SpeechFailed
from ivr_flows.problem import Fault
from ivr_flows.quantities import Attempts, Variable
from ivr_flows.sentences import Words, spoken_language
from ivr_flows.step import DONE, Event, Step
from ivr_flows.text import TemplateField
from ivr_flows.world import World
from lines.rooms import room_words, words
from lines.rooms.entrance import Entrance, language_in, says_name
from lines.rooms.ports import CONFERENCE, ConferenceRooms, Farewell, RoomFacts, RoomsAway, Visit

MAX_NAME = 64
"""Longest name or number of a room, in characters."""
FAREWELLS: Mapping[Farewell, tuple[str, Words]] = {
    Farewell.LEFT: (DONE, words.LEFT),
    Farewell.KICKED: ("kicked", words.KICKED),
    Farewell.ENDED: ("ended", words.ENDED),
    Farewell.FULL: ("full", words.FULL),
    Farewell.LOCKED: ("locked", words.LOCKED),
}
"""The event, and what is said before."""


class Conference(Step):
    """Brings the caller into a conference room, after a PIN where the room has one."""

    verb: ClassVar[str] = "conference"
    example: ClassVar[str] = """\
conference: {room: planning}
on: {full: sorry, refused: bye}
next: bye
"""
    refers: ClassVar[Mapping[str, str]] = {"room": CONFERENCE}
    shorthand: ClassVar[str] = "room"
    events: ClassVar[Mapping[str, Event]] = {
        DONE: Event("the caller left the room by its key", "next"),
        "hangup": Event("the caller hung up", "next"),
        "ended": Event("the conference ended for all", "next"),
        "kicked": Event("the moderator has shown the caller out", "next"),
        "full": Event("the room takes nobody more; the caller was told", "next"),
        "locked": Event("the moderator has locked the room; the caller was told", "next"),
        "refused": Event("no right PIN was keyed, or it is locked; the caller was told", "next"),
        "unknown": Event("there is no such room"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    sentences: ClassVar[Sequence[Words]] = (*words.CONSTANT, *room_words.CONSTANT)

    room: TemplateField | None = None
    """The room, by its name or one of its numbers; if not given, the caller keys the number."""
    pin: TemplateField | None = None
    """The PIN, where the flow knows it; if not given, the caller keys it."""
    role: TemplateField | None = Field(default=None, alias="as")
    """`listener`, `speaker` or `moderator`: comes in as that without a PIN."""
    name: Literal["ask", "no"] = "ask"
    """Whether callers say their name in a room that announces names."""
    language: TemplateField | None = None
    """Language of all that is said; if not given, that of the room."""
    attempts: Attempts = 3
    """How often the number and the PIN are asked for."""
    store: Variable | None = None
    """Variable that takes `room` (its name), `role` and `seconds` in it."""

    def check(self, world: World) -> list[Fault]:
        return [
            *check_named("room", self.room, world.named.get(CONFERENCE), CONFERENCE),
            *check_one_of("as", self.role, [role.value for role in Role], "role"),
            *check_language(self.language, world),
        ]

    def run(self, call: Call, context: Context) -> str:
        own = context.render(self.language) if self.language else ""
        line = Line(call, context, spoken_language(own, context.language))
        try:
            return self._attend(line, own)
        except RoomsAway as away:
            line.say(words.AWAY)
            # Not the words of `away`: they may hold what was asked, a PIN for instance.
            raise StepFailed("the conference rooms cannot be asked") from away
        except CallEnded as ended:
            if ended.connected:
                raise
            return "hangup"

    def _attend(self, line: Line, own: str) -> str:
        context = line.context
        rooms = context.service(ConferenceRooms)  # type: ignore[type-abstract]
        entrance = Entrance(line, rooms, self.attempts)
        asked = context.render(self.room)[:MAX_NAME] if self.room else ""
        room = entrance.room(asked)
        if room is None:
            context.note("room", asked)
            return "unknown"
        entrance.line = line = replace(line, language=language_in(room, own, context.language))
        role = self._role(entrance, room)
        if role is None:
            return "refused"
        context.note("room", room.name)
        context.note("role", role.value)
        visit = rooms.enter(room, role, line.call, invited=self.role is not None)
        if isinstance(visit, Farewell):
            return _bid(line, visit)
        try:
            return self._visit(entrance, room, role, visit)
        finally:
            visit.leave()

    def _role(self, entrance: Entrance, room: RoomFacts) -> Role | None:
        context = entrance.line.context
        if not self.role:
            return entrance.role(room, context.render(self.pin) if self.pin else "")
        wanted = context.render(self.role)
        if wanted not in list(Role):
            context.fail(f"{wanted[:20]!r} is no role, expected listener, speaker or moderator")
        return Role(wanted)

    def _visit(self, entrance: Entrance, room: RoomFacts, role: Role, visit: Visit) -> str:
        line = entrance.line
        if self.name == "ask" and says_name(room, role):
            entrance.name(room, visit)
        entrance.welcome(room, role, visit)
        began = line.context.now()
        try:
            farewell = _stay(line, room, visit)
        finally:
            self._remember(line.context, room, role, began)
        return _bid(line, farewell)

    def _remember(self, context: Context, room: RoomFacts, role: Role, began: datetime) -> None:
        seconds = round(context.seconds_since(began), 1)
        facts: dict[str, Any] = {"room": room.name, "role": role.value, "seconds": seconds}
        context.store(self.store, facts)
        context.note("seconds", seconds)


def _stay(line: Line, room: RoomFacts, visit: Visit) -> Farewell:
    place = visit.place
    outcome = line.call.conference(
        place.room,
        place.role,
        hall=place.hall,
        wait_for_moderator=place.wait_for_moderator,
        music=_music(line, room),
    )
    return visit.farewell(outcome)


def _music(line: Line, room: RoomFacts) -> Prompt | None:
    if not room.music:
        return None
    try:
        return line.context.ports.speech.recording(room.music, room.language)
    except SpeechFailed as failure:
        line.unsaid(failure)
        return None


def _bid(line: Line, farewell: Farewell) -> str:
    event, said = FAREWELLS[farewell]
    line.say(said)
    return event
