"""Variables that are read although no way to the step sets them."""

from collections.abc import Iterator
from typing import Any

from ivr_flows.draft import Draft, DraftStep
from ivr_flows.paths import Exits
from ivr_flows.problem import Fault, nearest, quoted
from ivr_flows.quantities import BUILT_IN_VARIABLES
from ivr_flows.world import World


def check_variables(draft: Draft, exits: Exits, world: World) -> None:
    """Reports what can be proved: a variable that some way sets is not reported."""
    always = BUILT_IN_VARIABLES | world.facts | frozenset(draft.head.takes)
    before = _set_before(draft, exits)
    anywhere = always.union(*(step.step.stores() for step in draft.steps.values()))
    for name, step in draft.steps.items():
        draft.report_in(step, *_unset(step, always | before.get(name, set()), anywhere))


def check_unknown_variables(draft: Draft, world: World) -> None:
    """The same for a flow with gaps: a variable is reported only if nothing can set it."""
    known = BUILT_IN_VARIABLES | world.facts | frozenset(draft.head.takes)
    known = known.union(*(step.step.stores() for step in draft.steps.values()))
    for name, raw in draft.head.steps.items():
        if name not in draft.steps:
            known |= frozenset(_words(raw))
    for step in draft.steps.values():
        draft.report_in(step, *_unset(step, known, known))


def _words(raw: Any) -> Iterator[str]:
    """Everything in a faulty step that may be meant as a variable."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        yield from raw
        yield from (word for item in raw.values() for word in _words(item))


def _unset(step: DraftStep, known: frozenset[str], anywhere: frozenset[str]) -> list[Fault]:
    faults = []
    for path, leaf in step.step.compiled():
        own = step.step.stores() if path[0] in step.step.reads_own else frozenset()
        for name in sorted(leaf.reads - known - own):
            if name in anywhere:
                message = f"the variable {quoted(name)} is set only by steps that come later"
            else:
                message = f"the variable {quoted(name)} is never set"
            faults.append(Fault(path, message, nearest(name, anywhere - {name})))
    return faults


def _set_before(draft: Draft, exits: Exits) -> dict[str, set[str]]:
    """For each step, what any way from the start may have set."""
    before: dict[str, set[str]] = {draft.head.start: set()}
    waiting = [draft.head.start]
    while waiting:
        name = waiting.pop()
        after = before[name] | draft.steps[name].step.stores()
        for target in exits[name].values():
            if target and (target not in before or not after <= before[target]):
                before.setdefault(target, set()).update(after)
                waiting.append(target)
    return before
