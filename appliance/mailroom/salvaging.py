"""Finds what a crash cut off, once nobody speaks into it any more."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime

import gevent
import structlog

from esl.errors import EslError
from esl.switch import Switch
from store.writer import Writer

from ..errors import SidecarError
from ..keeping import Keeping
from ..sidecar import Sidecar
from ..threads import in_pool

log = structlog.get_logger()

EVERY = 15.0
"""Seconds between looks for what was cut off."""
LIMIT = 300.0
"""Seconds to hear and place what was found."""
SETTLE_LIMIT = 10.0


class Salvaging:
    """Runs beside the calls; what a living call has in hand is left alone."""

    def __init__(
        self,
        sidecar: Sidecar,
        writer: Writer,
        keeping: Keeping,
        switch: Switch,
        ours: Callable[[], Collection[str]],
        last_resort_box: str,
    ) -> None:
        """`ours` are the calls that this process still has to do with."""
        self._sidecar = sidecar
        self._writer = writer
        self._keeping = keeping
        self._switch = switch
        self._ours = ours
        self._box = last_resort_box

    def start(self) -> None:
        gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            try:
                self._look()
            except (EslError, SidecarError) as error:
                log.debug("no look for what was cut off", reason=str(error))
            except Exception:  # the top of a task
                log.exception("looking for what was cut off failed")
            gevent.sleep(EVERY)

    def _look(self) -> None:
        before = datetime.now(UTC)
        living = {str(row.get("uuid")) for row in self._switch.show("channels")}
        living |= set(self._ours())
        in_pool(self._keeping.keep_what_was_left, living, before)
        for job in self._sidecar.run("salvage", living, before, self._box, limit=LIMIT):
            log.info("a message that was cut off is found again", message=job.begun.id)
            self._writer.put(job)
        self._writer.settle(SETTLE_LIMIT)
