"""Finds the messages that a crash cut off, once nobody speaks into them any more."""

import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime

import gevent
import structlog

from esl.errors import EslError
from esl.switch import Switch
from store.errors import StoreError
from store.jobs import MessageDiscarded, MessageKept
from store.writer import Writer
from voicemail.keeping import salvage

from ..home import Home
from ..threads import in_pool

log = structlog.get_logger()

EVERY = 15.0
"""Seconds between looks for what was cut off."""
SETTLE_LIMIT = 10.0

Ended = MessageKept | MessageDiscarded


class Salvaging:
    """Runs beside the calls; a message in the hands of a living call is left alone."""

    def __init__(
        self,
        home: Home,
        writer: Writer,
        switch: Switch,
        is_ours: Callable[[str], bool],
        last_resort_box: str,
    ) -> None:
        """`is_ours` says whether this process still has to do with a call."""
        self._home = home
        self._writer = writer
        self._switch = switch
        self._is_ours = is_ours
        self._box = last_resort_box

    def start(self) -> None:
        gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            started = time.monotonic()
            try:
                self._look()
            except (EslError, StoreError, OSError) as error:
                log.debug("no look for messages that were cut off", reason=str(error))
            except Exception:  # the top of a task
                log.exception("looking for messages that were cut off failed")
            gevent.sleep(max(1.0, EVERY - (time.monotonic() - started)))

    def _look(self) -> None:
        before = datetime.now(UTC)
        living = {str(row.get("uuid")) for row in self._switch.show("channels")}
        jobs = in_pool(self._salvage, before, living)
        for job in jobs:
            log.info("a message that was cut off is found again", message=job.begun.id)
            self._writer.put(job)
        self._writer.settle(SETTLE_LIMIT)

    def _salvage(self, before: datetime, living: Collection[str]) -> list[Ended]:
        def is_alive(call: str) -> bool:
            return call in living or self._is_ours(call)

        return list(salvage(self._home.voicemail, self._home.spool, is_alive, before, self._box))
