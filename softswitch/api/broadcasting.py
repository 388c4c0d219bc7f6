"""Sound and keys into a call, and recordings of it, on a program's word."""

import uuid
from typing import TYPE_CHECKING

from softswitch.apps.recording import begin_recording
from softswitch.media.keys import keys_of
from softswitch.orders import Order
from softswitch.session import Session
from softswitch.variables import number_of

if TYPE_CHECKING:
    from softswitch.switch import Switch

_NO_SESSION = "-ERR Cannot locate session!\n"
_AUDIO_USAGE = "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n"
_RECORD_USAGE = "-USAGE: <uuid> [start|stop|mask|unmask] <path> [<limit>]\n"


def uuid_broadcast(switch: "Switch", argument: str) -> str:
    """`uuid_broadcast <uuid> <file or app::argument> [aleg|bleg|both]`."""
    words = argument.split(" ", 1)
    if len(words) < 2:
        return "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n"
    session = switch.sessions.get(words[0])
    if session is None:
        return "-ERR invalid uuid\n"
    what, legs = words[1].strip(), "aleg"
    head, _, last = what.rpartition(" ")
    if head and last in ("aleg", "bleg", "both", "holdb"):
        what, legs = head, last
    for target in _legs(session, legs):
        target.post(_broadcast_order(what))
    return "+OK Message sent\n"


def _legs(session: Session, legs: str) -> list[Session]:
    chosen = [session] if legs in ("aleg", "both") else []
    if legs in ("bleg", "both", "holdb") and session.peer is not None:
        chosen.append(session.peer)
    return chosen


def _broadcast_order(what: str) -> Order:
    application, double, argument = what.partition("::")
    if not double or "/" in application:
        application, argument = "playback", what
    return Order(application.rstrip("!"), argument, str(uuid.uuid4()))


async def uuid_record(switch: "Switch", argument: str) -> str:
    """`uuid_record <uuid> start|stop|mask|unmask <path> [<limit s>]`."""
    words = argument.split()
    if len(words) < 3:
        return _RECORD_USAGE
    session = switch.sessions.get(words[0])
    if session is None:
        return _NO_SESSION
    if words[1] == "start":
        limit = number_of(words[3] if len(words) > 3 else "", 0, 0, 14_400)
        begun = await begin_recording(session, words[2], limit)
        return "+OK Success\n" if begun else "-ERR Cannot record session!\n"
    path = words[2] if words[2] == "all" else switch.recording_path(words[2])
    return _change_recording(session, words[1], path)


def _change_recording(session: Session, verb: str, path: str) -> str:
    running = session.recordings
    chosen = (
        list(running.values()) if path == "all" else [r for p, r in running.items() if p == path]
    )
    if verb == "stop":
        for recording in chosen:
            recording.stop()
        return "+OK Success\n" if chosen else "-ERR Cannot stop record session!\n"
    if verb not in ("mask", "unmask"):
        return _RECORD_USAGE
    for recording in chosen:
        recording.mask(verb == "mask")
    return "+OK Success\n" if chosen else f"-ERR Cannot {verb} recording session!\n"


def uuid_send_dtmf(switch: "Switch", argument: str) -> str:
    identity, _, keys = argument.partition(" ")
    if not keys:
        return "-USAGE: <uuid> <dtmf_data>\n"
    session = switch.sessions.get(identity)
    if session is None:
        return _NO_SESSION
    for key in keys_of(keys):
        session.line.send_key(key)
    return f"+OK {session.uuid} sent DTMF {keys}.\n"


def uuid_recv_dtmf(switch: "Switch", argument: str) -> str:
    identity, _, keys = argument.partition(" ")
    if not keys:
        return "-USAGE: <uuid> <dtmf_data>\n"
    session = switch.sessions.get(identity)
    if session is None:
        return _NO_SESSION
    for key in keys_of(keys):
        session.press(key)
    return f"+OK {session.uuid} received DTMF {keys}.\n"


def uuid_audio(switch: "Switch", argument: str) -> str:
    """Only `stop` does (nothing): levels are not changed here."""
    words = argument.split()
    if (
        len(words) < 2
        or (words[1] == "start" and len(words) < 5)
        or words[1] not in ("start", "stop")
    ):
        return _AUDIO_USAGE
    return "+OK\n" if words[0] in switch.sessions else _NO_SESSION
