"""Rooms and members as text, JSON and XML, in FreeSWITCH's own layout."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from softswitch.conference.member import Member
from softswitch.conference.room import Room

_FLAGS = "running|answered|enforce_min|dynamic|exit_sound|enter_sound|json_status"


def plain_list(rooms: Sequence[Room], *, named: bool = True) -> str:
    return "".join(_plain_room(room, named) for room in rooms)


def _plain_room(room: Room, named: bool) -> str:
    lines = []
    if named:
        count = len(room.members)
        members = f"{count} member{'s' if count != 1 else ''}"
        flags = f"locked|{_FLAGS}" if room.locked else _FLAGS
        lines.append(f"+OK Conference {room.name} ({members} rate: 8000 flags: {flags})\n")
    lines += [_plain_member(room, member) for member in reversed(room.members)]
    return "".join(lines)


def _plain_member(room: Room, member: Member) -> str:
    profile = member.session.channel.profile
    flags = ["hear"] * member.can_hear + ["speak"] * member.can_speak
    flags += ["talking"] * member.talking + ["floor"] * (room.floor is member)
    flags += ["moderator"] * member.is_moderator
    cells = (
        str(member.number),
        profile.channel_name,
        member.session.uuid,
        profile.caller_name,
        profile.caller_number,
        "|".join(flags),
        str(member.volume_in),
        str(member.volume_out),
        str(member.energy_level),
    )
    return ";".join(cells) + "\n"


def _seconds(room: Room, since: float) -> int:
    return int(room.switch.now() - since)


def _room_facts(room: Room) -> dict[str, Any]:
    return {
        "conference_name": room.name,
        "member_count": len(room.members),
        "ghost_count": 0,
        "rate": 8000,
        "run_time": _seconds(room, room.created),
        "conference_uuid": room.uuid,
        "canvas_count": 0,
        "max_bw_in": 0,
        "force_bw_in": 0,
        "video_floor_packets": 0,
        "locked": room.locked,
        "destruct": False,
        "wait_mod": room.waits,
        "audio_always": False,
        "running": True,
        "answered": True,
        "enforce_min": True,
        "bridge_to": False,
        "dynamic": True,
        "exit_sound": True,
        "enter_sound": True,
        "recording": bool(room.tapes),
        "video_bridge": False,
        "video_floor_only": False,
        "video_rfc4579": False,
        "variables": dict(room.variables),
        "members": _recordings(room) + [_member_facts(room, m) for m in reversed(room.members)],
    }


def _recordings(room: Room) -> list[dict[str, Any]]:
    return [{"type": "recording_node", "record_path": path} for path in room.tapes.paths]


def _member_facts(room: Room, member: Member) -> dict[str, Any]:
    profile = member.session.channel.profile
    silent = member.last_talking or member.joined
    return {
        "type": "caller",
        "id": member.number,
        "flags": _member_flags(room, member),
        "uuid": member.session.uuid,
        "caller_id_name": profile.caller_name,
        "caller_id_number": profile.caller_number,
        "join_time": _seconds(room, member.joined),
        "last_talking": _seconds(room, silent) if member.last_talking else 0,
        "energy": member.energy_level,
        "volume_in": member.volume_in,
        "volume_out": member.volume_out,
        "output-volume": member.volume_out,
        "input-volume": member.volume_in,
    }


def _member_flags(room: Room, member: Member) -> dict[str, bool]:
    return {
        "can_hear": member.can_hear,
        "can_see": True,
        "can_speak": member.can_speak,
        "hold": False,
        "mute_detect": False,
        "talking": member.talking,
        "has_video": False,
        "video_bridge": False,
        "has_floor": room.floor is member,
        "is_moderator": member.is_moderator,
        "end_conference": member.ends_room,
        "mandatory_member_end_conference": False,
        "pass_digits": False,
    }


def json_list(rooms: Sequence[Room], *, compact: bool = False) -> str:
    facts = [_room_facts(room) for room in rooms]
    if compact:
        return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return _cjson(facts, 0)


def _cjson(value: Any, depth: int) -> str:
    """cJSON_Print's layout: tabs, and objects of an array on one line with its bracket."""
    if isinstance(value, Mapping):
        tabs = "\t" * (depth + 1)
        lines = [f"{tabs}{json.dumps(k)}:\t{_cjson(v, depth + 1)}" for k, v in value.items()]
        inside = ",\n".join(lines) + "\n" if lines else ""
        return "{\n" + inside + "\t" * depth + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_cjson(item, depth + 1) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def xml_list(rooms: Sequence[Room]) -> str:
    body = "".join(_xml_room(room) for room in rooms)
    return f'<?xml version="1.0"?>\n<conferences>\n{body}</conferences>\n'


def _xml_room(room: Room) -> str:
    locked = ' locked="true"' if room.locked else ""
    recording = ' recording="true"' if room.tapes else ""
    members = "".join(_xml_member(room, member) for member in reversed(room.members))
    return (
        f'  <conference name="{escape(room.name)}" member-count="{len(room.members)}" '
        f'ghost-count="0" rate="8000" uuid="{room.uuid}"{locked}{recording} running="true" '
        'answered="true" enforce_min="true" dynamic="true" exit_sound="true" '
        f'enter_sound="true" run_time="{_seconds(room, room.created)}">\n'
        "    <variables></variables>\n"
        f"    <members>\n{members}    </members>\n  </conference>\n"
    )


def _xml_member(room: Room, member: Member) -> str:
    profile = member.session.channel.profile
    known = _member_flags(room, member)
    order = "can_hear can_see can_speak mute_detect talking hold has_video video_bridge has_floor"
    flags = [(name, known[name]) for name in [*order.split(), "is_moderator", "end_conference"]]
    flags += [("mandatory_member_end_conference", False), ("is_ghost", False)]
    words = "".join(f"          <{name}>{str(on).lower()}</{name}>\n" for name, on in flags)
    last = str(_seconds(room, member.last_talking)) if member.last_talking else "N/A"
    facts = {
        "uuid": member.session.uuid,
        "caller_id_name": quote(profile.caller_name),
        "caller_id_number": quote(profile.caller_number),
        "join_time": str(_seconds(room, member.joined)),
        "last_talking": last,
        "energy": str(member.energy_level),
        "volume_in": str(member.volume_in),
        "volume_out": str(member.volume_out),
        "output-volume": str(member.volume_out),
    }
    cells = "".join(f"        <{name}>{escape(value)}</{name}>\n" for name, value in facts.items())
    return (
        f'      <member type="caller">\n        <id>{member.number}</id>\n'
        f"        <flags>\n{words}        </flags>\n{cells}      </member>\n"
    )
