"""Words of mod_conference's command: what may stand in it, and what its answers mean."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from esl.errors import MemberMissing, RoomFailed, RoomMissing, UnsafeArgument
from esl.paths import path_argument
from ivr_flows.ports import CallFailed

_ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_TAKEN = frozenset({"list", "count", "xml_list", "json_list", "help", "commands"})
"""A room of such a name would hide the command (conference_api.c, conference_api_main_real)."""
_NOTE = re.compile(r"[A-Za-z0-9_]{1,32}\Z")
_NOTED = re.compile(r"[A-Za-z0-9_,.:+-]{1,4000}\Z")
RELATED_AT_ONCE = 100
"""conference_api.c, conference_api_sub_relate: more member ids in one command are lost."""


def room_name(text: str) -> str:
    """`text`, when it can name a room. Raises `UnsafeArgument`."""
    if not _ROOM.match(text) or text.lower() in _TAKEN:
        raise UnsafeArgument(
            f"{text[:80]!r} cannot name a room: letters, digits, _ and - (1 to 64) are allowed, "
            f"but not {', '.join(sorted(_TAKEN))}"
        )
    return text


def note_words(name: str, value: str) -> str:
    """Raises `UnsafeArgument`."""
    if not _NOTE.match(name) or not (_NOTED.match(value) or not value):
        raise UnsafeArgument(
            f"{name[:40]}={value[:40]!r} is no note: a name and letters, digits, _,.:+- only"
        )
    return f"{name} {value}".rstrip()


def refusal(room: str, command: str, reply: str) -> RoomFailed:
    """The switch has no codes for these, only words (conference_api.c)."""
    if reply.startswith(f"-ERR Conference {room} not found"):
        return RoomMissing(room, command, reply)
    if re.search(r"-ERR (Non-Existant ID|Member: |relationship \d+->\d+ not found)", reply):
        return MemberMissing(room, command, reply)
    return RoomFailed(room, command, reply)


def limits(speak: bool, hear: bool) -> Iterable[str]:
    if not speak:
        yield "nospeak"
    if not hear:
        yield "nohear"


def parts(members: Sequence[int]) -> Iterable[Sequence[int]]:
    return (members[at : at + RELATED_AT_ONCE] for at in range(0, len(members), RELATED_AT_ONCE))


def member_words(members: Iterable[int]) -> str:
    return ",".join(member_word(member) for member in members)


def member_word(member: int) -> str:
    """0 and less mean other things to the switch."""
    if member < 1:
        raise UnsafeArgument(f"{member} is no member: they are numbered from 1")
    return str(member)


def file_word(path: Path) -> str:
    try:
        text = path_argument(path, "conference")
    except CallFailed as fault:
        raise UnsafeArgument(str(fault)) from fault
    if " " in text:
        # Arguments are parted at blanks, and `play` tells the path back unquoted.
        return f"'{text}'"
    return text
