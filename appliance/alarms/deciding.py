"""Who is told what now: each alarm once, again while it lasts, and once that it is over.

Knows neither the box nor the clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from .standing import Standing

FLAPPING = ("switch", "callbox", "worker", "panel", "store", "trunk", "quality", "queue")
"""What comes and goes by itself, by the first word of its kind: a restart is no alarm."""
LASTS = 120.0
"""Seconds that such a thing must last before anybody is told."""
OVER_AFTER = 600.0
"""Seconds that anything must be gone before it is over: until then it is the same alarm."""
STOPS_CALLS = ("switch", "callbox", "room", "damage", "store", "restarts", "lockout", "dial-limit")
"""Told at any hour: callers meet it now, or money is lost."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the administrator wants to be told."""

    again: float
    """Seconds until what lasts is told once more."""
    zone: ZoneInfo
    quiet: str = ""
    """`22:00-07:00`, in the paper's zone; empty for none."""

    def is_quiet(self, now: float) -> bool:
        if not self.quiet:
            return False
        begins, ends = (time.fromisoformat(part) for part in self.quiet.split("-"))
        at = datetime.fromtimestamp(now, self.zone).time()
        if begins <= ends:
            return begins <= at < ends
        return at >= begins or at < ends


@dataclass(frozen=True, slots=True)
class News:
    """For one channel."""

    raised: tuple[Standing, ...] = ()
    over: tuple[Standing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.raised or self.over)


def stops_calls(kind: str) -> bool:
    return kind.partition(" ")[0] in STOPS_CALLS


def take_note(
    standing: dict[str, Standing], found: Mapping[str, str], now: float
) -> dict[str, Standing]:
    """What stands after a look that has `found` these."""
    after = {kind: _seen(standing.get(kind), kind, text, now) for kind, text in found.items()}
    for kind, alarm in standing.items():
        if kind not in found:
            alarm.gone = alarm.gone or now
            if alarm.told or not _is_over(alarm, now):
                after[kind] = alarm
    return after


def news(standing: Iterable[Standing], channel: str, manner: Manner, now: float) -> News:
    quiet = manner.is_quiet(now)
    heard = [alarm for alarm in standing if not quiet or stops_calls(alarm.kind)]
    return News(
        tuple(alarm for alarm in heard if _is_raised(alarm, channel, manner, now)),
        tuple(alarm for alarm in heard if channel in alarm.told and _is_over(alarm, now)),
    )


def _seen(known: Standing | None, kind: str, text: str, now: float) -> Standing:
    if known is None or _is_over(known, now):
        return Standing(kind, text, now)
    known.text, known.gone = text, 0.0
    return known


def _is_over(alarm: Standing, now: float) -> bool:
    return bool(alarm.gone) and now - alarm.gone >= OVER_AFTER


def _is_raised(alarm: Standing, channel: str, manner: Manner, now: float) -> bool:
    if alarm.gone or alarm.is_silent(now):
        return False
    if alarm.kind.partition(" ")[0] in FLAPPING and now - alarm.since < LASTS:
        return False
    told = alarm.told.get(channel)
    return told is None or now - told >= manner.again
