"""Calls that are owed to those who asked: each brings an answer. Blocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ivr_flows.phone_numbers import shown_number
from ivr_flows.ports import Party
from lines.callbacks.booking import book
from lines.callbacks.ports import HOUR, Booked, CallbackWish
from lines.dialling import Dialling, Why
from store.database import translated, writing
from store.fields import now as present
from store.models import Callback, LateAnswer, Message
from store.models.callback import CallbackState
from store.models.expert import AnswerState
from store.models.line import CostClass, Door

FLOW = "pressline-answer"
"""What the asker hears (lines/flows)."""
USUAL_HOURS: Final = {"mon-sun": "09:00-20:00"}
WITHIN = 72 * HOUR
MOST_ROUNDS = 3
AGAIN = 20 * 60.0
"""Seconds until somebody who hung up before the end of the answer is called again."""
NO_NUMBER = "who asked left no number"
INSIDE = "a phone of the house is called back only when it asked itself"


@dataclass(frozen=True, slots=True)
class Owing:
    dialling: Dialling
    zone: ZoneInfo
    """The paper's, for the hours."""

    def refused(self, question: Message) -> str:
        """Why nobody can be called back with an answer; empty when they can.

        Raises `StoreAway`.
        """
        number = number_of(question)
        if not number:
            return NO_NUMBER
        verdict = self.dialling.look(number, Door.CALLBACK, _asked_by(question))
        if verdict.cost is CostClass.INSIDE and number != _asked_by(question):
            return INSIDE
        # Limits and hours end; by the time of the call they may have.
        passes = verdict.ruling.allows or verdict.ruling.why in (Why.LIMIT, Why.HOURS)
        return "" if passes else verdict.ruling.detail

    def enter(self, answer: LateAnswer, after: float = 0.0) -> None:
        """Have the asker called `after` so many seconds. In the caller's transaction."""
        question = answer.message
        booked = book(
            self.dialling,
            self.zone,
            CallbackWish(
                number=number_of(question),
                flow=FLOW,
                given={"answer": answer.id},
                language=question.language,
                asked_by=_asked_by(question),
                call=question.call,
                purpose=f"an answer on line {answer.line.name}",
                after=after,
                within=WITHIN,
                hours=answer.line.callback_hours or USUAL_HOURS,
            ),
        )
        answer.callback = booked.id if isinstance(booked, Booked) else None
        answer.rounds += 1
        answer.save()

    @translated()
    def enter_again(self, now: datetime | None = None) -> int:
        """For answers whose call is over, though they were not heard to their end; how many."""
        ended = (now or present()) - timedelta(minutes=1)
        over = Callback.select(Callback.id).where(
            Callback.state == CallbackState.DONE, Callback.ended_at <= ended
        )
        missed = (LateAnswer.state == AnswerState.KEPT) & (LateAnswer.rounds < MOST_ROUNDS)
        with writing():
            rows = list(LateAnswer.select().where(missed, LateAnswer.callback.in_(over)))
            for row in rows:
                self.enter(row, AGAIN)
        return len(rows)


def number_of(question: Message) -> str:
    """Where who asked can be called; empty where they left no number and show none."""
    return question.callback_number or _shown(question)


def _shown(question: Message) -> str:
    return shown_number(Party(question.caller_number, withheld=question.withheld))


def _asked_by(question: Message) -> str:
    """Who hides their number is not one with all others who do: an expert answers each."""
    return _shown(question) or f"question {question.id}"
