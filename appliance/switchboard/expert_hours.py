"""The hours of experts that are held now: begun when they are due, gone on with after a restart."""

from collections.abc import Callable

import gevent
import structlog
from gevent.lock import BoundedSemaphore

from esl.conference_events import KeyTold, MemberTold, Told
from esl.conference_list import Listed
from esl.errors import EslError, RoomMissing
from ivr_flows.ports import Party
from lines.errors import HourUnknown
from lines.experts.conducting import Conductor, Stage
from lines.experts.hour import Agenda
from lines.experts.hour.state import aside_name, hall_name
from lines.experts.ports import ExpertLineAway, Farewell, Seat, Visit
from lines.rooms import Room
from store.models.expert import SessionState

from ..errors import SidecarError
from ..sidecar import Sidecar
from .hour_visit import RunningVisit
from .rooms_keeper import RoomKeeper

log = structlog.get_logger()

EVERY = 1.0
"""Seconds between looks at the clock."""
STORE_EVERY = 5
"""Of these, which asks the store."""
LIMIT = 30.0
"""Seconds for the store to answer."""
LINGERS = 60.0
"""Seconds that an hour which is over still shows out whoever comes late."""
HALL, ASIDE = "hall-", "aside-"


class ExpertHours:
    """All hours that are held; where each call belongs."""

    def __init__(
        self,
        stage: Stage,
        keeper: RoomKeeper,
        sidecar: Sidecar,
        changed: Callable[[Conductor], None],
    ) -> None:
        """`changed` is told of each hour in which something has; it must not wait."""
        self._stage = stage
        self._keeper = keeper
        self._sidecar = sidecar
        self._changed = changed
        self._running: dict[int, Conductor] = {}
        self._over: set[int] = set()
        """Sessions that have ended here: the store may not know it yet."""
        self._calls: dict[str, Conductor] = {}
        self._beginning = BoundedSemaphore()
        self._rooms_known = False
        self._asked = False
        """Whether the store has told, since we began, which hours are held."""
        self._clock: gevent.Greenlet[[], None] | None = None
        keeper.watch(HALL, self._on_told)
        keeper.watch(ASIDE, self._on_told)
        keeper.on_reconciled(self._set_right)

    def start(self) -> None:
        self._clock = gevent.spawn(self._run)

    def stop(self) -> None:
        """The hours go on at the switch, and are taken up again by the next callbox."""
        if self._clock is not None:
            self._clock.kill()
        for conductor in self._running.values():
            conductor.stop()

    def enter(self, session: int, seat: Seat, call_id: str, caller: Party, language: str) -> Visit:
        """Raises `ExpertLineAway`."""
        conductor = self._running.get(session) or self._begin_early(session)
        if conductor is None:
            why = Farewell.CLOSED if session in self._over else Farewell.LOST
            return RunningVisit(seat, call_id, None, why, self._calls)
        conductor.tick()  # its doors may open this very second
        refused = conductor.enter(call_id, seat, caller, language)
        if refused is None:
            self._calls[call_id] = conductor
        return RunningVisit(seat, call_id, conductor, refused, self._calls)

    # The switch.

    def _on_told(self, told: Told, room: Room) -> None:
        if isinstance(told, KeyTold):
            conductor = self._calls.get(told.call_id)
        elif isinstance(told, MemberTold):
            conductor = self._calls.get(told.member.call_id)
        else:
            conductor = self._of_room(room.name)
        if conductor is not None:
            conductor.on_told(told)

    def _of_room(self, name: str) -> Conductor | None:
        found = (each for each in self._running.values() if each.hall == name)
        return next(found, None)

    def _set_right(self) -> None:
        if not self._rooms_known:
            self._rooms_known = True
            self._look()
        for conductor in list(self._running.values()):
            conductor.set_right(self._keeper.rooms.values())
        if self._asked:
            self._end_leftovers()

    def _end_leftovers(self) -> None:
        """Whoever is in the hall of an hour that ended while nobody could let them go."""
        held = {conductor.hall for conductor in self._running.values()}
        left = [r for r in self._keeper.rooms.values() if r.name.startswith(HALL)]
        for member in (m for r in left if r.name not in held for m in list(r.members.values())):
            try:
                self._stage.hang_up(member.call_id)
            except EslError as error:
                log.warning("somebody is left in a hall", call=member.call_id, reason=str(error))

    # The clock and the store.

    def _run(self) -> None:
        seconds = 0
        while True:
            try:
                if seconds % STORE_EVERY == 0:
                    self._look()
                for conductor in list(self._running.values()):
                    conductor.tick()
            except Exception:  # the top of a task
                log.exception("the experts' hours could not be looked after")
            seconds += 1
            gevent.sleep(EVERY)

    def _look(self) -> None:
        """Without the store the hours that run go on, and none begins."""
        try:
            with self._beginning:
                now, running = self._stage.now(), list(self._running)
                for agenda in self._sidecar.run("experts_due", now, running, limit=LIMIT):
                    self._take(agenda)
                self._asked = True
        except SidecarError as error:
            log.warning("nobody knows which hours are due", reason=str(error))

    def _take(self, agenda: Agenda) -> None:
        conductor = self._running.get(agenda.session.id)
        if conductor is None:
            self._begin(agenda)
        elif agenda.session.state is SessionState.CANCELLED:
            conductor.cancelled()
        else:
            conductor.hour.agenda = agenda

    def _begin_early(self, session: int) -> Conductor | None:
        """For somebody who comes before the store was asked again."""
        if not self._rooms_known:
            raise ExpertLineAway("who is in the switch's rooms is not known yet")
        try:
            with self._beginning:
                if session in self._running:
                    return self._running[session]
                agenda = self._sidecar.run("experts_early", self._stage.now(), session, limit=LIMIT)
                return self._begin(agenda) if agenda else None
        except SidecarError as error:
            raise ExpertLineAway(str(error)) from error

    def _begin(self, agenda: Agenda) -> Conductor | None:
        """Of an hour that ran before a restart, the switch knows who is in its rooms: without
        it, nothing is begun."""
        session = agenda.session.id
        if session in self._over or not self._rooms_known:
            return None
        try:
            hall = self._hall(session)
        except EslError as error:
            log.warning("nobody knows who is in a hall", session=session, reason=str(error))
            return None
        conductor = Conductor(agenda, self._stage, self._changed, self._is_over)
        self._running[session] = conductor
        log.info("an expert's hour begins", session=session, state=agenda.session.state)
        self._resume(conductor, agenda, hall)
        return conductor

    def _hall(self, session: int) -> Listed | None:
        try:
            return self._keeper.control(hall_name(session)).look()
        except RoomMissing:
            return None

    def _resume(self, conductor: Conductor, agenda: Agenda, hall: Listed | None) -> None:
        names = {aside_name(question.id) for question in agenda.questions}
        asides = [room for name, room in self._keeper.rooms.items() if name in names]
        conductor.resume(hall, asides)
        for call_id in conductor.hour.whereabouts():
            self._calls[call_id] = conductor

    def _is_over(self, conductor: Conductor) -> None:
        self._over.add(conductor.session)
        gevent.spawn_later(LINGERS, self._forget, conductor)

    def _forget(self, conductor: Conductor) -> None:
        del self._running[conductor.session]
        conductor.stop()
        for call_id in [call for call, its in self._calls.items() if its is conductor]:
            del self._calls[call_id]

    # Which are held.

    @property
    def all_held(self) -> list[Conductor]:
        return list(self._running.values())

    def held(self, session: int) -> Conductor:
        """Raises `HourUnknown`; 0 is the only one that runs."""
        if not session and len(self._running) == 1:
            (session,) = self._running
        if session not in self._running:
            raise HourUnknown(session, self._running)
        return self._running[session]
