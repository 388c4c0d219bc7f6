"""What the panel is told of live calls, rooms and hours."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import gevent
import pytest

from appliance import live_news
from appliance.live_calls import MOST_SHOWN, LiveCalls
from appliance.live_news import NEWS, LiveNews
from ivr_flows.flow import Flow
from ivr_flows.loader import load_flow
from ivr_flows.trace import StepRecord
from store.jobs import CallStarted

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
TEXT = b"""
flow: main
title: Main line
start: hello
steps:
  hello: {say: Good day., next: wait}
  wait: {pause: 1s, next: bye}
  bye: {hangup: {}}
"""


class Bus:
    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send(self, subclass: str, headers: Mapping[str, str], body: str) -> None:
        assert subclass == NEWS
        self.sent.append(json.loads(body))


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def news(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> LiveNews:
    monkeypatch.setattr(live_news, "APART", 0.0)
    return LiveNews(bus.send)


def settle() -> None:
    for _ in range(5):
        gevent.sleep(0)


def flow(name: str) -> Flow | None:
    return load_flow(TEXT, "main.yaml") if name == "main" else None


def a_call(id: str = "one", flow: str = "main") -> CallStarted:
    return CallStarted(id, AT, dialled="100", caller_number="030", flow=flow, version=2)


def step(name: str, event: str = "done") -> StepRecord:
    return StepRecord("main", name, "say", AT, 1.0, event, {"said": "Good day."})


def test_nobody_looking_is_told_nothing(bus: Bus, news: LiveNews) -> None:
    LiveCalls(news).began("one", a_call(), flow)
    settle()
    assert bus.sent == []


def test_whoever_begins_to_look_is_told_of_calls_that_are_live_already(
    bus: Bus, news: LiveNews
) -> None:
    LiveCalls(news).began("one", a_call(), flow)
    news.followed('["calls"]')
    settle()
    (told,) = bus.sent
    assert told["topic"] == "calls"
    assert told["data"]["count"] == 1
    assert told["data"]["calls"][0]["number"] == "030"


def test_a_call_is_shown_in_the_step_that_it_is_in(news: LiveNews) -> None:
    calls = LiveCalls(news)
    calls.began("one", a_call(), flow)
    assert calls.all()["calls"][0]["step"] == "hello"
    calls.took("one", step("hello"))
    (row,) = calls.all()["calls"]
    assert (row["step"], row["verb"], row["steps"]) == ("wait", "pause", 1)


def test_a_call_without_a_flow_is_shown_too(news: LiveNews) -> None:
    calls = LiveCalls(news)
    calls.began("one", a_call(flow=""), flow)
    assert calls.all()["calls"][0]["step"] == ""


def test_a_live_call_tells_what_it_went_through(news: LiveNews) -> None:
    calls = LiveCalls(news)
    calls.began("one", a_call(), flow)
    calls.took("one", step("hello"))
    found = calls.trace("one")
    assert found is not None
    assert [row["step"] for row in found["trace"]] == ["hello"]
    calls.ended("one")
    assert calls.trace("one") is None


def test_many_calls_are_counted_and_the_newest_shown(news: LiveNews) -> None:
    calls = LiveCalls(news)
    for number in range(MOST_SHOWN + 5):
        calls.began(str(number), a_call(str(number)), flow)
    told = calls.all()
    assert told["count"] == MOST_SHOWN + 5
    assert len(told["calls"]) == MOST_SHOWN
    assert told["calls"][0]["call"] == str(MOST_SHOWN + 4)


def test_many_changes_of_one_thing_are_one_piece_of_news(bus: Bus, news: LiveNews) -> None:
    news.followed('["rooms"]')
    for _ in range(50):
        news.changed("rooms", "3", lambda: {"room": 3})
    settle()
    assert bus.sent == [{"topic": "rooms", "data": {"room": 3}}]


def test_an_odd_piece_of_news_does_not_end_the_others(bus: Bus, news: LiveNews) -> None:
    def broken() -> dict[str, Any]:
        raise RuntimeError("odd")

    news.followed('["rooms"]')
    news.changed("rooms", "1", broken)
    news.changed("rooms", "2", lambda: {"room": 2})
    settle()
    assert bus.sent == [{"topic": "rooms", "data": {"room": 2}}]


def test_to_look_lasts_a_while(bus: Bus, news: LiveNews, monkeypatch: pytest.MonkeyPatch) -> None:
    news.followed('["rooms"]')
    late = time.monotonic() + live_news.FOLLOW_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: late)
    news.changed("rooms", "3", lambda: {"room": 3})
    monkeypatch.undo()
    settle()
    assert bus.sent == []


@pytest.mark.parametrize("wish", ["", "{", "3", "null", '{"a": 1}', "[[]]"])
def test_an_odd_wish_harms_nobody(bus: Bus, news: LiveNews, wish: str) -> None:
    news.followed(wish)
    settle()
    assert bus.sent == []
