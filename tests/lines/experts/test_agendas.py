"""Which hours are to be held, asked of the store; and what of them is kept there."""

from dataclasses import replace
from datetime import UTC, timedelta

from lines.experts import agendas
from lines.experts.ports import QuestionState, SessionState
from store.applying import apply
from store.expert_jobs import QuestionNoted, SessionNoted
from store.jobs import AS_JSON
from store.models import ExpertSession, Question
from tests.lines.experts.planned import HOUR, NOW, ZONE, make, schedule

MINUTE = timedelta(minutes=1)
START = NOW + HOUR


def due(after: timedelta, *running: int) -> list[int]:
    return [each.session.id for each in agendas.due(ZONE, NOW + after, running)]


def question(session: int, **facts: object) -> QuestionNoted:
    return replace(QuestionNoted("q1", session, "call-1", START, state="waiting"), **facts)  # type: ignore[arg-type]


def test_an_hour_is_due_two_minutes_before_its_start(store: str) -> None:
    make()
    session = schedule(START)
    assert due(HOUR - 3 * MINUTE) == []
    assert due(HOUR - 2 * MINUTE) == [session]


def test_an_hour_knows_whom_to_call_and_what_follows(store: str) -> None:
    make()
    session = schedule(START)
    following = schedule(START + 2 * HOUR, topic="Wasps")
    (found,) = agendas.due(ZONE, START, ())
    assert (found.session.id, found.expert, found.call_expert) == (session, "storm", True)
    assert found.next is not None
    assert (found.next.id, found.next.topic) == (following, "Wasps")
    assert found.opens_at == START - 2 * MINUTE


def test_an_hour_whose_time_passed_while_the_box_was_down_was_missed(store: str) -> None:
    make()
    session = schedule(START)
    assert due(2 * HOUR) == []
    row = ExpertSession.get_by_id(session)
    assert (row.state, row.reason) == (SessionState.MISSED, "the box was not running")


def test_an_hour_that_runs_is_told_of_whatever_became_of_it(store: str) -> None:
    make()
    session = schedule(START)
    ExpertSession.update(state=SessionState.CANCELLED).execute()
    assert due(HOUR) == []
    (found,) = agendas.due(ZONE, START, [session])
    assert found.session.state is SessionState.CANCELLED


def test_staff_may_come_half_an_hour_before(store: str) -> None:
    make()
    session = schedule(START)
    assert agendas.early(ZONE, START - 31 * MINUTE, session) is None
    assert agendas.early(ZONE, START - 30 * MINUTE, session) is not None
    assert agendas.early(ZONE, START + HOUR, session) is None
    assert agendas.early(ZONE, START, session + 1) is None


def test_the_last_word_on_a_question_counts_also_when_it_is_said_twice(store: str) -> None:
    make()
    session = schedule(START)
    last = question(session, state="answered", note="n" * 5000, caller_name="\0Ann", ended_at=START)
    for job in (question(session), last, last):
        assert apply([AS_JSON.validate_json(AS_JSON.dump_json(job))]) == 0
    (row,) = Question.select()
    assert (row.state, row.caller_name, len(row.note)) == (QuestionState.ANSWERED, "Ann", 1000)


def test_what_is_noted_of_a_session_keeps_what_was_noted_before(store: str) -> None:
    make()
    session = schedule(START)
    apply([SessionNoted(session, "open", opened_at=START)])
    apply([SessionNoted(session, "live", 10, live_at=START + MINUTE)])
    row = ExpertSession.get_by_id(session)
    assert (row.state, row.extended, row.opened_at) == (SessionState.LIVE, 10, START)
    assert row.live_at.astimezone(UTC) == START + MINUTE


def test_open_questions_come_back_after_a_restart_and_closed_ones_do_not(store: str) -> None:
    make()
    session = schedule(START)
    apply(
        [
            SessionNoted(session, "live", 5),
            question(session, priority=2, note="bees", screened=True),
            question(session, id="q2", call="call-2", state="gone"),
            question(session, id="q3", call="call-3", state="on_air", on_air_at=START),
        ]
    )
    (found,) = agendas.due(ZONE, START, ())
    assert found.minutes_more == 5
    assert found.session.ends_at == START + HOUR + 5 * MINUTE
    kept = {each.call_id: each for each in found.questions}
    assert set(kept) == {"call-1", "call-3"}
    first = kept["call-1"]
    assert (first.priority, first.note, first.screened) == (2, "bees", True)
    assert kept["call-3"].state is QuestionState.ON_AIR
