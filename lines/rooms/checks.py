"""What the step can know of its fields before anybody calls."""

from ivr_flows.ports import Role
from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.templates import Template
from ivr_flows.world import World
from lines.rooms.ports import CONFERENCE


def check_room(room: Template | None, world: World) -> list[Fault]:
    """A room that does not exist."""
    known = world.named.get(CONFERENCE)
    if known is None or room is None or not room.constant or room.source in known:
        return []
    message = f"there is no conference room {quoted(room.source)}"
    return [Fault(("room",), message, nearest(room.source, known))]


def check_role(role: Template | None) -> list[Fault]:
    """No role at all."""
    known = [each.value for each in Role]
    if role is None or not role.constant or role.source in known:
        return []
    message = f"unknown role {quoted(role.source)}, expected one of {one_of(known)}"
    return [Fault(("as",), message, nearest(role.source, known))]


def check_language(language: Template | None, world: World) -> list[Fault]:
    """A language that nobody speaks here."""
    known = world.languages
    if language is None or not language.constant or language.source in known:
        return []
    message = f"unknown language {quoted(language.source)}, expected one of {one_of(known)}"
    return [Fault(("language",), message, nearest(language.source, known))]
