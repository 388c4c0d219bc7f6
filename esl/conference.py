"""What the box may do with a conference room (mod_conference's `conference` command)."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from esl.conference_list import Listed, read_list
from esl.conference_words import (
    file_word,
    limits,
    member_word,
    member_words,
    note_words,
    parts,
    refusal,
    room_name,
)
from esl.errors import CommandFailed, RoomFailed, RoomMissing, UnsafeArgument

_DONE = re.compile(r"^(\+OK|Energy \d)", re.MULTILINE)
"""Once for each member; `energy` knows no +OK (conference_api.c, conference_api_sub_energy)."""
LEVELS = range(-4, 5)
"""Volumes that mod_conference knows."""
MOST_ENERGY = 1800


class Everybody(StrEnum):
    """In place of one member's number."""

    ALL = "all"
    BUT_MODERATORS = "non_moderator"


Who = int | Everybody


class Switch(Protocol):
    def api(self, command: str) -> str: ...


def rooms(switch: Switch) -> tuple[Listed, ...]:
    """All rooms in which somebody is. Raises as `Switch.api`, and `WireError`."""
    return read_list(switch.api("conference json_list compact"))


class RoomControl:
    """One room. Every method raises `RoomMissing`, `RoomFailed`, and as `Switch.api`; those that
    take one member's number also `MemberMissing`."""

    def __init__(self, switch: Switch, name: str) -> None:
        """Raises `UnsafeArgument`."""
        self._switch = switch
        self.name = room_name(name)

    def look(self) -> Listed:
        """Raises `WireError` too."""
        found = [
            room for room in read_list(self._do("json_list compact")) if room.name == self.name
        ]
        if not found:
            raise RoomMissing(self.name, "list", "not listed")
        return found[0]

    # Members. Each returns how many it was done to.

    def mute(self, who: Who) -> int:
        """Heard by nobody from now on; without a word to the member."""
        return self._each("mute", who, "quiet")

    def unmute(self, who: Who) -> int:
        return self._each("unmute", who, "quiet")

    def deaf(self, who: Who) -> int:
        return self._each("deaf", who)

    def undeaf(self, who: Who) -> int:
        return self._each("undeaf", who)

    def kick(self, who: Who) -> int:
        """Out of the room; what the call does next is its program's business."""
        return self._each("kick", who)

    def end(self) -> int:
        """Everybody out; a room without members is gone."""
        return self.kick(Everybody.ALL)

    def energy(self, who: Who, level: int) -> int:
        """How loud a member must be to be heard at all: 0 (always) to 1800."""
        if not 0 <= level <= MOST_ENERGY:
            raise UnsafeArgument(f"{level} is no energy: 0 to {MOST_ENERGY}")
        return self._each("energy", who, str(level))

    def volume(self, who: Who, *, heard: int | None = None, hears: int | None = None) -> int:
        """How loud a member is to the others, and the others to it: -4 to 4."""
        done = 0
        for verb, level in (("volume_in", heard), ("volume_out", hears)):
            if level is None:
                continue
            if level not in LEVELS:
                raise UnsafeArgument(f"{level} is no volume: -4 to 4")
            done = max(done, self._each(verb, who, str(level)))
        return done

    def relate(
        self, members: Sequence[int], others: Sequence[int], *, speak: bool, hear: bool
    ) -> None:
        """Whether each of `members` is heard by, and hears, each of `others`; as usual when both.

        For a word aside. FreeSWITCH mixes a room with any such relation by looking at every
        pair of members for each sample (mod_conference.c, conference_thread_run): keep it to
        small rooms, and lead two people of a large one aside into a room of their own.
        """
        words = "clear" if speak and hear else "|".join(limits(speak, hear))
        for some in parts(members):
            for rest in parts(others):
                self._checked(f"relate {member_words(some)} {member_words(rest)} {words}", "+OK")

    # The room.

    def lock(self) -> None:
        """Nobody who calls gets in; who was called by us does, unless his call has
        `conference_enforce_security=true` (mod_conference.c, conference_function)."""
        self._checked("lock", "+OK")

    def unlock(self) -> None:
        self._checked("unlock", "+OK")

    def play(self, path: Path, member: int | None = None) -> None:
        """To all behind what is playing, or to one member alone."""
        to = "" if member is None else f" {member_word(member)}"
        self._checked(f"play {file_word(path)}{to}", "+OK")

    def stop_playing(self, member: int | None = None) -> int:
        """What plays and what waits; how many files those were."""
        to = "" if member is None else f" {member_word(member)}"
        reply = self._checked(f"stop all{to}", "+OK")
        count = re.search(r"Stopped (\d{1,9}) ", reply)
        return int(count[1]) if count else 0

    def record(self, path: Path) -> None:
        """Write what the room hears, until told to stop or the room ends. `start-recording`
        tells that the file is open: the answer comes before (conference_record.c)."""
        self._checked(f"record {file_word(path)}", "+OK")

    def stop_recording(self, path: Path) -> None:
        """The file is whole when `stop-recording` has been told. Raises `RoomFailed` when the
        room is not recorded into it."""
        self._checked(f"norecord {file_word(path)}", "Stopped ")

    def note(self, name: str, value: str) -> None:
        """Keep a word with the room, so that it outlives us; an empty one is forgotten."""
        self._checked(f"setvar {note_words(name, value)}", "+OK")

    # Words of the switch.

    def _each(self, verb: str, who: Who, argument: str = "") -> int:
        target = who.value if isinstance(who, Everybody) else member_word(who)
        reply = self._do(f"{verb} {target} {argument}".rstrip())
        done = len(_DONE.findall(reply))
        if not done and not isinstance(who, Everybody):
            raise RoomFailed(self.name, verb, reply)
        return done

    def _checked(self, command: str, good: str) -> str:
        """FreeSWITCH answers wrong usage without any mark of an error."""
        reply = self._do(command)
        if not reply.startswith(good) or "-ERR" in reply:
            raise refusal(self.name, command, reply)
        return reply

    def _do(self, command: str) -> str:
        try:
            return self._switch.api(f"conference {self.name} {command}")
        except CommandFailed as fault:
            raise refusal(self.name, command, fault.reply) from fault
