"""What both steps can know of their fields before anybody calls."""

from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.templates import Template
from ivr_flows.world import World
from voicemail.ports import MAILBOX


def check_box(box: Template | None, world: World) -> list[Fault]:
    """A mailbox that does not exist."""
    known = world.named.get(MAILBOX)
    if known is None or box is None or not box.constant or box.source in known:
        return []
    message = f"there is no mailbox {quoted(box.source)}"
    return [Fault(("box",), message, nearest(box.source, known))]


def check_language(language: Template | None, world: World) -> list[Fault]:
    """A language that nobody speaks here."""
    known = world.languages
    if language is None or not language.constant or language.source in known:
        return []
    message = f"unknown language {quoted(language.source)}, expected one of {one_of(known)}"
    return [Fault(("language",), message, nearest(language.source, known))]
