"""Mistakes that show only when the steps are seen together."""

from collections.abc import Iterator

from ivr_flows.draft import Draft, DraftStep
from ivr_flows.exits import exits_of, unhandled
from ivr_flows.paths import loops, reachable
from ivr_flows.problem import Fault, Path, nearest, one_of, quoted
from ivr_flows.recursion import check_recursion
from ivr_flows.step import ERROR, Event
from ivr_flows.text import Text
from ivr_flows.variables import check_unknown_variables, check_variables
from ivr_flows.world import World


def check_graph(draft: Draft, world: World) -> None:
    """Reports into the draft."""
    _check_top(draft)
    for step in draft.steps.values():
        draft.report(*_ways(draft, step), *_events(step))
        draft.report_in(step, *step.step.check(world), *_prompts(step, world))
    check_recursion(draft, world)
    exits = {
        name: exits_of(step.step, step.frame, draft.head.on) for name, step in draft.steps.items()
    }
    gaps = any(t and t not in exits for targets in exits.values() for t in targets.values())
    if gaps or not draft.complete:
        check_unknown_variables(draft, world)
        return
    seen = reachable(draft.head.start, exits)
    for name in exits.keys() - seen:
        draft.report(Fault(("steps", name), "no way leads to this step", at_key=True))
    for circle in loops(draft.steps, exits, seen):
        draft.report(Fault(("steps", circle[0]), _spins(circle), at_key=True))
    check_variables(draft, exits, world)


def _spins(circle: list[str]) -> str:
    way = " → ".join([*circle[:6], circle[0]])
    return f"a loop in which the caller hears and says nothing: {way}"


def _check_top(draft: Draft) -> None:
    known = draft.head.steps
    if draft.head.start not in known:
        draft.complete = False
        message = f"there is no step {quoted(draft.head.start)}"
        draft.report(Fault(("start",), message, nearest(draft.head.start, known)))
    events = {ERROR}.union(*(step.step.events for step in draft.steps.values()))
    for event, target in draft.head.on.items():
        if target not in known:
            message = f"there is no step {quoted(target)}"
            draft.report(Fault(("on", event), message, nearest(target, known)))
        if event not in events and draft.complete:
            message = f"no step has the event {quoted(event)}, expected one of {one_of(events)}"
            draft.report(Fault(("on", event), message, nearest(event, events), at_key=True))


def _ways(draft: Draft, step: DraftStep) -> Iterator[Fault]:
    """Every target must be a step."""
    known = draft.head.steps
    place = ("steps", step.name)
    targets: list[tuple[Path, str]] = [(("next",), step.frame.next or "")]
    targets += [(("on", event), target) for event, target in step.frame.on.items()]
    for path, target in targets:
        if target and target not in known:
            message = f"there is no step {quoted(target)}"
            yield Fault((*place, *path), message, nearest(target, known))
    for target in dict.fromkeys(step.step.branches().values()):
        if target not in known:
            message = f"there is no step {quoted(target)}"
            where = draft.document.find(step.path(()), target)
            yield Fault(where, message, nearest(target, known))


def _events(step: DraftStep) -> Iterator[Fault]:
    place = ("steps", step.name)
    known: dict[str, Event | None] = {**step.step.events, ERROR: None}
    for event in step.frame.on:
        if event not in known:
            message = (
                f"{quoted(step.verb)} has no event {quoted(event)}, expected one of {one_of(known)}"
            )
            yield Fault((*place, "on", event), message, nearest(event, known), at_key=True)
        elif event in step.step.branches():
            message = f"where {quoted(event)} leads is said twice, in the verb and in on"
            yield Fault((*place, "on", event), message, at_key=True)
    for event in unhandled(step.step, step.frame):
        message = f"nothing says where {quoted(event)} leads"
        yield Fault((*place, step.verb), message, f"add {event}: STEP", at_key=True)
    if step.frame.next and not _goes_on(step):
        message = f"next is never reached after {quoted(step.verb)}"
        yield Fault((*place, "next"), message, at_key=True)


def _goes_on(step: DraftStep) -> bool:
    if not step.step.goes_on:
        return False
    given = {*step.frame.on, *step.step.branches()}
    return any(e.otherwise == "next" and n not in given for n, e in step.step.events.items())


def _prompts(step: DraftStep, world: World) -> Iterator[Fault]:
    known = world.prompts
    if known is None:
        return
    for path, leaf in step.step.compiled():
        if isinstance(leaf, Text):
            for name in sorted(leaf.recordings - set(known)):
                yield Fault(path, f"there is no prompt {quoted(name)}", nearest(name, known))
