"""Flows that would call themselves without end."""

from ivr_flows.draft import Draft
from ivr_flows.problem import Fault
from ivr_flows.steps.subflow import SubFlow
from ivr_flows.world import World


def check_recursion(draft: Draft, world: World) -> None:
    """Reports each step that calls this flow again, through however many others."""
    home = draft.head.flow
    for drafted in draft.steps.values():
        if isinstance(drafted.step, SubFlow) and home:
            way = _way_home(drafted.step.name, home, world)
            if way:
                message = f"the flow calls itself: {' → '.join([home, *way])}"
                draft.report_in(drafted, Fault(("name",), message))


def _way_home(first: str, home: str, world: World) -> list[str]:
    """The flows from `first` to `home`, or none."""
    waiting, seen = [[first]], {first}
    while waiting:
        way = waiting.pop(0)
        if way[-1] == home:
            return way
        face = (world.flows or {}).get(way[-1])
        for name in sorted(face.calls - seen if face else ()):
            seen.add(name)
            waiting.append([*way, name])
    return []
