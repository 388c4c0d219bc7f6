"""The `conference` command."""

from typing import TYPE_CHECKING

from softswitch.conference.commands import room_command
from softswitch.conference.listing import json_list, plain_list, xml_list

if TYPE_CHECKING:
    from softswitch.switch import Switch


async def conference(switch: "Switch", argument: str) -> str:
    """`conference <room> <command> …`, or a list of all rooms."""
    name, _, rest = argument.partition(" ")
    rooms = switch.rooms.all()
    if not name:
        return "<conf name> list|json_list|xml_list|play|stop|mute|unmute|deaf|undeaf|kick|…\n"
    if not rest and name in ("list", "json_list", "xml_list"):
        if not rooms:
            return "+OK No active conferences.\n"
        return {"list": plain_list, "json_list": json_list, "xml_list": xml_list}[name](rooms)
    room = switch.rooms.get(name)
    if room is None:
        return f"-ERR Conference {name} not found\n"
    return await room_command(room, rest)
