"""`conference <room> <command>`: what a program may do to a room and its members."""

from collections.abc import Awaitable, Callable

from softswitch.causes import NORMAL
from softswitch.conference.listing import json_list, plain_list, xml_list
from softswitch.conference.member import MAX_LEVEL, Member
from softswitch.conference.room import Room
from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.frame import milliseconds
from softswitch.media.keys import keys_of
from softswitch.media.sources import Ending, Sound
from softswitch.variables import number_of

MemberCommand = Callable[[Room, Member, str], str]
RoomCommand = Callable[[Room, str], "str | Awaitable[str]"]


async def room_command(room: Room, text: str) -> str:
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if verb in _MEMBER_COMMANDS:
        return _each_member(room, verb, rest)
    command = _ROOM_COMMANDS.get(verb)
    if command is None:
        return f"-ERR Conference command '{verb}' not found.\n"
    answer = command(room, rest)
    return answer if isinstance(answer, str) else await answer


def _each_member(room: Room, verb: str, rest: str) -> str:
    who, _, argument = rest.partition(" ")
    if not who:
        return f"-ERR {verb} needs a member id\n"
    if who in ("all", "non_moderator"):
        chosen = [m for m in room.members if who == "all" or not m.is_moderator]
        return "".join(_MEMBER_COMMANDS[verb](room, member, argument) for member in chosen)
    member = room.member(who)
    if member is None:
        return f"-ERR Non-Existant ID {who}\n"
    return _MEMBER_COMMANDS[verb](room, member, argument)


def _mute(room: Room, member: Member, _: str) -> str:
    member.can_speak = False
    room.tell_of(member, "mute-member")
    return f"+OK mute {member.number}\n"


def _unmute(room: Room, member: Member, _: str) -> str:
    member.can_speak = True
    room.tell_of(member, "unmute-member")
    return f"+OK unmute {member.number}\n"


def _tmute(room: Room, member: Member, argument: str) -> str:
    return (_mute if member.can_speak else _unmute)(room, member, argument)


def _deaf(room: Room, member: Member, _: str) -> str:
    member.can_hear = False
    room.tell_of(member, "deaf-member")
    return f"+OK deaf {member.number}\n"


def _undeaf(room: Room, member: Member, _: str) -> str:
    member.can_hear = True
    room.tell_of(member, "undeaf-member")
    return f"+OK undeaf {member.number}\n"


def _kick(room: Room, member: Member, _: str) -> str:
    room.tell_of(member, "kick-member")
    member.leave()
    return f"+OK kicked {member.number}\n"


def _hup(room: Room, member: Member, _: str) -> str:
    room.tell_of(member, "hup-member")
    member.session.hang_up(NORMAL, aside=True)
    return f"+OK hup {member.number}\n"


def _dtmf(room: Room, member: Member, keys: str) -> str:
    for key in keys_of(keys):
        member.session.line.send_key(key)
    room.tell_of(member, "dtmf-member", {"Digits": keys})
    return "OK\n"


def _volume_out(room: Room, member: Member, level: str) -> str:
    member.volume_out = number_of(level, member.volume_out, -MAX_LEVEL, MAX_LEVEL)
    room.tell_of(member, "volume-out-member", {"Volume-Level": str(member.volume_out)})
    return f"+OK Volume OUT {member.number} = {member.volume_out}\n"


def _volume_in(room: Room, member: Member, level: str) -> str:
    member.volume_in = number_of(level, member.volume_in, -MAX_LEVEL, MAX_LEVEL)
    room.tell_of(member, "volume-in-member", {"Volume-Level": str(member.volume_in)})
    return f"+OK Volume IN {member.number} = {member.volume_in}\n"


def _energy(room: Room, member: Member, level: str) -> str:
    member.energy_level = number_of(level, member.energy_level, 0, 32_767)
    room.tell_of(member, "energy-level-member", {"Energy-Level": str(member.energy_level)})
    return f"+OK Energy {member.number} = {member.energy_level}\n"


def _get_uuid(_: Room, member: Member, __: str) -> str:
    return member.session.uuid


async def _play(room: Room, rest: str) -> str:
    """`play <file> [<member id>]`."""
    name, _, number = (
        rest.rpartition(" ") if rest.rpartition(" ")[2].isdecimal() else (rest, "", "")
    )
    name = name.removesuffix(" async")
    try:
        sound = await room.switch.sounds.open(name)
    except (SoundMissing, SoundUnusable):
        room.tell("play-file", {"File": name, "Async": "false", "Error": "File not found"})
        return f"-ERR (play) File: {name} not found.\n"
    if not number:
        room.play(name, sound)
        return f"+OK (play) Playing file {name}\n"
    member = room.member(number)
    if member is None:
        return f"-ERR Member: {number} not found.\n"
    _play_to_member(room, member, name, sound)
    return f"+OK (play) Playing file {name} to member {number}\n"


def _play_to_member(room: Room, member: Member, name: str, sound: Sound) -> None:
    def told() -> None:
        facts = {
            "seconds": str(sound.heard // 8000),
            "milliseconds": str(milliseconds(sound.heard)),
            "samples": str(sound.heard),
            "File": name,
        }
        room.tell_of(member, "play-file-member-done", facts)

    room.tell_of(member, "play-file-member", {"File": name})
    member.prompt = Ending(sound, lambda: room.switch.engine.post(told))


def _stop(room: Room, rest: str) -> str:
    return f"+OK Stopped {room.stop_file()} files.\n"


def _lock(room: Room, _: str) -> str:
    room.locked = True
    room.tell("lock")
    return f"+OK {room.name} locked\n"


def _unlock(room: Room, _: str) -> str:
    room.locked = False
    room.tell("unlock")
    return f"+OK {room.name} unlocked\n"


async def _record(room: Room, path: str) -> str:
    if not path:
        return "-ERR record needs a path\n"
    begun = await room.record(path)
    return f"+OK Record file {path}\n" if begun else f"-ERR Record file {path} failed\n"


def _norecord(room: Room, path: str) -> str:
    path = path if path == "all" else room.switch.recording_path(path)
    if room.recording is None or path not in ("all", room.recording.path):
        return "+OK Stopped recording 0 files\n"
    name = room.recording.path
    room.stop_recording()
    # FreeSWITCH 1.10.12 counts 0 when it names the file.
    return f"Stopped recording file {name}\n+OK Stopped recording 0 files\n"


async def _recording(room: Room, rest: str) -> str:
    verb, _, path = rest.partition(" ")
    if verb == "start":
        return await _record(room, path)
    if verb == "stop":
        return _norecord(room, path or "all")
    if room.recording is not None:
        return f"+OK Record file {room.recording.path}\n"
    return "+OK Conference is not being recorded.\n"


def _list(room: Room, rest: str) -> str:
    return str(len(room.members)) if rest == "count" else plain_list([room], named=False)


_MEMBER_COMMANDS: dict[str, MemberCommand] = {
    "deaf": _deaf,
    "dtmf": _dtmf,
    "energy": _energy,
    "get-uuid": _get_uuid,
    "hup": _hup,
    "kick": _kick,
    "mute": _mute,
    "tmute": _tmute,
    "undeaf": _undeaf,
    "unmute": _unmute,
    "volume_in": _volume_in,
    "volume_out": _volume_out,
}
_ROOM_COMMANDS: dict[str, RoomCommand] = {
    "count": lambda room, rest: str(len(room.members)),
    "json_list": lambda room, rest: json_list([room]),
    "list": _list,
    "lock": _lock,
    "norecord": _norecord,
    "play": _play,
    "record": _record,
    "recording": _recording,
    "stop": _stop,
    "unlock": _unlock,
    "xml_list": lambda room, rest: xml_list([room]),
}
