"""What can be followed, and what one must be allowed to see for it."""

from collections.abc import Callable, Iterable

from admin.access.roles import Permission

TOPICS = {
    "calls": Permission.SEE_CALLS,
    "messages": Permission.SEE_MESSAGES,
    "rooms": Permission.SEE_ROOMS,
    "hours": Permission.SEE_HOURS,
    "attention": Permission.SEE_OVERVIEW,
}


def allowed(asked: Iterable[str], may: Callable[[Permission], bool]) -> frozenset[str]:
    """Those of the topics asked for that exist and may be seen."""
    return frozenset(topic for topic in asked if topic in TOPICS and may(TOPICS[topic]))
