"""How well calls could be understood is kept with their rows, counted, and found."""

from datetime import UTC, datetime, timedelta

import pytest

from store import quality
from store.applying import apply
from store.call_search import Wanted, find
from store.database import database, is_sqlite
from store.jobs import CallEnded, CallStarted
from store.models import Call
from store.quality_jobs import HEARD_AFTER, CallMeasured

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
WELL = {"packets": 500, "loss": 0.0, "jitter": 0.002, "seconds": 10.0}


def a_call(uuid: str, minute: int = 0) -> CallStarted:
    return CallStarted(uuid, AT + timedelta(minutes=minute), dialled="100")


def measured(call: str, **facts: float) -> CallMeasured:
    return CallMeasured(call, **{**WELL, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "is_bad"),
    [
        ({}, False), ({"loss": 0.02}, False), ({"loss": 0.03}, True), ({"jitter": 0.06}, True),
        ({"packets": 0}, True), ({"packets": 0, "seconds": HEARD_AFTER / 2}, False),
    ],
)  # fmt: skip
def test_a_call_is_bad_when_sound_is_lost_uneven_or_missing(
    store: str, facts: dict[str, float], is_bad: bool
) -> None:
    apply([a_call("one"), measured("one", **facts)])
    call = Call.get_by_id("one")
    assert (call.is_bad, call.packets) == (is_bad, facts.get("packets", 500))


def test_its_end_that_is_stored_later_leaves_it(store: str) -> None:
    apply([a_call("one")])
    apply([measured("one", loss=0.5)])
    apply([CallEnded(a_call("one"), AT + timedelta(minutes=1), "finished")])
    assert Call.get_by_id("one").loss == pytest.approx(0.5)


def test_all_rows_of_a_call_that_was_transferred_are_told(store: str) -> None:
    apply([a_call("one"), a_call("one.2"), a_call("onetwo"), measured("one", loss=0.5)])
    assert [row.uuid for row in Call.select().where(Call.packets.is_null(False))] == [
        "one", "one.2",
    ]  # fmt: skip


def test_a_channel_without_a_row_is_no_fault(store: str) -> None:
    assert apply([measured("a phone that was rung")]) == 0


def test_the_share_counts_what_was_measured_since_then(store: str) -> None:
    for number in range(4):
        apply([a_call(f"c{number}", number), measured(f"c{number}", loss=0.1 if number else 0)])
    apply([a_call("unmeasured", 5)])
    share = quality.since(AT + timedelta(minutes=1))
    assert (share.measured, share.bad, share.of_all) == (3, 3, 1.0)
    assert quality.since(AT + timedelta(hours=1)).of_all == 0.0


def test_bad_calls_are_found(store: str) -> None:
    apply([a_call("well"), measured("well"), a_call("bad"), measured("bad", loss=0.1)])
    assert [call.uuid for call in find(Wanted(is_bad=True)).calls] == ["bad"]


def test_they_are_found_by_their_small_index(store: str) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL decides by how many there are")
    sql = 'EXPLAIN QUERY PLAN SELECT uuid FROM "call" WHERE "is_bad" = 1 LIMIT 10'
    assert "call_bad" in str(database.execute_sql(sql).fetchall())
