"""What a program may do to the recordings of a room."""

from softswitch.conference.room import Room


async def record(room: Room, words: list[str]) -> str:
    if not words:
        return "record <filename>"
    path = words[0]
    if room.tapes.is_used(room.switch.recording_path(path)):
        return f"-ERR file [{path}] is already being used for recording.\n"
    begun = await room.record(path)
    return f"+OK Record file {path}\n" if begun else f"-ERR Record file {path} failed\n"


def norecord(room: Room, words: list[str]) -> str:
    if not words:
        return "norecord <[filename|all]>"
    path = words[0] if words[0] == "all" else room.switch.recording_path(words[0])
    stopped = [each for each in room.tapes.paths if path in ("all", each)]
    for each in stopped:
        room.stop_recording(each)
    missing = "" if stopped or path == "all" else f"-ERR non-existant recording '{words[0]}'\n"
    # FreeSWITCH 1.10.12 counts 0, as its recordings end a little later.
    lines = "".join(f"Stopped recording file {each}\n" for each in stopped)
    return f"{lines}{missing}+OK Stopped recording 0 files\n"


async def recording(room: Room, words: list[str]) -> str:
    verb, *rest = words or ["check"]
    if verb == "start":
        return await record(room, rest)
    if verb == "stop":
        return norecord(room, rest or ["all"])
    if room.tapes:
        return f"+OK Record file {room.tapes.paths[-1]}\n"
    return "+OK Conference is not being recorded.\n"
