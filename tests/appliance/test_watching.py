import json
from collections.abc import Mapping
from typing import Any

import gevent
import pytest

from appliance import watching
from appliance.watching import STEP, Watching


class Bus:
    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def send(self, subclass: str, headers: Mapping[str, str], body: str) -> None:
        self.sent.append((subclass, json.loads(body)))


def test_nobody_watching_costs_nothing_and_asking_lasts_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(watching.time, "monotonic", lambda: now)
    live = Watching(Bus().send)
    assert not live.wanted
    live.asked()
    assert live.wanted
    now += watching.WATCH_SECONDS + 1
    assert not live.wanted
    live.stop()


def test_news_go_out_in_order_and_without_line_breaks() -> None:
    bus = Bus()
    live = Watching(bus.send)
    live.tell({"what": "step", "detail": "first\nline"})
    live.tell({"what": "ended"})
    gevent.sleep(0)
    assert bus.sent == [
        (STEP, {"what": "step", "detail": "first\nline"}),
        (STEP, {"what": "ended"}),
    ]
    live.stop()


def test_a_flood_of_news_is_cut_not_kept() -> None:
    live = Watching(Bus().send)
    for number in range(watching.MOST_WAITING + 50):
        live.tell({"number": number})
    assert live.waiting == watching.MOST_WAITING
    live.stop()
