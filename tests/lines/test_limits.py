"""How many calls are placed in an hour and a day, whoever asks at the same time."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from lines.dialling import Allowed, Refused
from store.database import disconnect
from store.fields import now
from store.models import DialAttempt
from store.models.line import DialState, Door
from tests.lines.houses import ABROAD, LOCAL, MOBILE, dialling_of, rows, set_rules

AT_ONCE = 20
RULES = {"all": {"to": ["*"]}}
PROGRAM = """
import os, sys
from store.database import connect
from store.models.line import Door
from tests.lines.houses import LOCAL, dialling_of

wait, go = os.pipe()
children = []
for number in range(int(sys.argv[2])):
    child = os.fork()
    if not child:
        connect(sys.argv[1])
        os.close(go)
        os.read(wait, 1)
        for _ in range(3):
            dialling_of().may_dial(LOCAL, Door.DIAL, f"caller {number}", "")
        os._exit(0)
    children.append(child)
os.close(go)
failed = [child for child in children if os.waitpid(child, 0)[1]]
sys.exit(bool(failed))
"""
"""So many processes, which all start to ask when the last one is there."""


def asked(number: str = LOCAL, asked_by: str = "a") -> Allowed | Refused:
    return dialling_of().may_dial(number, Door.DIAL, asked_by, "")


def is_allowed(number: str = LOCAL, asked_by: str = "a") -> bool:
    return isinstance(asked(number, asked_by), Allowed)


def age(hours: float) -> None:
    """All rows are that much older."""
    at = now() - timedelta(hours=hours)
    DialAttempt.update(at=at).execute()


def test_no_more_calls_than_the_limit_of_an_hour(store: str) -> None:
    set_rules(rules=RULES, limits={"per_hour": 2})
    assert [is_allowed() for _ in range(3)] == [True, True, False]
    refused = asked()
    assert isinstance(refused, Refused)
    assert refused.reason == "the limit is reached: calls in an hour: 2"
    age(hours=1.01)
    assert is_allowed()


def test_the_limit_of_a_day_lasts_a_day(store: str) -> None:
    set_rules(rules=RULES, limits={"per_day": 1})
    assert [is_allowed(), is_allowed()] == [True, False]
    age(hours=23)
    assert not is_allowed()
    DialAttempt.delete().where(DialAttempt.state == DialState.REFUSED).execute()
    age(hours=24.01)
    assert is_allowed()


def test_each_asker_has_a_limit_of_their_own_and_those_who_hide_share_one(store: str) -> None:
    set_rules(rules=RULES, limits={"each_per_hour": 1})
    assert [is_allowed(asked_by=who) for who in ("a", "b", "a", "", "")] == [
        True, True, False, True, False,
    ]  # fmt: skip


def test_each_class_has_a_limit_of_its_own(store: str) -> None:
    set_rules(rules=RULES, classes={"mobile": {"per_hour": 1}})
    assert [is_allowed(MOBILE), is_allowed(MOBILE), is_allowed(LOCAL)] == [True, False, True]


def test_a_limit_of_none_at_all(store: str) -> None:
    set_rules(rules=RULES, classes={"international": {"per_day": 0}})
    assert not is_allowed(ABROAD)


def test_a_class_is_limited_for_each_asker(store: str) -> None:
    set_rules(rules=RULES, classes={"mobile": {"each_per_day": 1}})
    assert [is_allowed(MOBILE, who) for who in ("a", "a", "b")] == [True, False, True]


def test_calls_in_the_house_are_not_counted(store: str) -> None:
    set_rules(rules=RULES, limits={"per_hour": 1})
    assert [is_allowed("200") for _ in range(3)] == [True] * 3
    assert is_allowed()


def test_who_writes_no_limits_has_the_usual_ones(store: str) -> None:
    set_rules(rules=RULES)
    assert [is_allowed() for _ in range(11)] == [True] * 10 + [False]


def test_what_was_refused_or_never_dialled_leaves_room_and_a_crash_does_not(store: str) -> None:
    set_rules(rules=RULES, limits={"per_hour": 2})
    dialling = dialling_of()
    first = asked()
    assert isinstance(first, Allowed)
    dialling.release(first.reservation)
    assert [is_allowed() for _ in range(4)] == [True, True, False, False]


def test_a_call_that_is_over_still_counts(store: str) -> None:
    set_rules(rules=RULES, limits={"per_hour": 1})
    first = asked()
    assert isinstance(first, Allowed)
    dialling_of().settle(first.reservation, "answered")
    assert not is_allowed()


@pytest.mark.parametrize("limits", [{"per_hour": 7}, {"per_hour": 1_000, "each_per_hour": 7}])
def test_of_many_threads_at_once_none_slips_through(store: str, limits: dict[str, int]) -> None:
    set_rules(rules=RULES, limits=limits)
    together = Barrier(AT_ONCE)

    def ask(_: int) -> bool:
        together.wait()
        try:
            return is_allowed()
        finally:
            disconnect()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        allowed = list(pool.map(ask, range(AT_ONCE)))
    assert Counter(allowed) == {True: 7, False: AT_ONCE - 7}
    assert Counter(row.state for row in rows()) == {"reserved": 7, "refused": AT_ONCE - 7}


def test_of_many_processes_at_once_none_slips_through(store: str) -> None:
    set_rules(rules=RULES, limits={"per_hour": 25})
    command = [sys.executable, "-c", PROGRAM, store, str(AT_ONCE)]
    subprocess.run(command, check=True, timeout=100, stdout=subprocess.DEVNULL)
    assert Counter(row.state for row in rows()) == {"reserved": 25, "refused": 35}
