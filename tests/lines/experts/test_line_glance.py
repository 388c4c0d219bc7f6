"""A thousand callers in the same second are one question to the store."""

from collections.abc import Callable

import gevent
import pytest
from gevent.event import Event

from appliance.switchboard.line_glance import FRESH, MOST, LineGlance
from lines.experts.ports import ExpertLineAway, LineNow
from tests.lines.experts.calls import LINE

NOW = LineNow(LINE)


class Store:
    """Answers when it is let."""

    def __init__(self, answer: Callable[[], LineNow] = lambda: NOW) -> None:
        self.asked: list[str] = []
        self.answers = Event()
        self.time = 0.0
        self._answer = answer

    def look(self, line: str) -> LineNow:
        self.asked.append(line)
        self.answers.wait()
        return self._answer()

    @property
    def glance(self) -> LineGlance:
        return LineGlance(self.look, lambda: self.time)


def away() -> LineNow:
    raise ExpertLineAway("no store")


def test_callers_who_come_together_share_one_look() -> None:
    store = Store()
    glance = store.glance
    callers = [gevent.spawn(glance.of, "science") for _ in range(1000)]
    gevent.sleep(0)
    store.answers.set()
    assert [caller.get() for caller in callers] == [NOW] * 1000
    assert store.asked == ["science"]


def test_after_a_second_it_is_looked_anew() -> None:
    store = Store()
    store.answers.set()
    glance = store.glance
    glance.of("science")
    store.time += FRESH + 0.1
    glance.of("science")
    assert store.asked == ["science"] * 2


def test_each_line_is_looked_at_by_itself_and_few_are_remembered() -> None:
    store = Store()
    store.answers.set()
    glance = store.glance
    for number in range(3 * MOST):
        glance.of(f"line-{number}")
    assert len(store.asked) == 3 * MOST
    assert len(glance._seen) <= MOST


def test_all_who_wait_are_told_when_the_store_is_away() -> None:
    store = Store(away)
    glance = store.glance
    callers = [gevent.spawn(glance.of, "science") for _ in range(3)]
    gevent.sleep(0)
    store.answers.set()
    gevent.joinall(callers)
    assert all(isinstance(caller.exception, ExpertLineAway) for caller in callers)


def test_nobody_waits_for_a_caller_who_is_gone() -> None:
    store = Store()
    glance = store.glance
    first, second = (gevent.spawn(glance.of, "science") for _ in range(2))
    gevent.sleep(0)
    first.kill()
    second.join(timeout=60)
    with pytest.raises(ExpertLineAway):
        second.get()
