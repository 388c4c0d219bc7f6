"""What can be wrong with a test call although its form is right."""

from collections.abc import Mapping
from typing import Any

from ivr_flows.ports import QueryOutcome
from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.trace import RunEnd
from ivr_flows.trial import Trial
from ivr_flows.world import World

TROUBLES = frozenset({QueryOutcome.EMPTY, QueryOutcome.STALE, QueryOutcome.ERROR})


def check_trial(trial: Trial, steps: Mapping[str, Any], world: World) -> list[Fault]:
    """Paths begin at the test."""
    return [*_ends(trial, steps), *_language(trial, world), *_results(trial, world)]


def _ends(trial: Trial, steps: Mapping[str, Any]) -> list[Fault]:
    known = [*steps, *RunEnd]
    if trial.ends is None or trial.ends in known:
        return []
    message = f"there is no step {quoted(trial.ends)}, expected a step or one of {one_of(RunEnd)}"
    return [Fault(("ends",), message, nearest(trial.ends, known))]


def _language(trial: Trial, world: World) -> list[Fault]:
    if trial.language is None or trial.language in world.languages:
        return []
    message = f"unknown language {quoted(trial.language)}, expected {one_of(world.languages)}"
    return [Fault(("language",), message, nearest(trial.language, world.languages))]


def _results(trial: Trial, world: World) -> list[Fault]:
    faults = []
    for name, result in trial.with_.items():
        if world.queries is not None and name not in world.queries:
            hint = nearest(name, world.queries)
            message = f"there is no query {quoted(name)}"
            faults.append(Fault(("with", name), message, hint, at_key=True))
        if not _is_result(result):
            message = f"{quoted(result)} is not a result, expected rows or {one_of(TROUBLES)}"
            faults.append(Fault(("with", name), message))
    return faults


def _is_result(result: Any) -> bool:
    if isinstance(result, list):
        return all(isinstance(row, dict) for row in result)
    return result in TROUBLES if isinstance(result, str) else isinstance(result, dict)
