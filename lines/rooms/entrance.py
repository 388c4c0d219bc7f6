"""Before a room: which one, as whom, and by what name. One that does not exist sounds like a wrong
PIN to whoever keys its number."""

from dataclasses import dataclass

from ivr_flows.line import Line
from ivr_flows.ports import CallFailed, DigitRule, RecordRule, Role
from ivr_flows.sentences import Words, spoken_language
from lines.rooms.ports import ConferenceRooms, RoomFacts, SignedIn, Visit
from lines.rooms.words import (
    ASK_NAME,
    ASK_PIN,
    ASK_ROOM,
    LISTENING,
    LOCKED_PIN,
    MUTED,
    OR_WITHOUT,
    RECORDED,
    WAIT,
    WELCOME,
    WELCOME_UNNAMED,
    WRONG_PIN,
)
from store.models.room import Announce

ENTRY = DigitRule(max_digits=32, finish_on="#", first_timeout=8.0, digit_timeout=4.0)
"""Longer than any number or PIN, so that the hash key always ends the entry."""
SAYS_NAME = RecordRule(max_seconds=5.0, silence_seconds=1.5)
SHORTEST_NAME = 0.3
"""Seconds; what is shorter is no name."""


@dataclass(slots=True)
class Entrance:
    """A caller on the way into a room."""

    line: Line
    rooms: ConferenceRooms
    attempts: int

    def room(self, asked: str) -> RoomFacts | None:
        """The room `asked`, or that whose number is keyed; None for none. Raises `RoomsAway`."""
        if asked:
            return self.rooms.find(asked)
        for _ in range(self.attempts):
            number = self.line.ask(ENTRY, ASK_ROOM).keys
            if number:
                return self.rooms.find(number) or RoomFacts(0, number)
        return RoomFacts(0, "")

    def role(self, room: RoomFacts, pin: str) -> Role | None:
        """By `pin`, or that which is keyed; None when it is refused. Raises `RoomsAway`."""
        if room.open and not room.pins and not pin:
            return room.open
        for _ in range(1 if pin else self.attempts):
            keyed = pin or self._key_pin(room)
            if not keyed and room.open:
                return room.open
            tried = self._try(room, keyed)
            if tried.role or tried.locked or tried.wait_seconds:
                return tried.role
        return None

    def _key_pin(self, room: RoomFacts) -> str:
        """Not by `Line.ask`: a PIN must not come into the trace."""
        prompts = self.line.words(ASK_PIN, *([OR_WITHOUT] if room.open else []))
        self.line.noted(prompts)
        try:
            return self.line.call.collect(prompts, ENTRY).keys
        except CallFailed as failure:
            self.line.unsaid(failure)
            return ""

    def _try(self, room: RoomFacts, pin: str) -> SignedIn:
        if not pin:
            return SignedIn()
        tried = self.rooms.sign_in(room, pin, self.line.call.caller)
        said = "locked" if tried.locked else "right" if tried.role else "wrong"
        self.line.context.note("pin", said)
        if not tried.role:
            self.line.say(LOCKED_PIN if tried.locked or tried.wait_seconds else WRONG_PIN)
        return tried

    def name(self, room: RoomFacts, visit: Visit) -> None:
        """Let the caller say a name. Who says none is announced without."""
        path = self.rooms.name_path(self.line.call.id)
        self.line.say(ASK_NAME)
        try:
            recording = self.line.call.record(path, SAYS_NAME)
        except CallFailed as failure:
            self.line.context.note("unnamed", failure)
            return
        if recording.seconds >= SHORTEST_NAME:
            visit.named(path)

    def welcome(self, room: RoomFacts, role: Role, visit: Visit) -> None:
        """What everybody hears. Raises `SpeechFailed`, `CallFailed` rather than let somebody in
        who was not told of the recording."""
        inside = visit.inside()
        line = self.line
        title = WELCOME[line.language].format(title=room.title) if room.title else WELCOME_UNNAMED
        line.say(title)
        if inside.recorded:
            prompts = line.context.sentence(RECORDED, line.language)
            line.noted(prompts)
            line.call.play(prompts, barge_in=False)
        line.say(*_manners(room, role, waits=inside.waits))


def says_name(room: RoomFacts, role: Role) -> bool:
    """Listeners come and go unannounced."""
    return room.announce is Announce.NAME and role is not Role.LISTENER


def language_in(room: RoomFacts, own: str, of_call: str) -> str:
    return spoken_language(own, room.language, of_call)


def _manners(room: RoomFacts, role: Role, *, waits: bool) -> list[Words]:
    manners = []
    if role is Role.LISTENER:
        manners.append(LISTENING)
    elif room.muted and role is Role.SPEAKER:
        manners.append(MUTED)
    return [*manners, *([WAIT] if waits else [])]
