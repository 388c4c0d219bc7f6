"""Who is told what, and when: decided without a box and without a clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from appliance.alarms.deciding import LASTS, OVER_AFTER, Manner, News, news, take_note
from appliance.alarms.standing import FOREVER, Standing

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=PARIS).timestamp()
NIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=PARIS).timestamp()
HOUR = 3600.0
DAILY = Manner(24 * HOUR, PARIS)
QUIET = Manner(24 * HOUR, PARIS, "22:00-07:00")


class Days:
    """Looks at the box one after the other."""

    def __init__(self, manner: Manner = DAILY) -> None:
        self.standing: dict[str, Standing] = {}
        self._manner = manner

    def look(self, now: float, *kinds: str) -> News:
        self.standing = take_note(self.standing, {kind: f"{kind}!" for kind in kinds}, now)
        found = news(self.standing.values(), "mail", self._manner, now)
        for alarm in found.raised:
            alarm.told["mail"] = now
        for alarm in found.over:
            del alarm.told["mail"]
        return found


def kinds(alarms: tuple[Standing, ...]) -> list[str]:
    return [alarm.kind for alarm in alarms]


def test_it_is_told_once_and_again_while_it_lasts() -> None:
    days = Days()
    told = [kinds(days.look(NOON + hour * HOUR, "disk").raised) for hour in range(50)]
    assert [hour for hour, what in enumerate(told) if what] == [0, 24, 48]


def test_that_it_is_over_is_told_once() -> None:
    days = Days()
    days.look(NOON, "disk")
    assert not days.look(NOON + 1)
    assert kinds(days.look(NOON + 1 + OVER_AFTER).over) == ["disk"]
    assert not days.look(NOON + 2 + OVER_AFTER)
    assert not days.look(NOON + 3 + OVER_AFTER)
    assert days.standing == {}


def test_what_flaps_faster_than_it_counts_is_never_told() -> None:
    days = Days()
    for minute in range(0, 60, 2):
        assert not days.look(NOON + minute * 60, "switch")
        assert not days.look(NOON + minute * 60 + LASTS / 2 - 1)
        days.standing.clear()


def test_what_flaps_for_long_is_told_once() -> None:
    days = Days()
    told = []
    for minute in range(60):
        found = days.look(NOON + minute * 60, *(["trunk one"] if minute % 2 else []))
        told += kinds(found.raised) + kinds(found.over)
    assert told == ["trunk one"]


def test_several_come_together() -> None:
    assert kinds(Days().look(NOON, "disk", "backup").raised) == ["disk", "backup"]


def test_in_quiet_hours_only_what_stops_calls_is_told() -> None:
    days = Days(QUIET)
    assert kinds(days.look(NIGHT, "backup", "room").raised) == ["room"]
    assert kinds(days.look(NIGHT + 8 * HOUR, "backup", "room").raised) == ["backup"]


@pytest.mark.parametrize(
    ("quiet", "hour", "is_quiet"),
    [
        ("22:00-07:00", 23, True), ("22:00-07:00", 6, True), ("22:00-07:00", 7, False),
        ("12:00-13:00", 12, True), ("12:00-13:00", 13, False), ("", 3, False),
    ],
)  # fmt: skip
def test_quiet_hours_may_go_over_midnight(quiet: str, hour: int, is_quiet: bool) -> None:
    at = datetime(2026, 3, 2, hour, 0, tzinfo=PARIS).timestamp()
    assert Manner(HOUR, PARIS, quiet).is_quiet(at) is is_quiet


def test_what_is_silenced_is_told_when_its_time_is_up() -> None:
    days = Days()
    days.look(NOON, "disk")
    days.standing["disk"].silent = NOON + 30 * HOUR
    assert not days.look(NOON + 25 * HOUR, "disk")
    assert kinds(days.look(NOON + 31 * HOUR, "disk").raised) == ["disk"]


def test_what_somebody_sees_to_is_not_told_again_until_it_comes_anew() -> None:
    days = Days()
    days.look(NOON, "disk")
    days.standing["disk"].silent = FOREVER
    assert not days.look(NOON + 1000 * HOUR, "disk")
    later = NOON + 1001 * HOUR
    days.look(later)
    assert kinds(days.look(later + OVER_AFTER).over) == ["disk"]
    assert kinds(days.look(later + 2 * OVER_AFTER, "disk").raised) == ["disk"]
