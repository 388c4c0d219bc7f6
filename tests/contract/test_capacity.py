"""A switch that has no room left says so."""

from collections.abc import Iterator

import pytest

from tests.contract.client import log_in
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import ECHO
from tests.switches import Extension, Plan, Switch


@pytest.fixture(scope="module")
def small(switch: Switch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switch]:
    """A switch of the same kind that takes two or three calls."""
    echo = Extension("echo", f"^{ECHO}$", (("answer", ""), ("echo", "")))
    plan = Plan(tmp_path_factory.mktemp("small"), (echo,), max_sessions=3)
    started = type(switch)(plan)
    started.start()
    yield started
    started.kill()
    plan.claim.close()


def wait_until_empty(switch: Switch) -> None:
    connection = log_in(switch.esl, switch.password)
    connection.api_with("status", "\n0 session(s) - ")
    connection.close()


def test_a_full_switch_refuses_the_next_call_and_keeps_the_others(
    small: Switch, phones: PhoneMaker
) -> None:
    """Of three allowed FreeSWITCH takes two: it already counts the one that it refuses."""
    calls = [phones().call(small.sip, ECHO)]
    while calls[-1].final() == 200:
        assert len(calls) < 4, "a fourth call was taken, where three are allowed"
        calls.append(phones().call(small.sip, ECHO))
    *taken, refused = calls
    assert refused.final() == 503
    assert len(taken) in (2, 3)
    assert not any(call.ended.is_set() for call in taken)


def test_a_killed_switch_starts_again_on_the_same_ports(small: Switch, phones: PhoneMaker) -> None:
    wait_until_empty(small)
    phones().call(small.sip, ECHO).wait_answer()
    small.kill()
    small.start()
    phones().call(small.sip, ECHO).wait_answer()
