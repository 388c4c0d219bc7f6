"""The caller in a conference room."""

from collections.abc import Mapping
from dataclasses import dataclass

from esl import commands
from esl.absence import route
from esl.conference_words import room_name
from esl.errors import EslError, UnsafeArgument
from esl.event import Event
from esl.paths import path_argument
from esl.session import CallSession
from ivr_flows.ports import CallFailed, Prompt, Role, RoomOutcome, SwitchLost

STAY_LIMIT = 6 * 3600.0
"""Seconds one may be in a room: a line left off the hook must not stay for ever."""
ROOM, HALL = "pressline-room", "pressline-hall"
"""Profiles of the switch (docs/freeswitch.md)."""
FLAGS = {Role.LISTENER: ["mute"], Role.SPEAKER: [], Role.MODERATOR: ["moderator"]}
JOINED = "conference_uuid"
"""Set when a call has come in, and not before (conference_member.c, conference_member_add)."""
SENT_LIMIT = 60.0
"""Seconds for a call to be sent away. A switch that has no time reads commands slowly: it offers
the processor to all other threads after each byte (mod_event_socket.c, read_packet)."""
TRANSFERS = "70"
"""As many as a call may have had behind it, by the switch's own default; counted down by each
(switch_ivr.c, switch_ivr_session_transfer)."""

_WHY = {"locked": RoomOutcome.LOCKED, "-ERR no reply": RoomOutcome.FULL}
"""By the answer to `get is_locked`, which is empty for a room that is not; the switch says so of
any command that answers nothing (mod_event_socket.c, api_exec)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a caller goes into a room."""

    room: str
    role: Role
    hall: bool = False
    wait_for_moderator: bool = False
    music: Prompt | None = None


def conference(session: CallSession, entry: Entry) -> RoomOutcome:
    """Until shown out. Raises `CallEnded`, `CallFailed`, `SwitchLost`."""
    session.check_alive()
    argument = _argument(entry)
    _prepare(session, entry.music)
    completion = session.execute("conference", argument, STAY_LIMIT)
    session.keypad.clear()  # keys pressed now were for the room
    return outcome(session, entry.room, completion)


def send(session: CallSession, entry: Entry, token: str, back: str) -> None:
    """Into the room, and `back` when that is over, where its variable is `token`; then nothing
    more is to come by this connection. Raises `CallEnded`, `CallFailed`, `SwitchLost`."""
    session.check_alive()
    argument = _argument(entry)
    _prepare(session, entry.music, {"max_session_transfers": TRANSFERS})
    session.execute("transfer", route(argument, token, back), SENT_LIMIT)


def _argument(entry: Entry) -> str:
    try:
        name = room_name(entry.room)
    except UnsafeArgument as fault:
        raise CallFailed("conference", str(fault)) from fault
    flags = [*FLAGS[entry.role], *(["wait-mod"] if entry.wait_for_moderator else [])]
    suffix = f"+flags{{{'|'.join(flags)}}}" if flags else ""
    return f"{name}@{HALL if entry.hall else ROOM}{suffix}"


def _prepare(
    session: CallSession, music: Prompt | None, more: Mapping[str, str] | None = None
) -> None:
    settings = {
        **(more or {}),
        JOINED: "",
        # Otherwise the end of a room hangs up whoever is in it (mod_conference.c,
        # conference_thread_run).
        "hangup_after_conference": "false",
        # Read when the call opens the room (mod_conference.c, conference_function).
        "conference_moh_sound": "" if music is None else path_argument(music.path, "conference"),
        # Otherwise everybody who comes or goes makes the music of those who wait begin anew
        # (conference_member.c, conference_member_add).
        "conference_permanent_wait_mod_moh": "true",
    }
    session.cork_locked("multiset", "^^|" + "|".join(map("=".join, settings.items())))


def outcome(session: CallSession, room: str, completion: Event) -> RoomOutcome:
    """By an event of the call after it. A call that is kept out is told no reason."""
    if completion.get(f"variable_{JOINED}"):
        return RoomOutcome.SHOWN_OUT
    try:
        reply = session.request(commands.api(f"conference {room} get is_locked"))
    except EslError as fault:
        session.check_alive()
        raise SwitchLost(str(fault)) from fault
    answer = reply.body.decode("utf-8", "replace").strip()
    if answer not in _WHY:
        raise CallFailed("conference", answer[:200])
    return _WHY[answer]
