"""Flow texts loaded together, each knowing the others: for check, publish and the callbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ivr_flows.errors import FlowInvalid
from ivr_flows.flow import Flow
from ivr_flows.loader import load_flow
from ivr_flows.problem import Problem
from ivr_flows.trials import TestResult, run_tests
from ivr_flows.world import FlowFace, World

from .steps import TABLE, simulated_services


@dataclass(frozen=True, slots=True)
class FlowText:
    """A flow as somebody wrote it."""

    file: str
    text: bytes

    @classmethod
    def read(cls, path: Path) -> "FlowText":
        """Raises `OSError`."""
        return cls(str(path), path.read_bytes())


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of texts that were loaded together."""

    flows: Mapping[str, Flow]
    texts: Mapping[str, FlowText]
    """By the name of the flow."""
    problems: Sequence[Problem]


def load_together(
    texts: Sequence[FlowText], world: World, live: Mapping[str, Flow] | None
) -> Loaded:
    """Load texts that may call each other and the flows that are `live` (None: not checked)."""
    alone = _load(texts, replace(world, flows=None))
    if live is None or alone.problems:  # a flow that does not load has no face for the others
        return alone
    faces: dict[str, FlowFace] = {name: flow.face for name, flow in live.items()}
    faces |= {name: flow.face for name, flow in alone.flows.items()}
    return _load(texts, replace(world, flows=faces))


def _load(texts: Sequence[FlowText], world: World) -> Loaded:
    flows: dict[str, Flow] = {}
    owners: dict[str, FlowText] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            flow = load_flow(text.text, text.file, world, TABLE)
        except FlowInvalid as error:
            problems += error.problems
            continue
        flows[flow.name] = flow
        owners[flow.name] = text
    return Loaded(flows, owners, problems)


def test_calls(
    loaded: Loaded, live: Mapping[str, Flow], facts: Mapping[str, Any]
) -> Mapping[str, Sequence[TestResult]]:
    """What became of every test call, by the name of its flow."""
    everything = {**live, **loaded.flows}
    return {
        name: run_tests(flow, flows=everything.get, facts=facts, services=simulated_services)
        for name, flow in loaded.flows.items()
    }


def failing_tests(loaded: Loaded, live: Mapping[str, Flow], facts: Mapping[str, Any]) -> list[str]:
    """The report of every test call that failed."""
    return [
        tell_failure(loaded, name, result)
        for name, results in test_calls(loaded, live, facts).items()
        for result in results
        if not result.passed
    ]


def tell_failure(loaded: Loaded, flow: str, result: TestResult) -> str:
    return f"{loaded.texts[flow].file}: {result}"
