"""Questions that were left as messages outside the hour, while they wait for answers. Blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from ivr_flows.ports import Party
from lines.experts.owing import Owing, number_of
from lines.experts.ports import LateQuestion, LineFacts
from store.database import translated, writing
from store.models import LateAnswer, Message
from store.models.expert import AnswerState
from store.models.message import MessageState

MOST = 50
IN_PROGRESS = Path("answers-in-progress")
SETTLED = (AnswerState.KEPT, AnswerState.HEARD, AnswerState.DROPPED)
THERE = (MessageState.NEW, MessageState.SAVED)


@dataclass(frozen=True, slots=True)
class Folders:
    """All absolute."""

    voicemail: Path
    recordings: Path


@dataclass(frozen=True, slots=True)
class LateQuestions:
    """In the time zone of the paper."""

    folders: Folders
    owing: Owing
    zone: ZoneInfo

    @translated()
    def waiting(self, line: LineFacts) -> Sequence[LateQuestion]:
        """Those without an answer, the oldest first."""
        return [self._question(row) for row in _waiting(line.mailbox)]

    @translated()
    def draft(self, line: LineFacts, question: str) -> Path | None:
        """Where to record an answer; None when somebody has settled the question meanwhile.

        Of two experts who answer at once the one who began last is heard.
        """
        with writing():
            if self._is_settled(question):
                return None
            new = LateAnswer.create(id=uuid4().hex, line=line.id, message=question)
        path = self._draft_path(new.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @translated()
    def drop(self, line: LineFacts, question: str) -> None:
        """There is to be no answer, unless somebody has given one meanwhile."""
        with writing():
            if not self._is_settled(question):
                facts = {"line": line.id, "message": question, "state": AnswerState.DROPPED}
                LateAnswer.create(id=uuid4().hex, **facts)

    def _question(self, row: Message) -> LateQuestion:
        number = number_of(row)
        return LateQuestion(
            message=row.id,
            path=self.folders.voicemail / row.path,
            started_at=row.started_at.astimezone(self.zone),
            seconds=row.seconds,
            caller=Party(row.caller_number, row.caller_name, row.withheld),
            callback_number=number,
            refused=self.owing.refused(row),
        )

    def _is_settled(self, question: str) -> bool:
        """If not, what an earlier call began and never sent is given up."""
        row = LateAnswer.get_or_none(LateAnswer.message == question)
        if row is not None and row.state not in SETTLED:
            self._give_up(row)
            return False
        return row is not None

    def _give_up(self, row: LateAnswer) -> None:
        for path in (self._draft_path(row.id), self.folders.recordings / place(row)):
            path.unlink(missing_ok=True)
        row.delete_instance()

    def _draft_path(self, answer: str) -> Path:
        return self.folders.recordings / IN_PROGRESS / f"{answer}.wav"


def place(row: LateAnswer) -> Path:
    """Where an answer is kept, relative to the recordings: from its row alone."""
    return Path(f"{row.created_at:%Y/%m/%d}") / f"{row.id}.wav"


def _waiting(box: str) -> Sequence[Message]:
    if not box:
        return ()
    sent = LateAnswer.state << list(SETTLED)
    settled = LateAnswer.select(LateAnswer.message).where(sent)
    is_there = (Message.state << list(THERE)) & (Message.path != "")
    mine = (Message.box == box) & is_there & Message.id.not_in(settled)
    return list(Message.select().where(mine).order_by(Message.started_at).limit(MOST))
