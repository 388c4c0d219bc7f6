"""Tests inside a flow: what fails is told with what was heard."""

from typing import Any

import pytest

from ivr_flows.trial import Trial
from ivr_flows.trials import TestResult, run_test
from tests.ivr_flows.doubles import flow_of

FLOW = flow_of("""
a: {menu: {say: "Press 1.", options: {"1": b}, attempts: 1, noinput: c}}
b: {query: {name: q}, on: {empty: c}, next: d}
c: {say: "Nothing found.", next: e}
d: {dial: desk, next: e}
e: {tag: done}
""")


def tried(**trial: Any) -> TestResult:
    return run_test(FLOW, Trial.model_validate({"name": "a call", **trial}))


def test_a_call_as_expected_passes() -> None:
    result = tried(
        keys="1", hears="Press 1", asks="q", dials="desk", tags="done", ends="e",
        not_hears="Nothing", **{"with": {"q": [{}]}},
    )  # fmt: skip
    assert result.passed
    assert str(result) == "a call: passed"


@pytest.mark.parametrize(
    ("expectation", "message"),
    [
        ({"hears": "Welcome"}, 'hears: "Welcome" was not heard'),
        (
            {"hears": ["Nothing found", "Press 1"]},
            'hears: "Press 1" was not heard after what came before it',
        ),
        ({"not_hears": "Press"}, 'not_hears: "Press" was heard'),
        ({"ends": "d"}, 'ends: expected "d", given "e", finished'),
        ({"dials": "desk"}, "dials: expected desk, given nothing"),
        ({"asks": "q"}, "asks: expected q, given nothing"),
        ({"tags": ["x", "y"]}, "tags: expected x, y, given done"),
    ],
)
def test_each_expectation_that_is_not_met_is_told(expectation: Any, message: str) -> None:
    result = tried(**expectation)
    assert result.failures == (message,)


def test_a_failure_shows_what_was_heard_and_the_way_taken() -> None:
    assert str(tried(ends="d")).splitlines() == [
        "a call: failed",
        '  ends: expected "d", given "e", finished',
        "  heard:",
        "    Press 1.",
        "    Nothing found.",
        "  steps: a → c → e",
    ]


def test_a_flow_that_fails_fails_its_test_even_if_nothing_else_is_expected() -> None:
    result = tried(keys="1", **{"with": {"q": "error"}})
    assert not result.passed
    assert "the flow failed" in result.failures[0]


def test_a_failure_that_is_expected_passes() -> None:
    assert tried(keys="1", ends="failed", **{"with": {"q": "error"}}).passed
