"""`conference <room> <command>`: what a program may do to a room."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from softswitch.conference.listing import json_list, plain_list, xml_list
from softswitch.conference.member import Member
from softswitch.conference.member_commands import is_for_members, member_command
from softswitch.conference.programme import Piece
from softswitch.conference.recording_commands import norecord, record, recording
from softswitch.conference.room import Room
from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.frame import milliseconds
from softswitch.media.sources import Sound

RoomCommand = Callable[[Room, list[str]], "str | Awaitable[str]"]

_WORDS = re.compile(r"'([^']*)'|(\S+)")
_MAX_WORDS = 25
"""conference_api.c, conference_api_main_real."""
_MAX_RELATED = 100


async def room_command(room: Room, text: str) -> str:
    verb, _, rest = text.strip().partition(" ")
    if is_for_members(verb):
        return member_command(room, verb, rest.strip())
    command = _COMMANDS.get(verb)
    if command is None:
        return f"-ERR Conference command '{verb}' not found.\n"
    answer = command(room, [quoted or word for quoted, word in _WORDS.findall(rest)][:_MAX_WORDS])
    return answer if isinstance(answer, str) else await answer


async def _play(room: Room, words: list[str]) -> str:
    """`play <file> [async|<member id>]`."""
    if not words:
        return "play <file_path> [async|<member_id> [nomux]]"
    name, *more = words
    try:
        sound = await room.switch.sounds.open(name)
    except (SoundMissing, SoundUnusable):
        room.tell("play-file", {"File": name, "Async": "false", "Error": "File not found"})
        return f"-ERR (play) File: {name} not found.\n"
    if not more or more[0] == "async":
        room.play(name, sound)
        return f"+OK (play) Playing file {name}\n"
    member = room.member(more[0])
    if member is None:
        return f"-ERR Member: {more[0]} not found.\n"
    _play_to_member(room, member, name, sound)
    return f"+OK (play) Playing file {name} to member {more[0]}\n"


def _play_to_member(room: Room, member: Member, name: str, sound: Sound) -> None:
    def told() -> None:
        facts = {
            "seconds": str(sound.heard // 8000),
            "milliseconds": str(milliseconds(sound.heard)),
            "samples": str(sound.heard),
            "File": name,
        }
        room.tell_of(member, "play-file-member-done", facts)

    if member.prompts.add(Piece(sound, told)):
        room.tell_of(member, "play-file-member", {"File": name})


def _stop(room: Room, words: list[str]) -> str:
    """`stop [all|current|async] [<member id>]`."""
    if len(words) < 2:
        return f"+OK Stopped {room.programme.stop()} files.\n"
    member = room.member(words[1])
    if member is None:
        return f"-ERR Member: {words[1]} not found.\n"
    return f"+OK Stopped {member.prompts.stop()} files.\n"


def _relate(room: Room, words: list[str]) -> str:
    """`relate <member id>[,…] <member id>[,…] nospeak|nohear|clear`."""
    if len(words) < 2:
        return _related(room, words)
    kind = words[2] if len(words) > 2 else ""
    if kind != "clear" and "nospeak" not in kind and "nohear" not in kind:
        return "relate <member_id>[,…] <other_member_id>[,…] [nospeak|nohear|clear]"
    ones, others = (each.split(",")[:_MAX_RELATED] for each in words[:2])
    return "".join(_relate_two(room, one, other, kind) for one in ones for other in others)


def _related(room: Room, words: list[str]) -> str:
    if not room.relations:
        return "+OK No relationships\n"
    asked = [int(word) for word in words[0].split(",") if word.isdecimal()] if words else []
    return "".join(line for number in asked for line in room.relations.told_of(number))


def _relate_two(room: Room, one: str, other: str, kind: str) -> str:
    first, second = room.member(one), room.member(other)
    if first is None or (second is None and kind != "clear"):
        return f"-ERR relationship {one}->{other} not found.\n"
    if kind == "clear":
        room.relations.clear(first.number, int(other) if other.isdecimal() else 0)
        return f"+OK relationship {one}->{other} cleared.\n"
    assert second is not None
    room.relations.relate(
        first.number, second.number, speaks="nospeak" not in kind, hears="nohear" not in kind
    )
    return f"+OK {one}->{other} {kind} set\n"


def _lock(locked: bool, room: Room, _: list[str]) -> str:
    room.locked = locked
    word = "lock" if locked else "unlock"
    room.tell(word)
    return f"+OK {room.name} {word}ed\n"


def _setvar(room: Room, words: list[str]) -> str:
    if words:
        room.variables.set(words[0], words[1] if len(words) > 1 else None)
    return "+OK\n"


def _getvar(room: Room, words: list[str]) -> str:
    return room.variables.get(words[0], "") if words else ""


def _get(room: Room, words: list[str]) -> str:
    """conference_api.c, conference_api_sub_get."""
    facts = {
        "count": str(len(room.members)),
        "is_locked": "locked" if room.locked else "",
        "max_members": str(room.most),
        "profile_name": room.profile.name,
        "uuid": room.uuid,
        "wait_mod": "true" if room.waits else "",
    }
    return facts.get(words[0], "get <parameter-name>") if words else "get <parameter-name>"


def _list(room: Room, words: list[str]) -> str:
    counted = words[:1] == ["count"]
    return str(len(room.members)) if counted else plain_list([room], named=False)


_COMMANDS: dict[str, RoomCommand] = {
    "count": lambda room, words: str(len(room.members)),
    "get": _get,
    "getvar": _getvar,
    "json_list": lambda room, words: json_list([room], compact=words[:1] == ["compact"]),
    "list": _list,
    "lock": partial(_lock, True),
    "norecord": norecord,
    "play": _play,
    "record": record,
    "recording": recording,
    "relate": _relate,
    "setvar": _setvar,
    "stop": _stop,
    "unlock": partial(_lock, False),
    "xml_list": lambda room, words: xml_list([room]),
}
