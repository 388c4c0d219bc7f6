"""Sessions are planned, moved and cancelled."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from lines.errors import (
    ExpertLineInUse,
    ExpertLineInvalid,
    ExpertLineTaken,
    ExpertLineUnknown,
    PersonUnknown,
    SessionClosed,
    SessionInvalid,
    SessionUnknown,
)
from lines.experts import programme, records, sessions
from lines.experts.entry import checked_line, checked_session
from lines.experts.ports import SessionState
from store.models import ExpertSession, Mailbox
from tests.lines.experts.planned import HOUR, NOW, ZONE, make, make_line, schedule

MINUTE = timedelta(minutes=1)


def set_state(session: int, state: SessionState) -> None:
    ExpertSession.update(state=state).where(ExpertSession.id == session).execute()


def test_a_line_is_kept_and_found_again(store: str) -> None:
    entry = checked_line(
        name="science", language="zh", mailbox="q", callback_hours={"mon-fri": "09:00-17:00"}
    )
    Mailbox.create(name="q")
    records.create(entry)
    assert records.entries() == {"science": entry}


def test_a_line_whose_questions_would_be_lost_is_refused(store: str) -> None:
    with pytest.raises(ExpertLineInvalid, match='no mailbox "q"'):
        make_line(mailbox="q")


def test_a_line_is_not_made_twice(store: str) -> None:
    make_line()
    with pytest.raises(ExpertLineTaken):
        make_line()


def test_a_line_with_sessions_stays(store: str) -> None:
    make()
    schedule()
    with pytest.raises(ExpertLineInUse):
        records.remove("science")


def test_a_line_without_sessions_can_go(store: str) -> None:
    make_line()
    records.remove("science")
    assert records.names() == frozenset()


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Science"}, {"name": "1"}, {"language": "fr"}, {"mailbox": "m" * 65},
        {"callback_hours": {"someday": "09:00-10:00"}}, {"callback_hours": {"mon": "25:00-26:00"}},
    ],
)  # fmt: skip
def test_an_odd_line_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ExpertLineInvalid):
        checked_line(**{"name": "science", **facts})


def test_a_session_is_known_with_all_its_facts_in_the_papers_time(store: str) -> None:
    make()
    found = programme.session(
        ZONE, schedule(host="anna", languages=("zh", "en"), listeners=40, introduction="Hello.")
    )
    assert found is not None
    assert (found.expert, found.host) == ("Doctor Storm", "Anna Berg")
    assert found.starts_at == NOW + HOUR
    assert found.starts_at.hour == 13
    assert found.ends_at == NOW + 2 * HOUR
    assert (found.languages, found.listeners) == (("zh", "en"), 40)
    assert found.introduction == "Hello."


def test_a_session_speaks_the_language_of_its_line_unless_it_is_told_otherwise(store: str) -> None:
    make()
    make_line("garden", language="yue")
    found = programme.session(ZONE, schedule(line="garden"))
    assert found is not None
    assert found.languages == ("yue",)


def test_an_expert_who_does_not_exist_is_refused(store: str) -> None:
    make()
    with pytest.raises(PersonUnknown):
        schedule(expert="nobody")
    with pytest.raises(PersonUnknown):
        schedule(host="nobody")


def test_a_line_that_does_not_exist_is_refused(store: str) -> None:
    make()
    with pytest.raises(ExpertLineUnknown):
        schedule(line="garden")


@pytest.mark.parametrize(
    "facts",
    [
        {"minutes": 4}, {"minutes": 241}, {"topic": " "}, {"topic": "x" * 201}, {"expert": ""},
        {"languages": ("en", "fr")}, {"languages": ("en", "en")}, {"listeners": -1},
        {"listeners": 381}, {"starts_at": datetime(2027, 5, 4)}, {"jingle": "../x"},
        {"consent": "x" * 2001}, {"pin": "1234"},
    ],
)  # fmt: skip
def test_an_odd_session_is_refused(facts: dict[str, Any]) -> None:
    good = {"line": "science", "topic": "t", "expert": "storm", "starts_at": NOW}
    with pytest.raises(SessionInvalid):
        checked_session(**{**good, **facts})


def test_a_session_in_the_past_is_refused(store: str) -> None:
    make()
    with pytest.raises(SessionInvalid, match="has passed"):
        schedule(NOW - MINUTE)


@pytest.mark.parametrize("start", [HOUR - 59 * MINUTE, HOUR + MINUTE, HOUR * 2 - MINUTE])
def test_two_sessions_at_once_on_one_line_are_refused(store: str, start: timedelta) -> None:
    make()
    first = schedule()
    with pytest.raises(SessionInvalid, match=f'session {first} then, "The weather"'):
        schedule(NOW + start)


def test_sessions_may_follow_each_other_at_once_and_other_lines_are_free(store: str) -> None:
    make()
    make_line("garden")
    schedule()
    schedule(NOW + 2 * HOUR)
    schedule(line="garden")
    assert len(sessions.listing()) == 3


def test_a_session_that_was_extended_keeps_its_time_too(store: str) -> None:
    make()
    first = schedule()
    ExpertSession.update(extended=10).where(ExpertSession.id == first).execute()
    with pytest.raises(SessionInvalid):
        schedule(NOW + 2 * HOUR + 5 * MINUTE)


def test_a_session_is_moved_also_into_its_own_time(store: str) -> None:
    make()
    number = schedule()
    sessions.move(number, NOW + HOUR + 10 * MINUTE, 30, NOW)
    found = programme.session(ZONE, number)
    assert found is not None
    assert (found.starts_at, found.ends_at) == (NOW + HOUR + 10 * MINUTE, NOW + HOUR + 40 * MINUTE)


@pytest.mark.parametrize("minutes", [4, 241])
def test_a_session_is_not_moved_to_an_odd_length(store: str, minutes: int) -> None:
    make()
    with pytest.raises(SessionInvalid):
        sessions.move(schedule(), NOW + HOUR, minutes, NOW)


@pytest.mark.parametrize(
    "state", [state for state in SessionState if state is not SessionState.SCHEDULED]
)
def test_only_a_scheduled_session_is_moved_or_cancelled(store: str, state: SessionState) -> None:
    make()
    number = schedule()
    set_state(number, state)
    with pytest.raises(SessionClosed):
        sessions.cancel(number)
    with pytest.raises(SessionClosed):
        sessions.move(number, NOW + HOUR, now=NOW)


def test_a_session_that_does_not_exist_is_told(store: str) -> None:
    with pytest.raises(SessionUnknown):
        sessions.cancel(9)


def test_the_time_of_a_cancelled_session_is_free_again(store: str) -> None:
    make()
    sessions.cancel(schedule(), "the expert is ill")
    schedule()
    assert [row.state for row in sessions.listing()] == ["cancelled", "scheduled"]
    assert [row.state for row in sessions.listing("science", coming=True)] == ["scheduled"]


def test_a_line_that_does_not_exist_has_no_programme(store: str) -> None:
    assert programme.now(ZONE, "science'; drop table message", NOW) is None


def test_before_the_doors_open_a_line_tells_what_comes_next(store: str) -> None:
    make()
    schedule(NOW + 3 * HOUR)
    first = schedule()
    found = programme.now(ZONE, "science", NOW + HOUR - 3 * MINUTE)
    assert found is not None
    assert found.session is None
    assert found.next is not None
    assert found.next.id == first


def test_two_minutes_before_the_start_the_doors_are_open(store: str) -> None:
    make()
    later, first = schedule(NOW + 3 * HOUR), schedule()
    found = programme.now(ZONE, "science", NOW + HOUR - 2 * MINUTE)
    assert found is not None
    assert found.session is not None
    assert found.next is not None
    assert (found.session.id, found.next.id) == (first, later)


def test_a_session_that_runs_over_stays_open_and_then_is_over_as_its_row_says(store: str) -> None:
    make()
    number = schedule()
    set_state(number, SessionState.LIVE)
    at = NOW + 2 * HOUR + 8 * MINUTE
    found = programme.now(ZONE, "science", at)
    assert found is not None
    assert found.session is not None
    set_state(number, SessionState.CLOSED)
    found = programme.now(ZONE, "science", NOW + HOUR + 10 * MINUTE)
    assert found is not None
    assert found.session is None


def test_when_one_session_follows_the_other_the_one_that_is_held_counts(store: str) -> None:
    make()
    first, second = schedule(), schedule(NOW + 2 * HOUR)
    set_state(first, SessionState.LIVE)
    found = programme.now(ZONE, "science", NOW + 2 * HOUR - MINUTE)
    assert found is not None
    assert found.session is not None
    assert found.next is not None
    assert (found.session.id, found.next.id) == (first, second)


def test_a_session_that_was_missed_while_the_box_was_down_is_not_open(store: str) -> None:
    make()
    schedule()
    found = programme.now(ZONE, "science", NOW + 3 * HOUR)
    assert found is not None
    assert (found.session, found.next) == (None, None)


@pytest.mark.parametrize("number", [0, 10**30])
def test_no_session_goes_by_a_number_that_was_made_up(store: str, number: int) -> None:
    assert programme.session(ZONE, number) is None


def test_all_that_was_planned_can_be_changed(store: str) -> None:
    make()
    session = schedule(host="anna")
    entry = checked_session(
        line="science", topic="Bees", expert="anna", starts_at=NOW + 2 * HOUR, minutes=30,
        languages=("yue", "en"), listeners=0, record=False, consent="We record you.",
    )  # fmt: skip
    sessions.change(session, entry, NOW)
    row = sessions.known(session)
    assert (row.topic, row.expert.name, row.host, row.minutes) == ("Bees", "anna", None, 30)
    assert (row.starts_at, row.languages) == (NOW + 2 * HOUR, ["yue", "en"])
    assert (row.listeners, row.record, row.consent) == (0, False, "We record you.")


def test_a_session_is_not_changed_into_the_time_of_another(store: str) -> None:
    make()
    first, second = schedule(), schedule(NOW + 3 * HOUR)
    entry = checked_session(
        line="science", topic="Bees", expert="anna", starts_at=NOW + 3 * HOUR + MINUTE
    )
    with pytest.raises(SessionInvalid, match=f"session {second}"):
        sessions.change(first, entry, NOW)
    assert sessions.known(first).topic == "The weather"


def test_a_session_that_runs_is_not_changed(store: str) -> None:
    make()
    session = schedule()
    set_state(session, SessionState.LIVE)
    entry = checked_session(line="science", topic="Bees", expert="anna", starts_at=NOW + HOUR)
    with pytest.raises(SessionClosed):
        sessions.change(session, entry, NOW)
