"""The panel's one source of live news, while the switch is away and while the store changes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gevent
import pytest

from appliance.panel_parts import live as lives
from appliance.panel_parts.live import AWAY, LiveSource
from appliance.settings import Address, Settings
from store.database import connect, disconnect
from store.migrate import migrate
from tests.ports import free_port

LIMIT = 30.0


class Told:
    def __init__(self) -> None:
        self.news: list[tuple[str, Mapping[str, Any]]] = []

    def __call__(self, topic: str, data: Mapping[str, Any]) -> None:
        self.news.append((topic, data))

    def wait_for(self, topic: str) -> Mapping[str, Any]:
        with gevent.Timeout(LIMIT):
            while True:
                for told, data in self.news:
                    if told == topic:
                        return data
                gevent.sleep(0.01)


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    connect(tmp_path / "pressline.db")
    migrate()
    yield
    disconnect()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOOK", "ATTENTION_LOOK", "AGAIN"):
        monkeypatch.setattr(lives, name, 0.01)


def source(home: Path, needs: list[str]) -> LiveSource:
    settings = Settings(home=home, esl=Address("127.0.0.1", free_port()))
    return LiveSource(settings, lambda: tuple(needs))


def test_a_switch_that_is_away_is_told_to_those_who_follow_calls(tmp_path: Path) -> None:
    told = Told()
    live = source(tmp_path, [])
    live.follow(frozenset({"calls"}), told)
    assert told.wait_for("calls") == AWAY
    live.follow(frozenset(), told)


def test_a_new_need_is_told_once(tmp_path: Path) -> None:
    told, needs = Told(), []
    live = source(tmp_path, needs)
    live.follow(frozenset({"attention"}), told)
    gevent.sleep(0.05)
    assert told.news == []
    needs.append("disk")
    assert told.wait_for("attention") == {}
    gevent.sleep(0.05)
    assert len(told.news) == 1
    live.follow(frozenset(), told)


def test_nobody_following_ends_all_looking(tmp_path: Path) -> None:
    told, needs = Told(), []
    live = source(tmp_path, needs)
    live.follow(frozenset({"attention", "messages", "calls"}), told)
    gevent.sleep(0.02)
    live.follow(frozenset(), told)
    with gevent.Timeout(LIMIT):
        while live.is_looking:
            gevent.sleep(0.01)
