"""Promising a call: what is kept, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lines.callbacks.ports import Booked, Refusal
from store.models import Callback, DialAttempt
from store.models.callback import CallbackState
from store.models.line import DialState, Door
from tests.lines.callbacks.promises import CALLER, NOW, allow_home, asked, at, promised, row
from tests.lines.houses import ABROAD, LOCAL, MOBILE, PREMIUM, set_rules


@pytest.fixture(autouse=True)
def house(store: str) -> None:
    allow_home()


def test_a_promise_holds_what_the_flow_needs() -> None:
    number = promised(given={"topic": "Tax", "n": 3}, language="zh", call="c-1", attempts=2)
    kept = row(number)
    assert (kept.number, kept.flow, kept.language) == (LOCAL, "answer", "zh")
    assert kept.given == {"topic": "Tax", "n": 3}
    assert (kept.asked_by, kept.call, kept.most_attempts) == (CALLER, "c-1", 2)
    assert (kept.state, kept.next_at) == (CallbackState.WAITING, NOW)


def test_a_number_has_one_form_however_it_was_keyed() -> None:
    assert promised("030 12345678") == promised("+493012345678")
    assert Callback.select().count() == 1


def test_asking_again_replaces_what_was_asked() -> None:
    first = promised(given={"topic": "Tax"})
    again = promised(given={"topic": "Rent"}, after=3600)
    assert first == again
    assert (row(first).given, row(first).next_at) == ({"topic": "Rent"}, at(hours=1))


def test_another_flow_is_another_promise() -> None:
    assert promised(flow="answer") != promised(flow="reminder")


def test_values_that_json_does_not_know_are_kept_as_texts() -> None:
    number = promised(given={"day": date(2026, 12, 1), "price": Decimal("3.50")})
    assert row(number).given == {"day": "2026-12-01", "price": "3.50"}


def test_it_waits_for_the_hours() -> None:
    answer = asked(hours={"tue": "09:00-10:00"})
    assert isinstance(answer, Booked)
    assert answer.at == at(hours=23)


def test_it_is_given_up_some_time_after_it_could_begin() -> None:
    number = promised(after=3600, within=7200)
    assert row(number).until == at(hours=3)


@pytest.mark.parametrize(
    "number",
    [PREMIUM, "0900 1 234567", "112", "+870773123456", ABROAD, "", "#", "x" * 400, "+49", "1;2",
     "'; drop table callback; --", "anonymous", "+493012345678@evil.example"],
)  # fmt: skip
def test_a_number_that_may_not_be_dialled_is_refused_and_written_down(number: str) -> None:
    assert asked(number) is Refusal.NUMBER
    (attempt,) = DialAttempt.select()
    assert (attempt.door, attempt.state, attempt.asked_by) == (
        Door.CALLBACK,
        DialState.REFUSED,
        CALLER,
    )
    assert attempt.reason
    assert Callback.select().count() == 0


def test_a_rule_for_another_door_does_not_help() -> None:
    set_rules(rules={"desk": {"to": ["+49*"], "doors": ["transfer"]}})
    assert asked() is Refusal.NUMBER


def test_a_phone_of_the_house_is_called_back_only_when_it_asks_itself() -> None:
    assert asked("200") is Refusal.NUMBER
    assert isinstance(asked("200", asked_by="200"), Booked)


def test_one_caller_cannot_have_the_box_call_all_the_town() -> None:
    numbers = [f"+49301234567{digit}" for digit in range(6)]
    answers = [asked(number) for number in numbers]
    assert answers[-1] is Refusal.FULL
    assert Callback.select().count() == 5
    assert isinstance(asked(MOBILE, asked_by="0302"), Booked)


def test_callers_who_hide_their_numbers_do_not_shut_each_other_out(store: str) -> None:
    answers = [asked(f"+49301234567{digit}", asked_by="") for digit in range(6)]
    assert all(isinstance(answer, Booked) for answer in answers)


def test_no_more_is_promised_than_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lines.callbacks.booking.MOST_WAITING", 2)
    promised(asked_by="1")
    promised(MOBILE, asked_by="2")
    assert asked("+493012345670", asked_by="3") is Refusal.FULL


def test_variables_without_bound_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        asked(given={"text": "x" * 30_000})


def test_a_number_of_attempts_has_a_bound() -> None:
    assert row(promised(attempts=10_000)).most_attempts == 10


def test_nothing_is_reserved_before_it_rings() -> None:
    promised(within=timedelta(days=1).total_seconds())
    assert DialAttempt.select().count() == 0
