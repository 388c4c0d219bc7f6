"""What the box does in a conference room when somebody comes, leaves or presses a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from esl.conference_events import KeyTold, MemberNews, MemberTold
from esl.conference_list import Member
from esl.errors import RoomFailed
from ivr_flows.ports import Role
from lines.rooms import room_words as words
from lines.rooms.answering import answer
from lines.rooms.chair import Chair
from lines.rooms.keys import Keypads, Wish
from lines.rooms.ports import Farewell, RoomFacts
from store.models.room import Announce

from .room_sounds import RoomSounds, Sounds
from .room_visit import RoomVisit


@dataclass(slots=True)
class RoomProgram:
    facts: RoomFacts
    chair: Chair
    sounds: RoomSounds
    visits: Mapping[str, RoomVisit]
    """Of all rooms, by call. Who came in before we were started has none."""
    hang_up: Callable[[str], object]
    """For those: behind the room nobody waits for them. Raises `EslError`."""
    folder: Path
    """Where recordings are written."""
    recorded: bool = False
    """What the room's rules want was begun; by key it may be ended again."""
    keypads: Keypads = field(default_factory=Keypads)
    names: dict[int, Path] = field(default_factory=dict)
    """How members have said theirs, by number."""

    def key(self, told: KeyTold) -> None:
        room = self.chair.look()
        found = [m for m in room.members.values() if m.call_id == told.call_id] if room else []
        for member in found:
            moderator = member.moderator
            wish = self.keypads.wish(member.call_id, told.key, told.at, moderator=moderator)
            if wish:
                self._do(member, wish)

    def member(self, told: MemberTold) -> None:
        if told.what is MemberNews.CAME:
            self._came(told.member)
        else:
            self._left(told.member)

    # What may be asked for, by key or by a program. They raise as `Chair`.

    def show_out(self, number: int, reason: Farewell = Farewell.KICKED) -> None:
        member = self.chair.member(number)
        if self._bid(member, reason):
            self.chair.control.kick(number)

    def end(self) -> None:
        strangers = [m for m in self.chair.room.members.values() if m.call_id not in self.visits]
        for member in self.chair.room.members.values():
            if member not in strangers:
                self._bid(member, Farewell.ENDED)
        for member in strangers:
            self.hang_up(member.call_id)
        self.chair.control.end()

    def record(self, *, wanted: bool) -> None:
        """Everybody is told."""
        running = bool(self.chair.room.recordings)
        if wanted and not running:
            self.chair.record(self._recording())
        elif running and not wanted:
            self.chair.stop_recording()

    # Keys.

    def _do(self, member: Member, wish: Wish) -> None:
        try:
            if wish is Wish.LEAVE:
                self.show_out(member.number, Farewell.LEFT)
            elif wish is Wish.RECORD:
                self.record(wanted=not self.chair.room.recordings)
            elif wish is Wish.END:
                self.end()
            else:
                answer(self.chair, member, wish)
        except RoomFailed:
            self.chair.tell(member.number, words.NOT_DONE)
            raise

    def _bid(self, member: Member, reason: Farewell) -> bool:
        """Whether the call goes on behind the room; otherwise it is hung up."""
        visit = self.visits.get(member.call_id)
        if visit is None:
            self.hang_up(member.call_id)
            return False
        visit.reason = reason
        return True

    # Coming and leaving.

    def _came(self, member: Member) -> None:
        floor, visit = self.chair.floor, self.visits.get(member.call_id)
        floor.begun = floor.begun or member.moderator
        speaks = visit is not None and visit.role is Role.SPEAKER
        if speaks:
            floor.voices.add(member.number)
        if speaks and floor.hushed and member.speaks:
            self.chair.control.mute(member.number)
        if visit and visit.name:
            self.names[member.number] = visit.name
        if speaks or member.moderator:
            self._announce(member, came=True)
        self._see_to_recording(member, visit)

    def _see_to_recording(self, member: Member, visit: RoomVisit | None) -> None:
        running = bool(self.chair.room.recordings)
        if running and visit and not visit.told_of_recording:
            self.chair.tell(member.number, words.RECORDING)
        begins = self.chair.floor.begun or not self.facts.wait_for_moderator
        if self.facts.record and begins and not self.recorded:
            self.recorded = True
            if not running:
                self.chair.control.record(self._recording())  # each was told before

    def _left(self, member: Member) -> None:
        self.keypads.forget(member.call_id)
        announced = member.moderator or member.number in self.chair.floor.voices
        self.chair.floor.forget(member.number)
        room = self.chair.look()
        if room is None or not room.members:
            return
        if announced:
            self._announce(member, came=False)
        moderators = [each for each in room.members.values() if each.moderator]
        if member.moderator and self.facts.ends_with_moderator and not moderators:
            self.end()

    def _announce(self, member: Member, *, came: bool) -> None:
        alone = len(self.chair.room.members) < 2 and came
        if self.facts.announce is Announce.NONE or alone or self.chair.is_behind:
            return
        self.chair.play(self._announcement(member, came=came))

    def _announcement(self, member: Member, *, came: bool) -> Sounds:
        name = self.names.get(member.number) if came else self.names.pop(member.number, None)
        if self.facts.announce is not Announce.NAME or name is None:
            return self.sounds.chime(came=came)
        said = words.JOINED if came else words.LEFT
        return self.sounds.named(name, self.facts.language, said)

    def _recording(self) -> Path:
        at = datetime.now(UTC)
        return self.folder / f"{self.facts.on_switch}_{at:%Y%m%dT%H%M%SZ}_{uuid4().hex[:8]}.wav"
