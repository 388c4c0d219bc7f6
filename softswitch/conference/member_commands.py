"""What a program may do to one member of a room, or to all."""

from collections.abc import Callable

from softswitch.causes import NORMAL
from softswitch.conference.member import MAX_LEVEL, Member
from softswitch.conference.room import Room
from softswitch.media.keys import keys_of
from softswitch.variables import number_of

MemberCommand = Callable[[Room, Member, str], str]
MAX_ENERGY = 32_767


def is_for_members(verb: str) -> bool:
    return verb in _COMMANDS


def member_command(room: Room, verb: str, rest: str) -> str:
    """`<verb> <member id>|all|non_moderator|last [<argument>]`."""
    who, _, argument = rest.partition(" ")
    run = _COMMANDS[verb]
    if who in ("all", "non_moderator"):
        return "".join(
            _skipped(member)
            if who == "non_moderator" and member.is_moderator
            else run(room, member, argument)
            for member in reversed(room.members)
        )
    if who != "last" and not who.isdecimal():
        return f"{verb} <[member_id|all]|last|non_moderator>"
    member = room.member(who)
    return f"-ERR Non-Existant ID {who}\n" if member is None else run(room, member, argument)


def _skipped(member: Member) -> str:
    return f"Skipping moderator (member id {member.number}).\n"


def _mute(room: Room, member: Member, _: str) -> str:
    member.mute()
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
    member.energy_level = number_of(level, member.energy_level, 0, MAX_ENERGY)
    room.tell_of(member, "energy-level-member", {"Energy-Level": str(member.energy_level)})
    return f"Energy {member.number} = {member.energy_level}\n"


def _get_uuid(_: Room, member: Member, __: str) -> str:
    return member.session.uuid


_COMMANDS: dict[str, MemberCommand] = {
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
