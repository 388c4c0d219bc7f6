"""The lines of experts in memory: for the simulator, for test calls in flow files, for tests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr_flows.ports import Party
from lines.experts.ports import (
    Answer,
    ExpertLineAway,
    ExpertLines,
    Farewell,
    LateQuestion,
    LineFacts,
    LineNow,
    Place,
    Seat,
    SessionFacts,
    SignedIn,
    Visit,
)

NOWHERE = Path("/simulated/answers")


@dataclass(slots=True)
class SimulatedVisit:
    """Goes through its places, and then leaves."""

    seat: Seat
    places: list[Place] = field(default_factory=list)
    farewell: Farewell = Farewell.CLOSED
    number: str = ""
    """The contact number that was given."""
    left: int = 0

    def place(self) -> Place | Farewell:
        return self.places.pop(0) if self.places else self.farewell

    def contact(self, number: str) -> None:
        self.number = number

    def leave(self) -> None:
        self.left += 1


@dataclass(slots=True)
class SimulatedExpertLines:
    """Has every line that anybody asks for, without a session, unless told otherwise."""

    lines: Mapping[str, LineNow | None] = field(default_factory=dict)
    visits: list[SimulatedVisit] = field(default_factory=list)
    """Those that are given out, in order; then ones that are over."""
    pins: Mapping[str, SignedIn] = field(default_factory=dict)
    questions: Sequence[LateQuestion] = ()
    sent: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    """Answers by the name under which the call-back asks for them."""
    away: bool = False
    entered: list[tuple[int, Seat, str]] = field(default_factory=list)
    """Session, seat and language of each who came in."""
    kept: list[tuple[str, Path, str]] = field(default_factory=list)
    """Question, recording, and by whom."""
    settled: Collection[str] = ()
    """Questions that others have answered meanwhile."""
    dropped: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _given: int = 0

    def now(self, line: str) -> LineNow | None:
        self._reach()
        return self.lines.get(line, LineNow(LineFacts(1, line)))

    def session(self, session: int) -> SessionFacts | None:
        self._reach()
        known = [now.session for now in self.lines.values() if now]
        return next((one for one in known if one and one.id == session), None)

    def sign_in(self, line: LineFacts, pin: str, caller: Party) -> SignedIn:
        self._reach()
        return self.pins.get(pin, SignedIn())

    def enter(self, session: int, seat: Seat, call_id: str, caller: Party, language: str) -> Visit:
        self._reach()
        self.entered.append((session, seat, language))
        self._given += 1
        if self._given > len(self.visits):
            self.visits.append(SimulatedVisit(seat))
        return self.visits[self._given - 1]

    def late_questions(self, line: LineFacts) -> Sequence[LateQuestion]:
        self._reach()
        return self.questions

    def draft_answer(self, line: LineFacts, question: LateQuestion) -> Path | None:
        self._reach()
        return None if question.message in self.settled else NOWHERE / f"{question.message}.wav"

    def keep_answer(
        self, line: LineFacts, question: LateQuestion, recording: Path, seconds: float, by: str
    ) -> None:
        self._reach()
        self.kept.append((question.message, recording, by))

    def drop_question(self, line: LineFacts, question: LateQuestion) -> None:
        self._reach()
        self.dropped.append(question.message)

    def answers(self, answer: str) -> Sequence[Answer]:
        self._reach()
        return self.sent.get(answer, ())

    def answer_heard(self, answer: str) -> None:
        self._reach()
        self.heard.append(answer)

    def _reach(self) -> None:
        if self.away:
            raise ExpertLineAway("simulated")


def _are_lines(simulated: SimulatedExpertLines) -> ExpertLines:
    """Held to the port by the type checker."""
    return simulated
