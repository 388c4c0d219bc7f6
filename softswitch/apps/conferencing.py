"""The `conference` application."""

import re

from softswitch.conference.member import Member
from softswitch.conference.room import Room
from softswitch.session import Session, Wake

_FLAGS = re.compile(r"\+flags\{([^}]*)\}")


async def conference(session: Session, argument: str) -> None:
    """`conference <room>[@<profile>][+flags{mute|deaf|moderator}]`."""
    session.line.answer()
    flags = _FLAGS.search(argument)
    name, _, profile = _FLAGS.sub("", argument).partition("+")[0].strip().partition("@")
    room = session.switch.rooms.get(name)
    if room is not None and room.locked:
        return
    room = room or session.switch.rooms.open(name, profile or "default")
    member = room.join(session)
    _apply(member, re.split(r"[|,\s]+", flags[1]) if flags else [])
    await _stay(session, room, member)


def _apply(member: Member, flags: list[str]) -> None:
    member.can_speak = "mute" not in flags
    member.can_hear = "deaf" not in flags
    member.is_moderator = "moderator" in flags


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
