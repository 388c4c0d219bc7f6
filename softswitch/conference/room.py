"""A room: members, what they say to each other, files played to all, recordings."""

import asyncio
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from softswitch.conference.member import Member
from softswitch.conference.mixing import Mix, spread
from softswitch.conference.profiles import Profile
from softswitch.conference.programme import Piece, Programme
from softswitch.conference.relations import Relations
from softswitch.conference.tapes import Tapes
from softswitch.media.frame import SILENCE, Samples, milliseconds
from softswitch.media.sources import Sound
from softswitch.session import Session
from softswitch.variables import Variables

if TYPE_CHECKING:
    from softswitch.switch import Switch

SUBCLASS = "conference::maintenance"
_FLOOR_DELAY = 0.5
"""Seconds before the first member of a room is given the floor, as seen."""


class Room:
    """A `media.engine.Mixer`."""

    def __init__(self, switch: "Switch", name: str, profile: Profile) -> None:
        self.switch = switch
        self.name = name
        self.profile = profile
        self.most = profile.most
        """Members at a time; 0 for any number."""
        self.uuid = str(uuid.uuid4())
        self.created = switch.now()
        self.locked = False
        self.waits = False
        """Flag `wait-mod`: nobody is heard before a moderator has come."""
        self.floor: Member | None = None
        self.variables = Variables()
        self.relations = Relations()
        self.tapes = Tapes()
        self.programme = Programme(switch.engine.post)
        self._music: Sound | None = None
        self._members: tuple[Member, ...] = ()

    # The media thread.

    def mix(self) -> None:
        members = self._members
        said = {member.number: self._said(member) for member in members}
        mix = Mix(said, self.programme.pull(), self.relations.unheard)
        spread(members, mix)
        self.tapes.push(mix.all)

    def _said(self, member: Member) -> Samples:
        frame = member.said()
        if member.notice_talk(frame):
            self.switch.engine.post(self._teller(member, member.talking))
        return frame if member.lets_in() and not self.waits else SILENCE

    def _teller(self, member: Member, talking: bool) -> Callable[[], None]:
        action = "start-talking" if talking else "stop-talking"
        return lambda: self._tell_talk(member, action)

    # The control loop.

    def _tell_talk(self, member: Member, action: str) -> None:
        if member not in self._members:
            return
        if action == "start-talking":
            self._give_floor(member)
        else:
            member.last_talking = self.switch.now()
        self.tell_of(member, action)

    @property
    def members(self) -> tuple[Member, ...]:
        return self._members

    @property
    def is_full(self) -> bool:
        return 0 < self.most <= len(self._members)

    def member(self, number: str) -> Member | None:
        if number == "last":
            return self._members[-1] if self._members else None
        return next((m for m in self._members if str(m.number) == number), None)

    def join(self, session: Session, flags: frozenset[str] = frozenset()) -> Member:
        member = Member(self.switch.rooms.number_of(session), session, self.profile.energy)
        member.take_flags(flags)
        self._members = (*self._members, member)
        self.waits = self.waits and not member.is_moderator
        self._settle_music()
        self.tell_of(member, "add-member")
        if self.floor is None:
            loop = asyncio.get_running_loop()
            loop.call_later(_FLOOR_DELAY, lambda: self._give_floor(member, only_if_free=True))
        return member

    def leave(self, member: Member) -> None:
        self._members = tuple(other for other in self._members if other is not member)
        self.relations.clear(member.number, 0)
        if self.floor is member:
            self.floor = None
            self.tell("floor-change", {"Old-ID": str(member.number), "New-ID": "none"})
        member.talking = False
        self.tell_of(member, "del-member")
        if member.ends_room:
            self._send_away()
        self._settle_music()
        if not self._members:
            self.close()

    def _send_away(self) -> None:
        """mod_conference.c, conference_thread_run: the others are hung up unless they say no."""
        for other in self._members:
            if other.session.variables.get("hangup_after_conference", "") == "false":
                other.leave()
            else:
                other.session.hang_up("NORMAL_CLEARING", aside=True)

    def _give_floor(self, member: Member, *, only_if_free: bool = False) -> None:
        if member not in self._members or self.floor is member:
            return
        if self.floor is not None and (only_if_free or self.floor.talking):
            return
        old = "none" if self.floor is None else str(self.floor.number)
        self.floor = member
        self.tell_of(member, "floor-change", {"Old-ID": old, "New-ID": str(member.number)})

    def close(self) -> None:
        self.programme.stop()
        for path in self.tapes.paths:
            self.stop_recording(path)
        self.switch.rooms.forget(self)
        self.tell("conference-destroy")

    # Files and recordings.

    def play(self, name: str, sound: Sound) -> None:
        """To everybody, behind what is playing."""
        piece = Piece(sound, lambda: self.tell("play-file-done", _length(sound) | {"File": name}))
        if self.programme.add(piece):
            self.tell("play-file", {"File": name, "Async": "false"})

    def have_music(self, sound: Sound) -> None:
        """Over and over, to be heard by whoever is alone, or waits for the moderator."""
        sound.repeat()
        self._music = sound
        self._settle_music()

    def _settle_music(self) -> None:
        alone = len(self._members) == 1 and all(m.wants_music for m in self._members)
        self.programme.set_music(self._music if alone or self.waits else None)

    async def record(self, path: str) -> bool:
        """False when it cannot be recorded into that file."""
        path = self.switch.recording_path(path)
        if not await self.tapes.start(path):
            return False
        if not self._members:  # it has ended meanwhile
            self.tapes.stop(path)
            return False
        self.tell("start-recording", {"Path": path})
        return True

    def stop_recording(self, path: str) -> bool:
        writer = self.tapes.stop(path)
        if writer is None:
            return False
        facts = {
            "Path": writer.path,
            "Other-Recordings": "true" if self.tapes else "false",
            "Samples-Out": str(writer.samples),
            "Samplerate": "8000",
            "Milliseconds-Elapsed": str(milliseconds(writer.samples)),
            "Record-File-Size": str(writer.size),
        }
        self.tell("stop-recording", facts)
        return True

    # Events.

    def _base(self) -> dict[str, str]:
        return {
            "Conference-Name": self.name,
            "Conference-Domain": self.switch.globals["domain"],
            "Conference-Size": str(len(self._members)),
            "Conference-Ghosts": "0",
            "Conference-Profile-Name": self.profile.name,
            "Conference-Unique-ID": self.uuid,
        }

    def tell(self, action: str, facts: dict[str, str] | None = None) -> None:
        if self.switch.bus.wanted("CUSTOM"):
            headers = self._base() | {"Action": action} | (facts or {})
            self.switch.bus.fire(self.switch.mint.make("CUSTOM", headers, subclass=SUBCLASS))

    def tell_of(self, member: Member, action: str, facts: dict[str, str] | None = None) -> None:
        known = member.headers(has_floor=self.floor is member)
        member.session.channel.fire(
            "CUSTOM",
            known | {"Action": action} | (facts or {}),
            first=self._base(),
            subclass=SUBCLASS,
            variables=False,
        )


def _length(sound: Sound) -> dict[str, str]:
    return {
        "seconds": str(sound.heard // 8000),
        "milliseconds": str(milliseconds(sound.heard)),
        "samples": str(sound.heard),
    }
