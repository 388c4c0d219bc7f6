"""What the step `expert` can know of its fields before anybody calls."""

from collections.abc import Collection, Iterator

from ivr_flows.problem import Fault, nearest, quoted
from ivr_flows.templates import Template
from ivr_flows.world import World
from lines.experts.ports import EXPERT_LINE


def check_line(line: Template | None, world: World) -> Iterator[Fault]:
    """A line that does not exist."""
    known = world.named.get(EXPERT_LINE)
    if known is None or line is None or not line.constant or line.source in known:
        return
    message = f"there is no expert line {quoted(line.source)}"
    yield Fault(("line",), message, nearest(line.source, known))


def check_one_of(given: Collection[str]) -> Iterator[Fault]:
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        yield Fault((), f'expected one of "line", "session" and "answer", given {found}')


def check_seat(seat: str, allowed: Collection[str], beside: str) -> Iterator[Fault]:
    if seat not in allowed:
        expected = " or ".join(allowed)
        yield Fault(("seat",), f'"seat: {seat}" beside "{beside}", expected {expected}')
