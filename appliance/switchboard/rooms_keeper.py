"""What happens in the switch's conference rooms, always known: from its events, and its list."""

from collections.abc import Callable, Mapping

import gevent
import structlog
from gevent.event import Event as Flag

from esl import conference
from esl.conference import RoomControl
from esl.conference_events import KEYS, SUBSCRIPTION, Told, told
from esl.conference_list import Member
from esl.errors import EslError, WireError
from esl.event import Event
from esl.switch import Switch
from lines.rooms import Room, Rooms

log = structlog.get_logger()

SUBSCRIPTIONS = (SUBSCRIPTION, KEYS)
RECONCILE_EVERY = 60.0
"""Seconds between looks at the switch's list, though nothing seems to be amiss."""
PAUSE = 0.5
"""Seconds between looks while something is: events that are on their way settle most of it."""

OnTold = Callable[[Told, Room], None]
"""Called on the event loop of the switch's connection: must not wait."""


class RoomKeeper:
    """All rooms of the switch, and whoever wants to hear of them."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch
        self._state = Rooms()
        self._watchers: list[tuple[str, OnTold]] = []
        self._when_reconciled: list[Callable[[], None]] = []
        self._look = Flag()

    @property
    def rooms(self) -> Mapping[str, Room]:
        return self._state.rooms

    def watch(self, prefix: str, on_told: OnTold) -> None:
        """Have `on_told` called with all that happens in rooms whose names begin so."""
        self._watchers.append((prefix, on_told))

    def on_reconciled(self, work: Callable[[], None]) -> None:
        """Have `work` called in a greenlet of its own whenever the switch's list was taken over:
        after each (re)connect, and now and then."""
        self._when_reconciled.append(work)

    def control(self, name: str) -> RoomControl:
        """Raises `UnsafeArgument`."""
        return RoomControl(self._switch, name)

    def member(self, call_id: str) -> tuple[Room, Member] | None:
        """Where a call is; None when in no room."""
        return self._state.member(call_id)

    def start(self) -> None:
        gevent.spawn(self._run)

    def switch_is_back(self) -> None:
        """It may be another one, and what happened meanwhile was not told."""
        self._state.doubtful = True
        self._look.set()

    def on_event(self, event: Event) -> None:
        """Every event of the switch; others than those of rooms are left alone."""
        try:
            news = told(event)
        except WireError as error:
            log.warning("news of a room cannot be read", reason=str(error))
            return
        room = self._state.take(news) if news else None
        if news and room:
            for prefix, on_told in self._watchers:
                if room.name.startswith(prefix):
                    on_told(news, room)
        if self._state.doubtful:
            self._look.set()

    def _run(self) -> None:
        while True:
            self._look.wait(RECONCILE_EVERY)
            self._look.clear()
            try:
                self._state.reconcile(conference.rooms(self._switch))
            except EslError as error:
                log.debug("the switch's rooms are not known", reason=str(error))
            else:
                for work in self._when_reconciled:
                    gevent.spawn(work)
            gevent.sleep(PAUSE)
