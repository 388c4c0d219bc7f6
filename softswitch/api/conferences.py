"""The `conference` command."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from softswitch.conference.commands import room_command
from softswitch.conference.listing import json_list, plain_list, xml_list
from softswitch.conference.room import Room

if TYPE_CHECKING:
    from softswitch.switch import Switch

_LISTS: dict[str, Callable[[list[Room]], str]] = {
    "list": lambda rooms: plain_list(rooms) or "+OK No active conferences.\n",
    "json_list": json_list,
    "json_list compact": lambda rooms: json_list(rooms, compact=True),
    "xml_list": xml_list,
}


async def conference(switch: "Switch", argument: str) -> str:
    """`conference <room> <command> …`, or a list of all rooms."""
    name, _, rest = argument.partition(" ")
    if not name:
        return "<conf name> list|json_list|xml_list|play|stop|mute|unmute|deaf|undeaf|kick|…\n"
    room = switch.rooms.get(name)
    if room is not None:
        return await room_command(room, rest)
    listing = _LISTS.get(argument.strip())
    return listing(switch.rooms.all()) if listing else f"-ERR Conference {name} not found\n"
