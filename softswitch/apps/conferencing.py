"""The `conference` application."""

import re

from softswitch.conference.member import Member
from softswitch.conference.room import Room
from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.sources import Sound
from softswitch.session import Session, Wake
from softswitch.variables import number_of

_FLAGS = re.compile(r"\+flags\{([^}]*)\}")
_MAX_FLAGS = 10
"""conference_utils.c, conference_utils_set_mflags: those beyond are not read."""


async def conference(session: Session, argument: str) -> None:
    """`conference <room>[@<profile>][+flags{mute|deaf|moderator|endconf|nomoh|wait-mod}]`."""
    session.line.answer()
    flags = _flags_of(session, argument)
    name, _, profile = _FLAGS.sub("", argument).partition("+")[0].strip().partition("@")
    room = session.switch.rooms.get(name)
    if room is not None and (room.is_full or (room.locked and _is_kept_out(session))):
        return
    sounds = [await _sound(session, f"conference_{kind}_sound") for kind in ("moh", "enter")]
    room = session.switch.rooms.get(name) or _opened(session, name, profile, flags, sounds[0])
    member = room.join(session, flags)
    if sounds[1] is not None and len(room.members) > 1:
        room.play(session.variables["conference_enter_sound"], sounds[1])
    await _stay(session, room, member)


def _flags_of(session: Session, argument: str) -> frozenset[str]:
    given = _FLAGS.search(argument)
    texts = [given[1] if given else "", session.variables.get("conference_member_flags", "")]
    return frozenset(re.split(r"[|,\s]+", "|".join(texts).strip("|"))[:_MAX_FLAGS])


def _is_kept_out(session: Session) -> bool:
    """Whom the switch itself has called gets past the lock (mod_conference.c,
    conference_function)."""
    variables = session.variables
    if "conference_enforce_security" in variables:
        return variables.is_true("conference_enforce_security")
    return session.channel.profile.direction == "inbound"


async def _sound(session: Session, variable: str) -> Sound | None:
    name = session.variables.get(variable)
    if not name:
        return None
    try:
        return await session.switch.sounds.open(name)
    except (SoundMissing, SoundUnusable):
        return None


def _opened(
    session: Session, name: str, profile: str, flags: frozenset[str], music: Sound | None
) -> Room:
    room = session.switch.rooms.open(name, profile or "default")
    room.waits = "wait-mod" in flags
    room.most = number_of(session.variables.get("conference_max_members", ""), room.most, 0, 10000)
    if music is not None:
        room.have_music(music)
    return room


async def _stay(session: Session, room: Room, member: Member) -> None:
    session.variables.set("conference_name", room.name)
    session.variables.set("conference_member_id", str(member.number))
    session.variables.set("conference_uuid", room.uuid)
    session.port.add_sink(member)
    playing = session.port.play(member)
    try:
        while await session.wait(done=member.left, keys=True) is not Wake.DONE:
            while session.keypad.waits:
                session.keypad.take()
    finally:
        playing.stop()
        session.port.remove_sink(member)
        room.leave(member)
