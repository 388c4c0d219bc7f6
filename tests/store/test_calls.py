"""Calls as they are kept and found again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from store import calls
from store.jobs import CallAbandoned, CallEnded, CallStarted, StepTaken
from store.models import Call

pytestmark = pytest.mark.usefixtures("store")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOSTILE = "Ann\0'; DROP TABLE call; -- \ud800 ${x} {{ y }} %0A" + "é" * 10_000


def started(uuid: str = "u1", **fields: object) -> CallStarted:
    return CallStarted(**{"uuid": uuid, "started_at": NOON, "dialled": "100", **fields})


def ended(start: CallStarted, steps: int = 0, **fields: object) -> CallEnded:
    step = StepTaken("main", "welcome", "say", NOON, 1.5, "done", "Welcome")
    given = {"ended_at": NOON + timedelta(seconds=30), "state": "finished", **fields}
    return CallEnded(start, steps=(step,) * steps, **given)


def test_a_call_is_open_until_it_ends() -> None:
    calls.started([started()])
    assert calls.search()[0].state == "open"
    calls.ended([ended(started(), steps=3, tags=("tip", "urgent"), language="zh")])
    call = calls.search()[0]
    assert (call.state, call.language, call.tags) == ("finished", "zh", ["tip", "urgent"])
    assert call.ended_at - call.started_at == timedelta(seconds=30)
    assert [step.position for step in calls.steps("u1")] == [0, 1, 2]


def test_an_end_stands_alone_when_the_start_was_never_kept() -> None:
    calls.ended([ended(started(), steps=1)])
    assert calls.search()[0].dialled == "100"


def test_keeping_the_same_again_changes_nothing() -> None:
    for _ in range(2):
        calls.ended([ended(started(), steps=2)])
        calls.started([started()])
    assert [call.state for call in calls.search()] == ["finished"]
    assert len(calls.steps("u1")) == 2


def test_an_abandoned_call_is_kept_only_where_nothing_else_is_known() -> None:
    left = {uuid: ended(started(uuid), state="hung_up") for uuid in ("met", "served", "unmet")}
    calls.started([started("met")])
    calls.ended([ended(started("served"))])
    calls.abandoned([CallAbandoned(call) for call in left.values()])
    found = {call.uuid: call.state for call in calls.search()}
    assert found == {"met": "open", "served": "finished", "unmet": "hung_up"}


def test_what_an_abandoned_call_did_after_all_is_kept() -> None:
    calls.abandoned([CallAbandoned(ended(started(), state="hung_up"))])
    calls.started([started()])
    calls.ended([ended(started(), steps=1)])
    [call] = calls.search()
    assert call.state == "finished"
    assert len(calls.steps("u1")) == 1


def test_calls_that_never_ended_are_marked_lost() -> None:
    calls.started([started("cut off"), started("later", started_at=NOON + timedelta(hours=1))])
    calls.ended([ended(started("ended"))])
    assert calls.mark_lost(NOON + timedelta(minutes=5)) == 1
    assert {c.uuid: c.state for c in calls.search()} == {
        "cut off": "lost",
        "ended": "finished",
        "later": "open",
    }


def test_a_late_end_corrects_a_lost_call() -> None:
    calls.started([started()])
    calls.mark_lost(NOON + timedelta(minutes=5))
    calls.ended([ended(started())])
    assert calls.search()[0].state == "finished"


def test_hostile_texts_are_kept_cut_and_harmless() -> None:
    start = started(caller_name=HOSTILE, caller_number=HOSTILE, dialled=HOSTILE)
    step = StepTaken(HOSTILE, HOSTILE, HOSTILE, NOON, 1.0, HOSTILE, HOSTILE, HOSTILE)
    calls.ended([ended(start, reason=HOSTILE, tags=(HOSTILE,))])
    calls.ended([CallEnded(start, NOON, "finished", steps=(step,))])
    kept = calls.search()[0]
    assert kept.caller_name.startswith("Ann'; DROP TABLE call; -- ? ${x} {{ y }} %0A")
    assert len(kept.caller_name) <= 200
    assert len(calls.steps("u1")[0].detail) <= 2_000


def test_a_moment_of_any_zone_is_kept_as_utc() -> None:
    taipei = timezone(timedelta(hours=8))
    calls.started([started(started_at=datetime(2026, 11, 21, 20, tzinfo=taipei))])
    assert calls.search()[0].started_at == NOON


def test_the_search_narrows_by_text_time_and_state() -> None:
    calls.started([started("a", caller_number="5550100"), started("b", caller_name="Ann_%")])
    calls.ended([ended(started("c", started_at=NOON - timedelta(days=1)))])
    assert [c.uuid for c in calls.search("0100")] == ["a"]
    assert [c.uuid for c in calls.search("_%")] == ["b"]
    assert [c.uuid for c in calls.search(state="finished")] == ["c"]
    assert [c.uuid for c in calls.search(until=NOON)] == ["c"]
    assert [c.uuid for c in calls.search(since=NOON, limit=1, offset=1)] == ["b"]
    assert calls.search("'; DROP TABLE call; --\0") == []


def test_a_deleted_call_takes_its_steps_with_it() -> None:
    calls.ended([ended(started(), steps=2)])
    Call.delete().where(Call.uuid == "u1").execute()
    assert calls.steps("u1") == []
