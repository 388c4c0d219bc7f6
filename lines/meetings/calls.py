"""Reminders by phone, and calls to the guests when a meeting begins.

Asked by the callbox in its sidecar: what is to be called now, and what became of it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lines.meetings import errands
from lines.meetings.errands import IsFree
from lines.meetings.quiet import call_time
from lines.meetings.rows import ends_at, insert, withdraw
from lines.meetings.wanted import Wanted, wanted
from lines.outgoing import Outcome
from store.database import translated, writing
from store.fields import now as present
from store.models import MeetingErrand, MeetingGuest
from store.models.meeting import Answer, ErrandKind, ErrandState
from store.this_box import is_of_another_box

KINDS = (ErrandKind.REMINDER_CALL, ErrandKind.DIAL_OUT)
ANSWERS = {"meeting-coming": Answer.COMING, "meeting-declined": Answer.DECLINED}
"""By the tags that the reminder's flow gives."""
MOST_ATTEMPTS = 3
AGAIN = {
    ErrandKind.REMINDER_CALL: timedelta(minutes=5),
    ErrandKind.DIAL_OUT: timedelta(minutes=1),
}
"""After a call that nobody took."""


class Caller:
    """The calls of one life of the callbox; what an earlier life had begun is free."""

    def __init__(self, life: str, zone: ZoneInfo) -> None:
        self._life = life
        self._zone = zone

    @translated()
    def take(
        self, most: int, held: Collection[int] = (), now: datetime | None = None
    ) -> Sequence[Wanted]:
        """Claim at most so many calls that are to be placed now. Raises `StoreAway`.

        `held`: errands that this life is at. What else it has claimed was lost on the way to it.
        """
        at = now or present()

        def is_free(row: MeetingErrand) -> bool:
            if is_of_another_box(row.claimed_by, self._life):
                return False
            return row.claimed_by != self._life or row.id not in held

        numbers = errands.due(KINDS, at, is_free, most)
        found = [self._take(number, is_free, at) for number in numbers]
        return [one for one in found if one]

    @translated()
    def report(
        self,
        errand: int,
        outcome: Outcome,
        reason: str = "",
        tags: Collection[str] = (),
        now: datetime | None = None,
    ) -> None:
        """What became of a call; `tags`: of the flow that was heard. Raises `StoreAway`."""
        row = errands.with_meeting(errand)
        if row is None or (row.state, row.claimed_by) != (ErrandState.RUNNING, self._life):
            return
        at = now or present()
        with writing():
            facts = {"outcome": outcome, "reason": reason, **self._after(row, outcome, at)}
            if errands.settle(row, facts) and row.kind == ErrandKind.REMINDER_CALL:
                answer = next((ANSWERS[tag] for tag in tags if tag in ANSWERS), None)
                if answer:
                    _answered(row, answer, at)

    def _take(self, number: int, is_free: IsFree, now: datetime) -> Wanted | None:
        row = errands.claimed(number, self._life, is_free, self._attempt)
        if row is None:
            return None
        if hindered := self._hindered(row, now):
            errands.settle(row, hindered)
            return None
        return wanted(row, self._zone, now)

    def _attempt(self, row: MeetingErrand) -> int:
        """What was lost on its way to this life has rung nobody."""
        is_lost = row.state == ErrandState.RUNNING and row.claimed_by == self._life
        return row.attempts if is_lost else row.attempts + 1

    def _hindered(self, row: MeetingErrand, now: datetime) -> dict[str, object]:
        """What keeps it from being placed now, as the row's new facts."""
        meeting = row.guest.meeting
        if now >= _deadline(row):
            return {"state": ErrandState.MISSED, "reason": "its time has passed"}
        if row.attempts > MOST_ATTEMPTS:
            return {"state": ErrandState.FAILED, "reason": "the box died each time it tried"}
        if meeting.room is None:
            return {"state": ErrandState.FAILED, "reason": "the meeting's room is gone"}
        at = self._at(row, now)
        if at > now:
            return {"state": ErrandState.WAITING, "next_at": at, "attempts": row.attempts - 1}
        return {}

    def _at(self, row: MeetingErrand, wished: datetime) -> datetime:
        if row.kind != ErrandKind.REMINDER_CALL:
            return wished
        return call_time(wished, row.guest.meeting.starts_at, self._zone)

    def _after(self, row: MeetingErrand, outcome: Outcome, now: datetime) -> dict[str, object]:
        if outcome is Outcome.ANSWERED:
            return {"state": ErrandState.DONE, "done_at": now}
        if outcome is Outcome.FORBIDDEN:
            return {"state": ErrandState.REFUSED}
        again = self._at(row, now + AGAIN[ErrandKind(row.kind)])
        if row.attempts >= MOST_ATTEMPTS or again >= _deadline(row):
            return {"state": ErrandState.FAILED}
        return {"state": ErrandState.WAITING, "next_at": again}


def _deadline(row: MeetingErrand) -> datetime:
    meeting = row.guest.meeting
    is_reminder = row.kind == ErrandKind.REMINDER_CALL
    deadline: datetime = meeting.starts_at if is_reminder else ends_at(meeting)
    return deadline


def _answered(row: MeetingErrand, answer: Answer, now: datetime) -> None:
    """Keep what a guest has keyed, and call them at the start, or never more."""
    facts = {"answer": answer, "answered_at": now}
    MeetingGuest.update(facts).where(MeetingGuest.id == row.guest.id).execute()
    if answer is Answer.DECLINED:
        withdraw(row.guest, (ErrandKind.DIAL_OUT, ErrandKind.MAIL_REMINDER))
        return
    MeetingGuest.update(dial_out=True).where(MeetingGuest.id == row.guest.id).execute()
    meeting = row.guest.meeting
    insert(row.guest, ErrandKind.DIAL_OUT, max(now, meeting.starts_at), meeting.revision)
