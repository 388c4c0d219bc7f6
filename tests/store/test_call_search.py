"""Calls are found by what is known of them, newest first, a bounded number looked at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from store import call_counts, call_search, calls
from store.call_search import Found, Wanted, find
from store.database import database
from store.jobs import CallEnded, CallStarted

pytestmark = pytest.mark.usefixtures("store")

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


def a_call(uuid: str, minute: int = 0, *, answered: bool = True, **fields: Any) -> None:
    at = AT + timedelta(minutes=minute)
    facts = {"caller_number": "+4930123456", "dialled": "100", "flow": "main", **fields}
    state, tags = facts.pop("state", "finished"), tuple(facts.pop("tags", ()))
    started = CallStarted(uuid, at, **facts)
    calls.ended([CallEnded(started, at, state, at if answered else None, tags=tags)])


def ids(found: Found) -> Sequence[str]:
    return [call.uuid for call in found.calls]


@pytest.fixture(params=["few", "many"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the index of what few calls have, and by the walk from the newest backwards."""
    if request.param == "many":
        monkeypatch.setattr(call_search, "FEW", 0)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["c", "b", "a"]),
        (Wanted(number="+4930"), ["b", "a"]),
        (Wanted(number_end="456"), ["b", "a"]),
        (Wanted(number_end="56", flow="ads"), ["b"]),
        (Wanted(number_part="0123"), ["b", "a"]),
        (Wanted(dialled="200"), ["c"]),
        (Wanted(flow="ads"), ["b"]),
        (Wanted(state="failed"), ["a"]),
        (Wanted(direction="out"), ["c"]),
        (Wanted(tag="scoop"), ["c", "a"]),
        (Wanted(tag="scoop", state="failed"), ["a"]),
        (Wanted(tag='%"'), []),
        (Wanted(number="%"), []),
        (Wanted(number_part="_"), []),
        (Wanted(flow="main' OR 1=1 --"), []),
        (Wanted(flow="\0\ud800😀" * 100), []),
        (Wanted(since=AT + timedelta(minutes=1)), ["c", "b"]),
        (Wanted(until=AT + timedelta(minutes=1)), ["a"]),
        (Wanted(flow="main", until=AT + timedelta(minutes=1)), ["a"]),
    ],
)
def test_calls_are_found(either_way: None, wanted: Wanted, expected: Sequence[str]) -> None:
    a_call("a", 0, state="failed", tags=["scoop", "long"])
    a_call("b", 1, flow="ads")
    a_call("c", 2, caller_number="+331", dialled="200", direction="out", tags=["scoop"])
    assert ids(find(wanted)) == expected


def test_pages_follow_each_other_without_gap_or_repetition(either_way: None) -> None:
    for number in range(7):
        a_call(f"c{number}", number // 3)  # some in the same moment
    for wanted in (Wanted(), Wanted(flow="main")):
        seen, place = [], None
        for _ in range(4):
            page = find(wanted, place, limit=2)
            seen += ids(page)
            place = page.next
        assert seen == [f"c{number}" for number in reversed(range(7))]
        assert place is None


def test_a_search_that_looked_at_many_calls_stops_and_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(call_search, "FEW", 0)
    monkeypatch.setattr(call_search, "LOOKED_AT", 3)
    a_call("wanted", 0, flow="rare")
    for number in range(1, 5):
        a_call(f"c{number}", number)
    first = find(Wanted(flow="rare"))
    assert (first.calls, first.stopped) == ([], True)
    second = find(Wanted(flow="rare"), first.next)
    assert ids(second) == ["wanted"]
    assert second.next is None


def test_a_deleted_call_takes_its_tags_with_it() -> None:
    a_call("a", tags=["scoop"])
    call = find(Wanted(tag="scoop")).calls[0]
    call.delete_instance()
    assert find(Wanted(tag="scoop")).calls == []


def test_calls_are_counted_between_times() -> None:
    a_call("a", 0)
    a_call("b", 30, answered=False)
    a_call("c", 60)
    a_call("d", 10, direction="out")
    counts = call_counts.that_came([AT, AT + timedelta(hours=1), AT + timedelta(hours=2)])
    assert [(count.calls, count.answered) for count in counts] == [(2, 1), (1, 1)]
    assert call_counts.by_state(AT, AT + timedelta(hours=1)) == {"finished": 2}


def test_the_migration_fills_tails_and_tags_of_calls_that_were_there() -> None:
    a_call("a", tags=["scoop", "scoop", "late"])
    a_call("b", 1, caller_number="", tags=[])
    for sql in (
        'DROP TABLE "call_tag"',
        'DROP INDEX "call_caller_tail"',
        'DROP INDEX "call_flow_started_at"',
        'DROP INDEX "call_dialled_started_at"',
        'DROP INDEX "call_direction_started_at"',
        'ALTER TABLE "call" DROP COLUMN "caller_tail"',
    ):
        database.execute_sql(sql)
    import_module("store.migrations.0011_call_search").up(None, database)
    assert ids(find(Wanted(tag="scoop", number_end="3456"))) == ["a"]
    assert ids(find(Wanted(tag="late"))) == ["a"]
