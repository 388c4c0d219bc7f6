"""What both steps can know of their fields before anybody calls."""

from ivr_flows.named_checks import check_language, check_named
from ivr_flows.problem import Fault
from ivr_flows.templates import Template
from ivr_flows.world import World
from voicemail.ports import MAILBOX

__all__ = ["check_box", "check_language"]


def check_box(box: Template | None, world: World) -> list[Fault]:
    """A mailbox that does not exist."""
    return check_named("box", box, world.named.get(MAILBOX), "mailbox")
