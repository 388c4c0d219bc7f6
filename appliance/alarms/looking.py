"""One look at the box, and everybody told of what is new."""

import time
from collections.abc import Mapping

import structlog

from ..home import Home
from ..settings import Settings
from .deciding import Manner, News, news, take_note
from .ledger import Ledger
from .needs import all_needs
from .telling import channels, told

log = structlog.get_logger()

LATE = 300.0
"""Seconds after which somebody else than the worker looks."""


def raise_alarms(settings: Settings, home: Home) -> list[str]:
    """The kinds that somebody was told of now. Blocks; needs a connection to the store."""
    found = all_needs(settings, home)
    try:
        with Ledger(home.root).alone() as ledger:
            return _told_of(settings, ledger, found)
    except OSError as error:
        log.warning("alarms cannot be kept", reason=str(error))
        return []


def is_late(home: Home) -> bool:
    """Whether nobody has looked for long: the worker is dead, or hangs."""
    return time.time() - Ledger(home.root).looked > LATE


def _told_of(settings: Settings, ledger: Ledger, found: Mapping[str, str]) -> list[str]:
    now = time.time()
    ledger.looked = now
    ledger.standing = take_note(ledger.standing, found, now)
    manner = Manner(settings.alarm_again * 3600, settings.time_zone, settings.alarm_quiet)
    ways = channels(settings)
    raised: set[str] = set()
    for alarm in ledger.standing.values():
        alarm.told = {name: at for name, at in alarm.told.items() if name in ways}
    for channel, tell in ways.items():
        fresh = news(ledger.standing.values(), channel, manner, now)
        if fresh and told(settings, tell, fresh):
            raised.update(_noted(fresh, channel, now))
    return sorted(raised)


def _noted(fresh: News, channel: str, now: float) -> list[str]:
    for alarm in fresh.raised:
        alarm.told[channel] = now
    for alarm in fresh.over:
        del alarm.told[channel]
    return [alarm.kind for alarm in fresh.raised]
