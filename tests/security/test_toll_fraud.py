"""Who tries number after number to find a way out is locked out, and somebody is told."""

from datetime import timedelta

import pytest

from appliance import attention
from lines.dialling import Allowed, Refused, lockout
from lines.dialling.rules import Why
from store.fields import now
from store.models import DialAttempt
from store.models.line import Door
from tests.lines.houses import LOCAL, MORNING, dialling_of, rows, set_rules

AT_HOME = {"at-home": {"to": ["+49*"]}}
DEAR = "+8821612345{:02}"


def asked(number: str, asked_by: str = "5551234") -> Allowed | Refused:
    return dialling_of().may_dial(number, Door.DIAL, asked_by, "")


def seek(numbers: int, asked_by: str = "5551234") -> None:
    for last in range(numbers):
        assert isinstance(asked(DEAR.format(last), asked_by), Refused)


@pytest.fixture(autouse=True)
def rules(store: str) -> None:
    set_rules(rules=AT_HOME, limits={"per_hour": 1000, "each_per_hour": 1000})


def test_who_seeks_a_dear_number_gets_no_cheap_one_either() -> None:
    seek(lockout.MOST - 1)
    assert isinstance(asked(LOCAL), Allowed)
    seek(lockout.MOST)
    refused = asked(LOCAL)
    assert isinstance(refused, Refused)
    assert refused.why is Why.LOCKED
    assert rows()[-1].reason == lockout.REASON


def test_the_others_are_not_locked_out() -> None:
    seek(lockout.MOST)
    assert isinstance(asked(LOCAL, "5559999"), Allowed)
    assert isinstance(asked(LOCAL, ""), Allowed)


def test_one_number_tried_again_and_again_is_only_stubborn() -> None:
    for _ in range(lockout.MOST + 5):
        asked(DEAR.format(1))
    assert isinstance(asked(LOCAL), Allowed)


def test_desk_phones_are_reached_all_the_same() -> None:
    seek(lockout.MOST)
    assert isinstance(asked("200"), Allowed)


def test_the_lock_ends_an_hour_after_the_last_try() -> None:
    seek(lockout.MOST)
    DialAttempt.update(at=now() - timedelta(minutes=59)).execute()
    assert isinstance(asked(LOCAL), Refused)
    DialAttempt.update(at=now() - timedelta(minutes=61)).execute()
    assert isinstance(asked(LOCAL), Allowed)


def test_those_who_hide_their_number_are_locked_out_later() -> None:
    seek(lockout.MOST, "")
    assert isinstance(asked(LOCAL, ""), Allowed)
    seek(lockout.MOST_WITHHELD, "")
    assert isinstance(asked(LOCAL, ""), Refused)


def test_looking_tells_of_the_lock() -> None:
    seek(lockout.MOST)
    assert dialling_of().look(LOCAL, Door.DIAL, "5551234").ruling.why is Why.LOCKED


def test_an_administrator_is_told_of_a_lock_without_the_number() -> None:
    assert dict(attention._dialling()) == {}
    seek(lockout.MOST)
    told = dict(attention._dialling())
    assert list(told) == ["lockout"]
    assert "5551234" not in told["lockout"]


def test_an_administrator_is_told_when_a_limit_is_reached() -> None:
    set_rules(rules=AT_HOME, limits={"per_hour": 1})
    asked(LOCAL)
    asked(LOCAL)
    told = dict(attention._dialling())
    assert list(told) == ["dial-limit"]
    assert "calls in an hour: 1" in told["dial-limit"]


def test_one_caller_is_connected_outside_a_few_times_at_once() -> None:
    set_rules(rules=AT_HOME, limits={"each_at_once": 2})
    door = dialling_of()
    calls = [door.may_dial(LOCAL, Door.DIAL, "5551234", f"call-{number}") for number in range(3)]
    assert [isinstance(call, Allowed) for call in calls] == [True, True, False]
    assert rows()[-1].reason.endswith("outside calls by the same asker at one time: 2")
    assert isinstance(door.may_dial(LOCAL, Door.DIAL, "5559999", "call-3"), Allowed)
    first = calls[0]
    assert isinstance(first, Allowed)
    door.settle(first.reservation, "answered")
    assert isinstance(door.may_dial(LOCAL, Door.DIAL, "5551234", "call-4"), Allowed)


def test_a_call_that_rings_many_numbers_is_one() -> None:
    set_rules(rules=AT_HOME, limits={"each_at_once": 1})
    door = dialling_of()
    assert all(
        isinstance(door.may_dial(LOCAL, Door.DIAL, "5551234", "call-1"), Allowed) for _ in range(4)
    )


def test_a_call_whose_end_nobody_noted_does_not_count_for_ever() -> None:
    set_rules(rules=AT_HOME, limits={"each_at_once": 1})
    door = dialling_of()
    door.may_dial(LOCAL, Door.DIAL, "5551234", "call-1")
    assert isinstance(door.may_dial(LOCAL, Door.DIAL, "5551234", "call-2"), Refused)
    DialAttempt.update(at=now() - timedelta(hours=5)).execute()
    assert isinstance(door.may_dial(LOCAL, Door.DIAL, "5551234", "call-3"), Allowed)


def test_a_rule_of_the_night_refuses_what_the_day_allows() -> None:
    night = {"refuse": True, "to": ["*"], "hours": {"mon-sun": "22:00-06:00"}}
    set_rules(rules={"night": night, **AT_HOME})
    late = MORNING.replace(hour=23)
    assert isinstance(dialling_of().may_dial(LOCAL, Door.DIAL, "a", ""), Allowed)
    assert isinstance(dialling_of(late).may_dial(LOCAL, Door.DIAL, "a", ""), Refused)
