"""Ways through a flow."""

from collections.abc import Iterator, Mapping

from ivr_flows.draft import DraftStep
from ivr_flows.step import ERROR

Exits = Mapping[str, Mapping[str, str | None]]


def reachable(start: str, exits: Exits) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for target in exits[waiting.pop()].values():
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def loops(steps: Mapping[str, DraftStep], exits: Exits, seen: set[str]) -> Iterator[list[str]]:
    """Circles of silent steps that nothing but an error or the step budget can leave."""
    ways = {
        name: {target for event, target in exits[name].items() if event != ERROR}
        for name in steps
        if name in seen
    }
    trapped = {name for name in ways if not steps[name].step.audible}
    while True:
        leaving = {name for name in trapped if not ways[name] or ways[name] - trapped}
        if not leaving:
            break
        trapped -= leaving
    circles = [_circle(name, ways) for name in steps if name in trapped]
    yield from {frozenset(circle): circle for circle in circles}.values()


def _circle(start: str, ways: Mapping[str, set[str | None]]) -> list[str]:
    """Follow any way from `start`: all are trapped, so it comes back to itself."""
    path, name = list[str](), start
    while name not in path:
        path.append(name)
        name = min(target for target in ways[name] if target)
    return path[path.index(name) :]
