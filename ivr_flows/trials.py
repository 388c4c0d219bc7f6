"""Runs the tests inside a flow and says what was wrong, with what was heard."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ivr_flows.flow import Flow
from ivr_flows.problem import quoted
from ivr_flows.simulator import FACTS, Simulation, simulate
from ivr_flows.trace import RunEnd
from ivr_flows.trial import Trial

Services = Callable[[], Mapping[type, Any]]


@dataclass(frozen=True, slots=True)
class TestResult:
    name: str
    failures: tuple[str, ...]
    """Each expectation that was not met; empty when the test passed."""
    simulation: Simulation

    __test__ = False  # Not one of pytest's, whatever its name.

    @property
    def passed(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        if self.passed:
            return f"{self.name}: passed"
        heard = "\n".join(f"    {text}" for text in self.simulation.call.heard)
        steps = " → ".join(record.step for record in self.simulation.run.trace)
        told = "\n".join(f"  {failure}" for failure in self.failures)
        return f"{self.name}: failed\n{told}\n  heard:\n{heard}\n  steps: {steps}"


def run_tests(
    flow: Flow,
    *,
    flows: Callable[[str], Flow | None] = lambda name: None,
    facts: Mapping[str, Any] = FACTS,
    services: Services = dict,
) -> list[TestResult]:
    """`services` makes what the steps of domains need, anew for each test call."""
    return [
        run_test(flow, trial, flows=flows, facts=facts, services=services) for trial in flow.tests
    ]


def run_test(
    flow: Flow,
    trial: Trial,
    *,
    flows: Callable[[str], Flow | None] = lambda name: None,
    facts: Mapping[str, Any] = FACTS,
    services: Services = dict,
) -> TestResult:
    simulation = simulate(flow, trial, flows=flows, facts=facts, services=services())
    return TestResult(trial.name, tuple(_failures(trial, simulation)), simulation)


def _failures(trial: Trial, simulation: Simulation) -> Iterator[str]:
    yield from _words(trial, " ".join(simulation.call.heard))
    yield from _end(trial, simulation)
    lists: tuple[tuple[str, Sequence[str] | None, Sequence[str]], ...] = (
        ("dials", trial.dials, simulation.call.dialled),
        ("asks", trial.asks, simulation.asked),
        ("tags", trial.tags, simulation.run.tags),
    )
    for what, expected, given in lists:
        if expected is not None and list(expected) != list(given):
            yield f"{what}: expected {_row(expected)}, given {_row(given)}"


def _words(trial: Trial, heard: str) -> Iterator[str]:
    position = 0
    for words in trial.hears:
        found = heard.find(words, position)
        if found < 0:
            order = " after what came before it" if words in heard else ""
            yield f"hears: {quoted(words)} was not heard{order}"
        else:
            position = found + len(words)
    for words in trial.not_hears:
        if words in heard:
            yield f"not_hears: {quoted(words)} was heard"


def _end(trial: Trial, simulation: Simulation) -> Iterator[str]:
    run = simulation.run
    last = run.trace[-1].step if run.trace else ""
    reason = f" ({run.reason})" if run.reason else ""
    if trial.ends is not None and trial.ends not in (last, run.end):
        yield f"ends: expected {quoted(trial.ends)}, given {quoted(last)}, {run.end}{reason}"
    if run.end is RunEnd.FAILED and trial.ends not in (last, run.end):
        yield f"the flow failed{reason}"


def _row(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
