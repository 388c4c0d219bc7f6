"""The port `ExpertLines`: the store by the sidecar, the hours by their conductors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ivr_flows.ports import Party
from lines.experts.ports import (
    Answer,
    ExpertLineAway,
    ExpertLines,
    LateQuestion,
    LineFacts,
    LineNow,
    Seat,
    SessionFacts,
    SignedIn,
    Visit,
)

from ..errors import SidecarError
from ..sidecar import Sidecar
from .expert_hours import ExpertHours
from .line_glance import LineGlance

LIMIT = 5.0
"""Seconds for the store, or for a PIN to be checked, while somebody waits on the phone."""
KEEP_LIMIT = 30.0
"""Seconds for an answer to be safe on the disk."""


class RunningExpertLines:
    """Every method raises `ExpertLineAway`."""

    def __init__(self, sidecar: Sidecar, hours: ExpertHours) -> None:
        self._sidecar = sidecar
        self._hours = hours
        self._glance = LineGlance(lambda line: self._ask("expert_line_now", line))

    def now(self, line: str) -> LineNow | None:
        return self._glance.of(line)

    def session(self, session: int) -> SessionFacts | None:
        found: SessionFacts | None = self._ask("expert_session", session)
        return found

    def sign_in(self, line: LineFacts, pin: str, caller: Party) -> SignedIn:
        found: SignedIn = self._ask("expert_sign_in", line, pin, caller)
        return found

    def enter(self, session: int, seat: Seat, call_id: str, caller: Party, language: str) -> Visit:
        return self._hours.enter(session, seat, call_id, caller, language)

    def late_questions(self, line: LineFacts) -> Sequence[LateQuestion]:
        found: Sequence[LateQuestion] = self._ask("late_questions", line)
        return found

    def draft_answer(self, line: LineFacts, question: LateQuestion) -> Path | None:
        found: Path | None = self._ask("draft_answer", line, question.message)
        return found

    def keep_answer(
        self, line: LineFacts, question: LateQuestion, recording: Path, seconds: float, by: str
    ) -> None:
        self._ask("keep_answer", recording, by, limit=KEEP_LIMIT)

    def drop_question(self, line: LineFacts, question: LateQuestion) -> None:
        self._ask("drop_question", line, question.message)

    def answers(self, answer: str) -> Sequence[Answer]:
        found: Sequence[Answer] = self._ask("late_answers", answer)
        return found

    def answer_heard(self, answer: str) -> None:
        self._ask("answer_heard", answer)

    def _ask(self, task: str, *arguments: Any, limit: float = LIMIT) -> Any:
        try:
            return self._sidecar.run(task, *arguments, limit=limit)
        except SidecarError as error:
            raise ExpertLineAway(str(error)) from error


def _are_lines(lines: RunningExpertLines) -> ExpertLines:
    """Held to the port by the type checker."""
    return lines
