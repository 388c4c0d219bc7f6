"""The one door: what it lets through, and what it writes down."""

from datetime import timedelta

import pytest

from ivr_flows.ports import Target
from lines.dialling import Allowed, Refused, Rulebook, Why, attempts
from lines.dialling.entry import RuleEntry, TrunkEntry
from store.fields import now
from store.models import DialAttempt
from store.models.line import CostClass, DialState, Door
from tests.lines.houses import (
    ABROAD,
    EVERYTHING,
    LOCAL,
    MOBILE,
    PREMIUM,
    dialling_of,
    rows,
    set_rules,
)

CALL = "7d4c9a52-0000-4000-8000-000000000001"
TOLL = (PREMIUM, "0900 1 234567", "112", "+870773123456", "+979123456789")
HOME = {"home": {"to": ["+49*"]}}


def asked(number: str, door: Door = Door.DIAL, asked_by: str = "0301") -> Allowed | Refused:
    return dialling_of().may_dial(number, door, asked_by, CALL)


def why(number: str, door: Door = Door.DIAL) -> Why | None:
    answer = asked(number, door)
    return answer.why if isinstance(answer, Refused) else None


@pytest.mark.parametrize("door", list(Door))
@pytest.mark.parametrize("number", TOLL)
def test_toll_fraud_is_refused_at_every_door(store: str, number: str, door: Door) -> None:
    set_rules(rules={"all": EVERYTHING})
    assert why(number, door) in (Why.CLOSED, Why.ODD)
    (row,) = rows()
    assert (row.door, row.state, row.call) == (door, DialState.REFUSED, CALL)
    assert row.reason


def test_with_no_rules_only_desk_phones_are_dialled(store: str) -> None:
    answer = asked("200")
    assert isinstance(answer, Allowed)
    assert answer.targets == (Target("user", "200", "Desk"),)
    assert answer.cost_class is CostClass.INSIDE
    assert why(LOCAL) is Why.NO_RULE


def test_an_allowed_number_goes_by_its_trunks_and_is_a_row(store: str) -> None:
    trunks = {"main": {"host": "a.example"}, "spare": {"gateway": "b", "shows": "nothing"}}
    set_rules(trunks, rules=HOME)
    answer = asked("030 123 45678")
    assert isinstance(answer, Allowed)
    assert [target.address for target in answer.targets] == [f"{LOCAL}@a.example", f"{LOCAL}@b"]
    (row,) = rows()
    assert row.id == answer.reservation
    assert (row.number, row.cost_class, row.rule, row.trunk) == (LOCAL, "local", "home", "main")
    assert (row.asked_by, row.state) == ("0301", DialState.RESERVED)


def test_a_number_that_no_trunk_takes_is_refused(store: str) -> None:
    set_rules({"main": {"host": "a", "numbers": ["+43*"]}}, rules=HOME)
    assert why(LOCAL) is Why.NO_TRUNK


@pytest.mark.parametrize(
    "odd", ["", "0" * 10_000, "\x00", "\ud800", "030\x001", "200;x", "٢٠٠", "'; DROP TABLE person"]
)
def test_hostile_texts_are_refused_and_written_down(store: str, odd: str) -> None:
    set_rules(rules={"all": EVERYTHING})
    answer = dialling_of().may_dial(odd, Door.CALLBACK, odd, odd)
    assert isinstance(answer, Refused)
    assert answer.why is Why.ODD
    (row,) = rows()
    assert max(len(row.number), len(row.asked_by), len(row.call)) <= 64


def test_what_is_settled_or_released_once_stays_so(store: str) -> None:
    set_rules(rules=HOME)
    dialling = dialling_of()
    first, second = asked(LOCAL), asked(MOBILE)
    assert isinstance(first, Allowed)
    assert isinstance(second, Allowed)
    dialling.settle(first.reservation, "answered")
    dialling.release(first.reservation)
    dialling.release(second.reservation)
    dialling.settle(second.reservation, "busy")
    assert [(row.state, row.outcome) for row in rows()] == [
        (DialState.SETTLED, "answered"),
        (DialState.RELEASED, ""),
    ]
    assert all(row.settled_at for row in rows())


def test_looking_says_the_same_and_leaves_no_trace(store: str) -> None:
    set_rules(rules=HOME, limits={"per_hour": 1})
    dialling = dialling_of()
    assert dialling.look(LOCAL, Door.DIAL, "").ruling.allows
    assert dialling.look(PREMIUM, Door.DIAL, "").ruling.why is Why.CLOSED
    assert rows() == []
    asked(LOCAL)
    full = dialling.look(LOCAL, Door.DIAL, "")
    assert (full.ruling.why, full.ruling.rule, full.targets) == (Why.LIMIT, "home", ())


def test_the_settings_rules_hold_until_the_store_has_some(store: str) -> None:
    usual = Rulebook(
        {"usual": RuleEntry(to=("+43*",))}, trunks=[TrunkEntry(name="usual", host="old.example")]
    )
    dialling = dialling_of(usual=usual)
    before = dialling.may_dial(ABROAD, Door.MAILBOX, "", "")
    assert isinstance(before, Allowed)
    assert before.targets[0].address == f"{ABROAD}@old.example"
    set_rules(rules=HOME)
    assert isinstance(dialling.may_dial(ABROAD, Door.MAILBOX, "", ""), Refused)


def test_rows_are_forgotten_when_they_are_older_than_a_year(store: str) -> None:
    asked(LOCAL)
    asked(MOBILE)
    old = now() - timedelta(days=401)
    DialAttempt.update(at=old).where(DialAttempt.number == LOCAL).execute()
    assert attempts.forget(now()) == 1
    assert [row.number for row in rows()] == [MOBILE]


@pytest.mark.parametrize(("caller", "transferred"), [("200", False), ("5551234", True)])
def test_a_phone_of_the_house_that_tries_to_get_out_is_written_down(
    store: str, caller: str, transferred: bool
) -> None:
    set_rules(rules=HOME)
    dialling_of().unrouted(PREMIUM, caller, CALL, transferred)
    (row,) = rows()
    assert (row.number, row.cost_class, row.asked_by) == (PREMIUM, CostClass.PREMIUM, caller)
    assert (row.door, row.state, row.call) == (Door.TRANSFER, DialState.REFUSED, CALL)


def test_a_stranger_who_dials_a_wrong_number_is_not_a_matter_of_dialling(store: str) -> None:
    dialling_of().unrouted(PREMIUM, "5551234", CALL, False)
    assert rows() == []


def test_somebody_who_tries_on_and_on_does_not_fill_the_store(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "MOST_REFUSED", 3)
    assert {why(PREMIUM) for _ in range(5)} == {Why.CLOSED}
    assert len(rows()) == 3
    DialAttempt.update(at=now() - timedelta(hours=2)).execute()
    assert why(PREMIUM) is Why.CLOSED
    assert len(rows()) == 4
