"""A room: members, the sum of what they say, files played to all, one recording."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from softswitch.conference.member import Member, Wide
from softswitch.errors import SoundUnusable
from softswitch.media.frame import SILENCE, Samples, milliseconds
from softswitch.media.recorder import WavWriter
from softswitch.media.sources import Sound
from softswitch.session import Session

if TYPE_CHECKING:
    from softswitch.switch import Switch

log = logging.getLogger(__name__)

SUBCLASS = "conference::maintenance"
_FLUSH_SECONDS = 0.25
_FLOOR_DELAY = 0.5
"""Seconds before the first member of a room is given the floor, as seen."""


class Room:
    """A `media.engine.Mixer`."""

    def __init__(self, switch: "Switch", name: str, profile: str) -> None:
        self.switch = switch
        self.name = name
        self.profile = profile
        self.uuid = str(uuid.uuid4())
        self.created = switch.now()
        self.locked = False
        self.floor: Member | None = None
        self.recording: WavWriter | None = None
        self._members: tuple[Member, ...] = ()
        self._numbers = 0
        self._file: tuple[Sound, Callable[[], None]] | None = None
        self._flusher: asyncio.Task[None] | None = None

    # The media thread.

    def mix(self) -> None:
        members = self._members
        frames = [member.said() for member in members]
        room = self._sum(frames)
        for member, frame in zip(members, frames, strict=True):
            if member.notice_talk(frame):
                self.switch.engine.post(self._teller(member, member.talking))
            member.listen(room, frame)
        if (recording := self.recording) is not None:
            total = SILENCE if room is None else np.clip(room, -32768, 32767).astype(np.int16)
            recording.push(total)

    def _sum(self, frames: list[Samples]) -> Wide | None:
        """None when all are silent."""
        loud = [frame for frame in frames if frame is not SILENCE]
        if (played := self._next_of_file()) is not None:
            loud.append(played)
        return np.sum(loud, axis=0, dtype=np.int32) if loud else None

    def _next_of_file(self) -> Samples | None:
        playing = self._file
        if playing is None:
            return None
        frame = playing[0].pull()
        if frame is None:
            self._file = None
            self.switch.engine.post(playing[1])
        return frame

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

    def member(self, number: str) -> Member | None:
        if number == "last":
            return self._members[-1] if self._members else None
        return next((m for m in self._members if str(m.number) == number), None)

    def join(self, session: Session) -> Member:
        self._numbers += 1
        member = Member(self._numbers, session)
        self._members = (*self._members, member)
        self.tell_of(member, "add-member")
        if self.floor is None:
            loop = asyncio.get_running_loop()
            loop.call_later(_FLOOR_DELAY, lambda: self._give_floor(member, only_if_free=True))
        return member

    def leave(self, member: Member) -> None:
        self._members = tuple(other for other in self._members if other is not member)
        if self.floor is member:
            self.floor = None
            self.tell("floor-change", {"Old-ID": str(member.number), "New-ID": "none"})
        member.talking = False
        self.tell_of(member, "del-member")
        if not self._members:
            self.close()

    def _give_floor(self, member: Member, *, only_if_free: bool = False) -> None:
        if member not in self._members or self.floor is member:
            return
        if self.floor is not None and (only_if_free or self.floor.talking):
            return
        old = "none" if self.floor is None else str(self.floor.number)
        self.floor = member
        self.tell_of(member, "floor-change", {"Old-ID": old, "New-ID": str(member.number)})

    def close(self) -> None:
        self.stop_file()
        self.stop_recording()
        self.switch.rooms.forget(self)
        self.tell("conference-destroy")

    # Files and recordings.

    def play(self, name: str, sound: Sound) -> None:
        """To everybody; what was playing ends."""
        self.stop_file()
        self.tell("play-file", {"File": name, "Async": "false"})
        self._file = sound, lambda: self.tell("play-file-done", _length(sound) | {"File": name})

    def stop_file(self) -> int:
        """How many files were stopped."""
        playing, self._file = self._file, None
        if playing is not None:
            playing[1]()
        return int(playing is not None)

    async def record(self, path: str) -> bool:
        """False when it is being recorded already or cannot be."""
        if self.recording is not None:
            return False
        loop = asyncio.get_running_loop()
        path = self.switch.recording_path(path)
        try:
            self.recording = await loop.run_in_executor(None, WavWriter, path)
        except SoundUnusable as error:
            log.warning("%s", error)
            return False
        self._flusher = loop.create_task(self._flush(self.recording))
        self.tell("start-recording", {"Path": path})
        return True

    async def _flush(self, writer: WavWriter) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            try:
                await loop.run_in_executor(None, writer.flush)
            except OSError as error:
                log.error("recording %s cannot be written: %s", writer.path, error)

    def stop_recording(self) -> bool:
        writer, self.recording = self.recording, None
        if writer is None:
            return False
        if self._flusher is not None:
            self._flusher.cancel()
        try:
            writer.close()
        except OSError as error:
            log.error("recording %s is cut short: %s", writer.path, error)
        facts = {
            "Path": writer.path,
            "Other-Recordings": "false",
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
            "Conference-Profile-Name": self.profile,
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
