"""Each question with its answer onto a recording of its own."""

import gevent
import structlog
from gevent.queue import SimpleQueue

from esl.conference_list import Listed
from esl.errors import EslError
from lines.experts.conducting.stage import Stage
from lines.experts.hour.agenda import Agenda
from lines.experts.hour.asked import Asked
from lines.experts.ports import Seat
from lines.pieces.ports import OnAir, PieceDraft

log = structlog.get_logger()


class _Stop:
    """Behind the last order."""


class Tape:
    """Begins and ends pieces in order, beside everything else: the store may be slow."""

    def __init__(self, stage: Stage, hall: str, agenda: Agenda) -> None:
        self._stage = stage
        self._hall = hall
        self._agenda = agenda
        self._draft: PieceDraft | None = None
        self._orders: SimpleQueue[Asked | _Stop | None] = SimpleQueue()
        gevent.spawn(self._run)

    def begin(self, question: Asked) -> None:
        self._orders.put(question)

    def end(self) -> None:
        self._orders.put(None)

    def stop(self) -> None:
        """Once everything before is done."""
        self._orders.put(_Stop())

    def take_over(self, listed: Listed) -> None:
        """What was being recorded before a restart ends here."""
        for path in listed.recordings:
            if (draft := self._stage.pieces.draft_at(path)) is not None:
                self._draft = draft
                self._end()

    def _run(self) -> None:
        while not isinstance(order := self._orders.get(), _Stop):
            try:
                self._end()
                if order is not None:
                    self._begin(order)
            except Exception:  # the top of a task; the next piece is recorded all the same
                log.exception("a piece is not recorded", hall=self._hall)

    def _begin(self, question: Asked) -> None:
        session = self._agenda.session
        party = question.caller
        people = [
            OnAir(Seat.CALLER, party.name, "" if party.withheld else party.number),
            OnAir(Seat.EXPERT, session.expert),
            *([OnAir(Seat.HOST, session.host)] if session.host else []),
        ]
        contact = question.contact or ("" if party.withheld else party.number)
        language = question.language or session.languages[0]
        draft = self._stage.pieces.begin(session, question.id, people, language, contact)
        try:
            self._stage.control(self._hall).record(draft.path)
        except EslError as error:
            log.error("a piece is not recorded", piece=draft.id, reason=str(error))
            self._stage.pieces.end(draft, self._stage.now())
        else:
            self._draft = draft

    def _end(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        try:
            self._stage.control(self._hall).stop_recording(draft.path)
        except EslError as error:  # the hall has ended, and with it what was recorded
            log.info("a recording had ended by itself", piece=draft.id, reason=str(error))
        self._stage.pieces.end(draft, self._stage.now())
