"""Pieces while they are on air, and what a crash cut off of them: the port `PieceRecording`."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import gevent
import structlog

from esl.errors import EslError
from esl.switch import Switch
from lines.experts.ports import SessionFacts
from lines.pieces.places import in_progress, named
from lines.pieces.ports import OnAir, PieceDraft, PieceRecording
from store.piece_jobs import PieceBegun, PieceKept, PieceLost, Speaker
from store.writer import Writer

from ..errors import SidecarError
from ..home import Home
from ..sidecar import Sidecar
from ..threads import in_thread
from .room_files import RoomFiles
from .rooms_keeper import RoomKeeper

log = structlog.get_logger()

BEGIN_LIMIT = 2.0
"""Seconds for a piece's row to be safe; longer, and it is recorded without."""
TO_BEGIN = 60.0
"""Seconds after which a piece that no room is recorded into is nobody's any more."""
SETTLE_LIMIT = 60.0
"""Seconds to bring a recording to its place: nobody waits for it."""
EVERY = 15.0
"""Seconds between looks for what was cut off."""
SALVAGE_LIMIT = 300.0


class PieceRecorder:
    def __init__(
        self,
        home: Home,
        sidecar: Sidecar,
        writer: Writer,
        switch: Switch,
        rooms: RoomKeeper,
        take_in_piece: Callable[[str], object],
    ) -> None:
        """`take_in_piece` has the worker see to a piece that is kept; called in a thread."""
        self._folder = home.recordings.absolute()
        self._sidecar = sidecar
        self._writer = writer
        self._files = RoomFiles(switch, rooms)
        self._take_in_piece = take_in_piece
        self._open: dict[str, tuple[PieceBegun, float]] = {}
        """Until settled, with the time by which the switch must record into them."""

    def start(self) -> None:
        gevent.spawn(self._run)

    # The port.

    def begin(
        self,
        session: SessionFacts,
        question_id: str | None,
        people: Sequence[OnAir],
        language: str,
        contact_number: str,
    ) -> PieceDraft:
        begun = PieceBegun(
            id=uuid4().hex,
            session=session.id,
            begun_at=datetime.now(UTC),
            question=question_id or "",
            people=tuple(Speaker(one.seat.value, one.name, one.number) for one in people),
            contact_number=contact_number,
            language=language,
        )
        self._open[begun.id] = (begun, time.monotonic() + TO_BEGIN)
        self._writer.put(begun)
        if not self._writer.settle(BEGIN_LIMIT):
            log.error("a piece begins without its row", piece=begun.id)
        return PieceDraft(begun.id, self._folder / in_progress(session.id, begun.id))

    def end(self, draft: PieceDraft, ended_at: datetime) -> None:
        opened = self._open.get(draft.id)
        if opened:  # otherwise it was begun before a restart, and salvage sees to it
            gevent.spawn(self._settle, opened[0], draft.path, ended_at)

    def draft_at(self, path: str) -> PieceDraft | None:
        found = Path(path)
        told = named(found)
        if told is None or found != self._folder / in_progress(told.session, told.piece):
            return None
        return PieceDraft(told.piece, found)

    # The end of a piece.

    def _settle(self, begun: PieceBegun, path: Path, ended_at: datetime) -> None:
        try:
            if self._files.is_closed(path):
                self._keep(self._sidecar.run("settle_piece", begun, ended_at, limit=SETTLE_LIMIT))
            else:
                log.error("a piece is still recorded after its end", piece=begun.id)
        except (EslError, SidecarError) as error:
            log.error("a piece is left to salvage", piece=begun.id, reason=str(error))
        except Exception:  # the top of a task
            log.exception("a piece is left to salvage", piece=begun.id)
        finally:
            self._open.pop(begun.id, None)

    def _keep(self, job: PieceBegun | PieceKept | PieceLost) -> None:
        self._writer.put(job)
        self._writer.settle(BEGIN_LIMIT)
        if isinstance(job, PieceKept):
            in_thread(self._take_in_piece, job.begun.id)

    # What was cut off.

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except (EslError, SidecarError) as error:
                log.debug("no look for pieces that were cut off", reason=str(error))
            except Exception:  # the top of a task
                log.exception("looking for pieces that were cut off failed")
            gevent.sleep(EVERY)

    def look(self) -> None:
        """Find what was cut off, once. Raises `EslError`, `SidecarError`."""
        before = datetime.now(UTC)
        alive = {told.piece for path in self._files.listed() if (told := named(Path(path)))}
        self._forget_unrecorded(alive)
        alive |= set(self._open)
        for job in self._sidecar.run("salvage_pieces", alive, before, limit=SALVAGE_LIMIT):
            log.info("a piece that was cut off is found again", piece=_id(job))
            self._keep(job)

    def _forget_unrecorded(self, recorded: Collection[str]) -> None:
        """Pieces whose conductor never came to their end."""
        now = time.monotonic()
        for piece, (_, until) in list(self._open.items()):
            if piece not in recorded and until < now:
                del self._open[piece]


def _id(job: PieceBegun | PieceKept | PieceLost) -> str:
    return job.id if isinstance(job, PieceBegun) else job.begun.id


def _is_piece_recording(recorder: PieceRecorder) -> PieceRecording:
    """Held to the port by the type checker."""
    return recorder
