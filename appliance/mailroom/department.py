"""Everything of voicemail that lives in the callbox, in one place."""

from collections.abc import Callable, Collection, Sequence

import structlog

from esl.switch import Switch
from ivr_flows.ports import Call
from ivr_flows.trace import Run
from store.jobs import Job, MessageKept
from store.writer import Writer

from ..dialling import DiallingRules
from ..errors import SidecarError
from ..home import Home
from ..keeping import Keeping
from ..settings import Settings
from ..sidecar import Sidecar
from .ear import Ear
from .lamps import Lamps
from .running import RunningMailroom
from .salvaging import Salvaging

log = structlog.get_logger()

READY_LIMIT = 20.0
"""Seconds for the mailboxes' sidecar to start."""
THREADS = "6"
"""Of the mailboxes' sidecar: PINs are hashed on purpose slowly, and a caller waits beside them."""


class MailDepartment:
    """The mailboxes' sidecar and their ear, the port for the steps, lamps, and salvage."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        writer: Writer,
        keeping: Keeping,
        switch: Switch,
        live_calls: Callable[[], Collection[str]],
        take_in_message: Callable[[str], object],
    ) -> None:
        """`live_calls` are those that this process serves; `take_in_message` has the worker see
        to a new message."""
        self._sidecar = Sidecar("appliance.mail_tasks", THREADS)
        self._ear = Ear()
        self._lamps = Lamps(switch, self._sidecar)
        self._last_resort_box = settings.last_resort_box
        self._take_in_message = take_in_message
        self.room = RunningMailroom(
            home,
            self._sidecar,
            self._ear,
            writer,
            DiallingRules(self._sidecar),
            self._lamps.look,
            take_in_message,
        )
        self._salvaging = Salvaging(
            self._sidecar,
            writer,
            keeping,
            switch,
            lambda: [*live_calls(), *self.room.busy_calls()],
            settings.last_resort_box,
        )

    def start(self) -> None:
        self._sidecar.start()
        self._lamps.start()
        self._salvaging.start()

    def wait_until_ready(self) -> None:
        """Until the mailboxes can be asked; not for long, as callers can speak without."""
        try:
            self._sidecar.run("lamps", limit=READY_LIMIT)
        except SidecarError as error:
            log.warning("the mailboxes are not ready", reason=str(error))

    def stop(self) -> None:
        self._sidecar.stop()
        self._ear.stop()

    @property
    def alive(self) -> bool:
        return self._sidecar.alive

    def switch_is_back(self) -> None:
        self._lamps.forget_all()

    def phone_asks(self, account: str) -> None:
        """A phone has registered or subscribed; `account` is `sip:user@domain`."""
        self._lamps.asked_by(account)

    def call_is_over(self, call: Call, run: Run) -> None:
        """What was said after an apology becomes a message; what was cut off is salvaged."""
        if run.last_words:
            self.room.take_in(self._last_resort_box, call, run.language, run.last_words)
        self.room.leave_to_salvage(call.id)

    def was_written(self, jobs: Sequence[Job]) -> None:
        """On the writer's thread: messages that have come into the store are the worker's."""
        for job in jobs:
            if isinstance(job, MessageKept):
                self._take_in_message(job.begun.id)
