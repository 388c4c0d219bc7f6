"""The benches' callers against a switch: they notice what they are there to notice."""

import asyncio
from collections.abc import Iterator

import pytest

from bench.errors import NotMeasured
from bench.exchange import BOX, NATIVE, Exchange, exchange
from bench.held_calls import HeldCalls
from bench.key_to_prompt import key_delays
from bench.reference_call import call_often
from tests.switches import SoftSwitch


@pytest.fixture(scope="module")
def embedded() -> Iterator[Exchange]:
    with exchange(SoftSwitch) as started:
        yield started


def test_every_reference_call_is_answered_keyed_and_ended(embedded: Exchange) -> None:
    answers = asyncio.run(call_often(embedded.sip, NATIVE, 5))
    assert not answers.failures
    assert len(answers.milliseconds) == 5


def test_the_prompt_after_a_key_is_heard(embedded: Exchange) -> None:
    delays = asyncio.run(key_delays(embedded.sip, NATIVE, 3))
    assert len(delays) == 3
    assert all(0 < delay < 1 for delay in delays)


def test_a_call_that_nobody_takes_counts_as_lost(embedded: Exchange) -> None:
    """No controller listens behind this number."""

    async def hold() -> tuple[int, int]:
        calls = HeldCalls(embedded.sip, BOX)
        await calls.grow(2, 20)
        lost, failures = calls.lost, len(calls.failures)
        await calls.end()
        return lost, failures

    assert asyncio.run(hold()) == (2, 2)


def test_an_absent_freeswitch_is_said_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.switches import FreeSwitch

    monkeypatch.delenv("FREESWITCH_BIN", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NotMeasured, match="FREESWITCH_BIN"), exchange(FreeSwitch):
        pass
