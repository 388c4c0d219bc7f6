"""The message-waiting lamps of desk phones: lit while a box holds something new."""

from collections.abc import Mapping

import gevent
import structlog
from gevent.event import Event as Flag

from esl.errors import EslError, UnsafeArgument
from esl.switch import Switch
from voicemail.ports import Counts

from ..errors import SidecarError
from ..sidecar import Sidecar

log = structlog.get_logger()

EVERY = 10.0
"""Seconds between looks at all boxes: the worker or the panel may have changed them."""
LIMIT = 5.0
MOST_ASKING = 1_000
"""Phones that may ask between two looks; a flood of others waits for the next."""


class Lamps:
    """Tells the switch the counts of each phone's mailboxes, when they change or a phone asks."""

    def __init__(self, switch: Switch, sidecar: Sidecar) -> None:
        self._switch = switch
        self._sidecar = sidecar
        self._told: dict[str, Counts] = {}
        """By account, `sip:user@domain`."""
        self._asking: set[str] = set()
        """Accounts that have asked and were not told yet."""
        self._changed = Flag()

    def start(self) -> None:
        gevent.spawn(self._run)

    def look(self) -> None:
        """Something may have changed. May be called from any thread of gevent's."""
        self._changed.set()

    def forget_all(self) -> None:
        """The switch may be another one: every phone is told anew."""
        self._told.clear()
        self.look()

    def asked_by(self, account: str) -> None:
        """A phone wants to know how things stand; its account comes from the network."""
        if len(self._asking) < MOST_ASKING:
            self._asking.add(account)
        self.look()

    def _run(self) -> None:
        while True:
            self._changed.wait(EVERY)
            self._changed.clear()
            try:
                self._tell(self._sidecar.run("lamps", limit=LIMIT))
            except (SidecarError, EslError) as error:
                log.debug("lamps not told", reason=str(error))
            except Exception:  # the top of a task
                log.exception("telling the lamps failed")

    def _tell(self, lamps: Mapping[str, Counts]) -> None:
        """`lamps` has the counts by SIP user."""
        asking, self._asking = self._asking, set()
        for account in self._registered() | asking:
            user = account.removeprefix("sip:").partition("@")[0]
            counts = lamps.get(user, Counts())
            if account in asking or self._told.get(account) != counts:
                self._set(account, counts)

    def _set(self, account: str, counts: Counts) -> None:
        try:
            self._switch.message_waiting(
                account, counts.new, counts.saved, counts.urgent_new, counts.urgent_saved
            )
        except UnsafeArgument as error:
            log.warning("a phone with a strange name has no lamp", reason=str(error))
        self._told[account] = counts

    def _registered(self) -> set[str]:
        found = self._switch.show("registrations")
        return {f"sip:{row.get('reg_user')}@{row.get('realm')}" for row in found}
