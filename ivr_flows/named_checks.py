"""What steps of domains can know of their fields before anybody calls: names that must exist."""

from collections.abc import Collection

from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.templates import Template
from ivr_flows.world import World


def check_named(
    field: str, given: Template | None, known: Collection[str] | None, kind: str
) -> list[Fault]:
    """A constant name that is none of `known`; None for those means: not checked."""
    if known is None or given is None or not given.constant or given.source in known:
        return []
    message = f"there is no {kind} {quoted(given.source)}"
    return [Fault((field,), message, nearest(given.source, known))]


def check_one_of(
    field: str, given: Template | None, known: Collection[str], kind: str
) -> list[Fault]:
    """The same where all names are so few that they can be told."""
    if given is None or not given.constant or given.source in known:
        return []
    message = f"unknown {kind} {quoted(given.source)}, expected one of {one_of(known)}"
    return [Fault((field,), message, nearest(given.source, known))]


def check_language(given: Template | None, world: World) -> list[Fault]:
    """A language that nobody speaks here."""
    return check_one_of("language", given, world.languages, "language")
