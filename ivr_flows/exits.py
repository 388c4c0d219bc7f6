"""Where each event of a step leads, worked out once when the flow is loaded."""

from collections.abc import Mapping

from ivr_flows.head import Frame
from ivr_flows.step import ERROR, Step


def exits_of(step: Step, frame: Frame, flow_on: Mapping[str, str]) -> dict[str, str | None]:
    """The step's own `on` first, then what stands in its verb, then the flow's `on`.

    None is the end of the flow; an event that is not in it has no way out and is a failure.
    """
    rescue = frame.on.get(ERROR) or flow_on.get(ERROR)
    branches = step.branches()
    exits: dict[str, str | None] = {**branches, **({ERROR: rescue} if rescue else {})}
    for name, event in step.events.items():
        target = frame.on.get(name) or branches.get(name) or flow_on.get(name)
        if target or event.otherwise == "next":
            exits[name] = target or frame.next
        elif rescue:
            exits[name] = rescue
    return exits


def unhandled(step: Step, frame: Frame) -> list[str]:
    """Events for which the flow must say where they lead, and does not."""
    given = {*frame.on, *step.branches()}
    return [
        name
        for name, event in step.events.items()
        if event.otherwise == "required" and name not in given
    ]
