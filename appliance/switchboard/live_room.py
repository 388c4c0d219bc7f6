"""A conference room while somebody is in it: what happens there is answered, one after the other.

In a greenlet of its own, so that no room waits for the words of another.
"""

from collections.abc import Callable
from typing import Any

import gevent
import structlog
from gevent.event import AsyncResult
from gevent.queue import Full, Queue

from esl.conference_events import KeyTold, MemberNews, MemberTold, RoomNews, RoomTold, Told
from esl.errors import EslError, RoomMissing
from lines.errors import LinesError, RoomEmpty

from .room_program import RoomProgram

log = structlog.get_logger()

MOST_WAITING = 5_000
MOST_KEYS = 200
"""News that may wait; of a flood of keys, far fewer."""
LIMIT = 8.0
"""Seconds for somebody who asks, behind all that happens in the room."""
MATTERS = {MemberNews.CAME, MemberNews.LEFT}


class LiveRoom:
    def __init__(self, room_id: str, make_program: Callable[[], RoomProgram]) -> None:
        """`make_program` may wait."""
        self.room_id = room_id
        self._work: Queue[Callable[[RoomProgram], None] | None] = Queue(MOST_WAITING)
        self._greenlet = gevent.spawn(self._run, make_program)

    def told(self, told: Told) -> None:
        """Never waits."""
        if isinstance(told, KeyTold):
            if self._work.qsize() < MOST_KEYS:
                self._put(lambda program: program.key(told))
        elif isinstance(told, MemberTold):
            if told.what in MATTERS:
                self._put(lambda program: program.member(told))
        elif isinstance(told, RoomTold) and told.what is RoomNews.ENDED:
            self._put(None)

    def ask(self, work: Callable[[RoomProgram], Any]) -> Any:
        """What `work` gives, in its turn. Raises what it raises, and `gevent.Timeout`."""
        answer: AsyncResult[Any] = AsyncResult()

        def run(program: RoomProgram) -> None:
            try:
                answer.set(work(program))
            except (EslError, LinesError) as error:
                answer.set_exception(error)

        self._put(run)
        return answer.get(timeout=LIMIT)

    def stop(self) -> None:
        self._put(None)

    def _put(self, work: Callable[[RoomProgram], None] | None) -> None:
        try:
            self._work.put_nowait(work)
        except Full:
            log.error("a room has more news than can be answered")

    def _run(self, make_program: Callable[[], RoomProgram]) -> None:
        program = make_program()
        while True:
            work = self._work.get()
            if work is None:
                return
            try:
                work(program)
                if self._work.empty():
                    program.chair.note()
            except (RoomMissing, RoomEmpty) as error:
                log.debug("a room has ended meanwhile", reason=str(error))
            except (EslError, LinesError) as error:
                log.info("not done in a room", room=program.chair.name, reason=str(error))
            except Exception:  # the top of a task
                log.exception("a room's news were not answered", room=program.chair.name)
