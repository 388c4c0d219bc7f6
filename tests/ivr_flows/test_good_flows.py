"""The good flows load, and their own test calls pass."""

from pathlib import Path

import pytest

from appliance.steps import TABLE, simulated_services
from ivr_flows.flow import Flow
from ivr_flows.loader import load_flow
from ivr_flows.trials import run_tests
from tests.ivr_flows.doubles import GOOD


def loaded(path: Path) -> Flow:
    return load_flow(path.read_bytes(), path.name, table=TABLE)


def other_flow(name: str) -> Flow | None:
    return next((flow for flow in map(loaded, GOOD) if flow.name == name), None)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_the_test_calls_of_a_good_flow_pass(path: Path) -> None:
    results = run_tests(loaded(path), flows=other_flow, services=simulated_services)
    assert results
    assert [str(result) for result in results if not result.passed] == []


def test_the_good_flows_use_every_verb() -> None:
    used = {placed.step.verb for path in GOOD for placed in loaded(path).steps.values()}
    assert used == set(TABLE)
