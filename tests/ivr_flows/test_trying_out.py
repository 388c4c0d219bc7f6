"""A flow tried out key by key."""

from collections.abc import Sequence
from typing import Any

import pytest

from ivr_flows.loader import load_flow
from ivr_flows.ports import QueryOutcome, QueryResult
from ivr_flows.simulator import FACTS
from ivr_flows.trace import RunEnd
from ivr_flows.trial import Trial
from ivr_flows.trying_out import TryOut, try_out

FLOW = """
flow: main
title: Main line
language: en
start: welcome
steps:
  welcome:
    menu:
      say: "For your subscription press 1."
      timeout: 5s
      attempts: 2
      options: {"1": number}
      noinput: bye
  number:
    gather:
      say: "Key in your number, then hash."
      digits: 4..8
      finish_on_key: "#"
      store: number
    next: look
  look:
    query: {name: subscription, with: {number: "{{ number }}"}, store: sub}
    on: {empty: bye, stale: bye, error: bye}
    next: tell
  tell: {say: "Dear {{ sub.name }}.", next: bye}
  bye: {hangup: {}}
"""


class RealQueries:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def run(self, name: str, parameters: Any) -> QueryResult:
        self.asked.append((name, dict(parameters)))
        return QueryResult(QueryOutcome.OK, [{"name": "Ann"}])


def tried(*keys: str, typing: bool = True, queries: Any = None, **given: Any) -> TryOut:
    trial = Trial.model_validate({"name": "t", "keys": list(keys), **given})
    flow = load_flow(FLOW, "main.yaml")
    return try_out(
        flow,
        trial,
        typing=typing,
        flows=lambda name: None,
        facts=FACTS,
        services={},
        queries=queries,
    )


def heard(found: TryOut) -> Sequence[str]:
    return [piece.text for piece in found.pieces if piece.kind == "heard"]


def test_the_call_waits_at_its_first_question() -> None:
    found = tried()
    assert found.waits
    assert found.run is None
    assert heard(found) == ["For your subscription press 1."]


def test_a_key_leads_on_to_the_next_question() -> None:
    found = tried("1")
    assert found.waits
    assert heard(found)[-1] == "Key in your number, then hash."
    assert [record.step for record in found.trace] == ["welcome"]


def test_an_answer_of_several_keys_waits_for_the_rest_of_it() -> None:
    found = tried("1", "12")
    assert (found.waits, found.keyed) == (True, "12")
    assert found.variables == {}


def test_a_whole_answer_is_taken_and_the_database_asked() -> None:
    real = RealQueries()
    found = tried("1", "1234#", queries=real)
    assert real.asked == [("subscription", {"number": "1234"})]
    assert found.variables["number"] == "1234"
    assert heard(found)[-1] == "Dear Ann."
    assert found.run is not None
    assert found.run.end is RunEnd.FINISHED


def test_what_the_trial_gives_is_found_instead_of_asking_the_database() -> None:
    real = RealQueries()
    tried("1", "1234#", queries=real, **{"with": {"subscription": [{"name": "Bo"}]}})
    assert real.asked == []


def test_keying_nothing_lets_the_time_run_out() -> None:
    found = tried("", typing=False)
    assert found.waits
    assert heard(found) == ["For your subscription press 1."] * 2


def test_an_answer_left_unfinished_is_too_short() -> None:
    found = tried("1", "12", typing=False)
    assert found.waits
    assert heard(found)[-1] == "Key in your number, then hash."
    assert [piece.text for piece in found.pieces if piece.kind == "keyed"] == ["1", "12"]


def test_the_caller_may_hang_up_while_the_call_waits() -> None:
    waiting = tried("1")
    found = tried("1", typing=False, hangs_up=f"{waiting.seconds}s")
    assert found.run is not None
    assert found.run.end is RunEnd.HUNG_UP
    assert len(found.pieces) == len(waiting.pieces)


@pytest.mark.parametrize("keys", [(), ("1",), ("1", "12")])
def test_each_attempt_begins_like_the_one_before(keys: tuple[str, ...]) -> None:
    shorter, longer = tried(*keys), tried(*keys)
    assert shorter.pieces == longer.pieces


ROUND = """
flow: round
language: en
start: again
steps:
  again: {say: "Again.", next: again}
"""


def test_a_flow_that_never_asks_comes_to_an_end() -> None:
    flow = load_flow(ROUND, "round.yaml")
    found = try_out(
        flow, Trial(name="t"), typing=True, flows=lambda _: None, facts=FACTS, services={}
    )
    assert found.run is not None
    assert len(found.pieces) == 500
