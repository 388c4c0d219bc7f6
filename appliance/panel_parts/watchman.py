"""Looks whether alarms are still looked after: the worker does that, and may be dead or hang."""

import gevent
import structlog

from store import database
from store.errors import StoreAway

from ..alarms import raise_alarms
from ..alarms.looking import LATE, is_late
from ..home import Home
from ..settings import Settings
from ..threads import in_pool

log = structlog.get_logger()

EVERY = 60.0


def watch(settings: Settings, home: Home) -> None:
    """For ever; a worker that only starts gets its time."""
    gevent.sleep(LATE)
    while True:
        try:
            if in_pool(is_late, home):
                log.warning("nobody has looked after alarms for long; the panel does")
                in_pool(_look, settings, home)
        except Exception:  # the top of a task
            log.exception("alarms could not be looked after")
        gevent.sleep(EVERY)


def _look(settings: Settings, home: Home) -> None:
    try:
        database.connect(settings.store_url)
    except StoreAway as error:  # told as an alarm itself
        log.debug("no store", reason=str(error))
    try:
        raise_alarms(settings, home)
    finally:
        database.disconnect()
