"""Playing sounds to the far end: playback, gentones, and what others build on."""

from collections.abc import Callable
from dataclasses import dataclass

from softswitch.errors import Interrupted, SoundMissing, SoundUnusable
from softswitch.media.frame import milliseconds
from softswitch.media.sources import Sound
from softswitch.session import Session, Wake
from softswitch.variables import number_of

_BLOCK = 16_384
"""Samples that FreeSWITCH reads ahead from a file (mod_sndfile), seen in `playback_samples`."""

_ANY_END = 2**31
"""Samples: behind the end of every sound."""

_FILE_STRING = "file_string://"

OnKey = Callable[[str], bool]
"""Told each key; True stops the sound."""


@dataclass(frozen=True, slots=True)
class Played:
    broken: bool
    """Stopped by a key or from outside, before its end."""


async def play(
    session: Session, name: str, on_key: OnKey | None = None, *, start: int = 0
) -> Played:
    """Play a sound from the sample `start` to its end or until a key says stop.

    Raises `SoundMissing`, `SoundUnusable`, and `Interrupted` when the call moves on.
    """
    sound = await session.switch.sounds.open(name)
    sound.skip(start)
    session.channel.fire("PLAYBACK_START", {"Playback-File-Path": name})
    broken = False
    try:
        broken = await _to_end(session, sound, on_key)
    finally:
        _note_length(session, sound)
        status = "break" if broken else "done"
        facts = {"Playback-File-Path": name, "Playback-Status": status}
        session.channel.fire("PLAYBACK_STOP", facts)
    return Played(broken)


async def _to_end(session: Session, sound: Sound, on_key: OnKey | None) -> bool:
    playing = session.port.play(sound)
    try:
        while True:
            wake = await session.wait(done=playing.done, keys=on_key is not None)
            if wake is not Wake.KEY:
                return wake is Wake.BROKEN
            if on_key is not None and on_key(session.keypad.take()):
                return True
    finally:
        playing.stop()


def _note_length(session: Session, sound: Sound) -> None:
    blocks = -(-sound.heard // _BLOCK) * _BLOCK
    read = min(blocks, sound.length - sound.start) if sound.length else sound.heard
    position = sound.start + sound.heard
    position = min(position, sound.length) if sound.length else position
    session.variables.set_all(
        {
            "playback_last_offset_pos": str(position),
            "playback_seconds": str(read // 8000),
            "playback_ms": str(milliseconds(read)),
            "playback_samples": str(read),
        }
    )


def terminators(session: Session) -> str:
    """The keys that end a playback or a recording; `*` unless told otherwise."""
    keys = session.variables.get("playback_terminators", "*")
    if keys == "any":
        return "0123456789*#"
    return "" if keys == "none" else keys


def stops_at_terminator(session: Session) -> OnKey:
    def on_key(digit: str) -> bool:
        if digit not in terminators(session):
            return False
        session.variables.set("playback_terminator_used", digit)
        return True

    return on_key


def _offset(argument: str) -> tuple[str, int]:
    """`<name>@@<samples>` (mod_dptools.c, playback_function): a negative number lies behind
    the end."""
    name, mark, rest = argument.partition("@")
    if not mark or not rest.startswith("@"):
        return argument, 0
    start = number_of(rest[1:], 0, -1, _ANY_END)
    return name, start if start >= 0 else _ANY_END


def _several(session: Session, argument: str) -> str:
    """Files that are parted by `playback_delimiter` (switch_ivr_play_say.c, switch_ivr_play_file),
    with nothing between them, as after `playback_sleep_val=0`."""
    delimiter = session.variables.get("playback_delimiter", "")[:1]
    if not delimiter or delimiter not in argument:
        return argument
    return _FILE_STRING + argument.removeprefix(_FILE_STRING).replace(delimiter, "!")


async def playback(session: Session, argument: str) -> None:
    session.variables.set("playback_terminator_used", None)
    response = "FILE PLAYED"
    name, start = _offset(_several(session, argument))
    try:
        await play(session, name, stops_at_terminator(session), start=start)
    except SoundMissing:
        response = "FILE NOT FOUND"
    except SoundUnusable:
        response = "PLAYBACK ERROR"
    except Interrupted:
        # Seen: the caller's own BYE is an error, being killed from aside is not.
        if session.variables.get("sip_hangup_disposition") == "recv_bye":
            response = "PLAYBACK ERROR"
        raise
    finally:
        session.variables.set("current_application_response", response)


async def endless_playback(session: Session, argument: str) -> None:
    while True:
        await play(session, argument)


async def gentones(session: Session, argument: str) -> None:
    """`gentones <script>[|<loops>]`; tells no PLAYBACK events."""
    script, _, loops = argument.partition("|")
    name = f"tone_stream://{script}" + (f";loops={loops}" if loops else "")
    try:
        sound = await session.switch.sounds.open(name)
    except SoundUnusable:
        return
    await _to_end(session, sound, stops_at_terminator(session))
