"""All late questions with what became of each, for people. Blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lines.experts import records
from lines.experts.late import THERE
from lines.experts.owing import Owing, number_of
from store.database import translated
from store.models import Callback, ExpertLine, LateAnswer, Message
from store.models.callback import CallbackState
from store.models.expert import AnswerState

MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """Number and name come from callers and are hostile."""

    line: str
    message: str
    at: datetime
    number: str
    state: str
    note: str = ""
    """Why nobody is called, or how far the call-back has come."""


@translated()
def listed(owing: Owing, line: str = "") -> Sequence[Listed]:
    """The newest first; of one line, or of all. Raises `ExpertLineUnknown`."""
    rows = [records.known(line)] if line else list(ExpertLine.select())
    found = [one for row in rows if row.mailbox for one in _of_line(owing, row)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def _of_line(owing: Owing, line: ExpertLine) -> list[Listed]:
    mine = (Message.box == line.mailbox) & Message.state.in_(THERE)
    rows = Message.select().where(mine).order_by(Message.started_at.desc()).limit(MOST)
    messages = list(rows)
    given = LateAnswer.select().where(LateAnswer.message.in_([row.id for row in messages]))
    answers = {answer.message.id: answer for answer in given}
    return [_listed(owing, line, row, answers.get(row.id)) for row in messages]


def _listed(owing: Owing, line: ExpertLine, row: Message, answer: LateAnswer | None) -> Listed:
    state, note = _state(owing, row, answer)
    return Listed(line.name, row.id, row.started_at, number_of(row), state, note)


def _state(owing: Owing, row: Message, answer: LateAnswer | None) -> tuple[str, str]:
    if answer is None or answer.state == AnswerState.RECORDING:
        refused = owing.refused(row)
        return "waiting", f"cannot be answered: {refused}" if refused else ""
    if answer.state == AnswerState.KEPT:
        return "answered", _call_back(owing, row, answer)
    return str(answer.state), ""


def _call_back(owing: Owing, row: Message, answer: LateAnswer) -> str:
    call = Callback.get_or_none(Callback.id == answer.callback)
    if call is None:
        return f"nobody is called: {owing.refused(row) or 'too many calls were owed'}"
    outcome = f", {call.outcome}" if call.outcome else ""
    again = " though not heard to the end" if call.state == CallbackState.DONE else ""
    return f"call-back {call.id} {call.state}{again}{outcome}"
