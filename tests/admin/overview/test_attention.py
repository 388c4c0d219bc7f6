"""What needs a person is found, and told with what to do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin.health import Check, Health
from admin.overview import attention as attentions
from admin.overview.attention import Attention, Need
from admin.overview.words import WORDS
from store.models import Recording
from tests.admin.calls.rows import a_call
from voicemail.housekeeping.disk import Space

pytestmark = pytest.mark.usefixtures("store")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def kinds(home: Path, checks: Mapping[str, Check] | None = None) -> list[str]:
    return [need.kind for need in Attention(checks or {}, home).found()]


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attentions, "space", lambda home: Space(10**12, 10**12))


def test_nothing_is_needed_of_a_box_that_is_well(tmp_path: Path) -> None:
    assert kinds(tmp_path, {"switch": lambda: Health(True, "up")}) == []


def test_parts_that_are_away_come_first(tmp_path: Path) -> None:
    Recording.create(path="x", seconds=1, sha256="-", state="missing")
    checks = {
        "worker": lambda: Health(False, "gave no sign"),
        "switch": lambda: Health(False, "no answer"),
        "callbox": lambda: Health(True, ""),
    }
    assert kinds(tmp_path, checks) == ["switch", "worker", "recordings"]


@pytest.mark.parametrize(
    ("free", "expected"), [(10**6, ["disk-full"]), (9 * 10**8, ["disk-low"]), (10**12, [])]
)
def test_a_disk_that_fills_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, expected: list[str]
) -> None:
    monkeypatch.setattr(attentions, "space", lambda home: Space(free, 10**9))
    assert kinds(tmp_path) == expected


def test_a_disk_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(home: Path) -> Space:
        raise OSError("no such device")

    monkeypatch.setattr(attentions, "space", gone)
    assert kinds(tmp_path) == ["disk-unknown"]


def test_calls_that_were_cut_off_lately_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attentions, "now", lambda: datetime(2026, 11, 22, 20, tzinfo=UTC))
    a_call("lately", state="lost")
    a_call("long ago", -2 * 24 * 60, state="lost")
    assert Attention({}, tmp_path).found() == (Need("lost-calls", 1),)


def test_the_box_is_not_asked_for_each_page(tmp_path: Path) -> None:
    asked: list[str] = []

    def switch() -> Health:
        asked.append("switch")
        return Health(True, "up")

    clock = Clock()
    attention = Attention({"switch": switch}, tmp_path, clock)
    attention.found()
    attention.found()
    assert len(asked) == 1
    clock.now += attentions.FRESH
    attention.found()
    assert len(asked) == 2


def test_who_asks_while_the_box_is_asked_is_not_kept_waiting(tmp_path: Path) -> None:
    clock = Clock()
    meanwhile: list[int] = []

    def switch() -> Health:
        if clock.now:
            meanwhile.append(len(attention.found()))
        return Health(False, "no answer")

    attention = Attention({"switch": switch}, tmp_path, clock)
    attention.found()
    clock.now += attentions.FRESH
    attention.found()
    assert meanwhile == [1]


def test_every_kind_of_need_has_words() -> None:
    source = Path(attentions.__file__).read_text()
    assert all(f'"{kind}"' in source for kind in WORDS)
