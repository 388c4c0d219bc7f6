"""Mails about meetings, sent by the worker: each errand is claimed, sent, and settled."""

import logging
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import peewee

from lines.meetings import errands
from lines.meetings.errors import MailNotSent, MailRefused
from lines.meetings.letter import letter
from lines.meetings.notice import read_notice
from lines.meetings.ports import Post
from lines.meetings.rows import ends_at
from store.claims import is_free, next_attempt, own_claim
from store.database import translated
from store.fields import now as present
from store.models import MeetingErrand
from store.models.meeting import ErrandKind, ErrandState

log = logging.getLogger(__name__)

KINDS = (
    ErrandKind.INVITATION,
    ErrandKind.MOVED,
    ErrandKind.CANCELLATION,
    ErrandKind.MAIL_REMINDER,
)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240))
"""After each failed attempt."""
MOST_ATTEMPTS = len(BACK_OFF) + 1


@translated()
def due(at: datetime, worker_life: str) -> list[int]:
    """Mails to be sent at that time."""
    return errands.due(KINDS, at, partial(_is_free, worker_life=worker_life))


@translated()
def send(errand: int, post: Post, zone: ZoneInfo, worker_life: str) -> bool:
    """Try one; True when it was sent by this. Otherwise its row says why, or what comes next.

    Raises `StoreAway`; it is found again then.
    """
    row = errands.claimed(
        errand,
        own_claim(worker_life),
        partial(_is_free, worker_life=worker_life),
        lambda row: next_attempt(row.attempts, row.claimed_by, worker_life),
    )
    if row is None:
        return False
    now = present()
    if now >= ends_at(row.guest.meeting):
        errands.settle(row, {"state": ErrandState.MISSED, "reason": "the meeting is over"})
        return False
    try:
        _send(row, post, zone, now)
    except MailNotSent as error:
        errands.settle(row, _after(row, error, now))
        return False
    except peewee.PeeweeException:
        raise
    except Exception as error:  # the top of a task: one odd letter must not be tried on and on
        log.exception("mail %s of a meeting", errand)
        errands.settle(row, _after(row, MailNotSent(f"a fault of Pressline: {error!r}"), now))
        return False
    return errands.settle(row, {"state": ErrandState.DONE, "done_at": now, "outcome": "sent"})


def _is_free(row: MeetingErrand, worker_life: str) -> bool:
    return is_free(row.claimed_by, worker_life)


def _send(row: MeetingErrand, post: Post, zone: ZoneInfo, now: datetime) -> None:
    if row.attempts > MOST_ATTEMPTS:
        raise MailRefused(row.reason or "the worker died each time it tried")
    notice = read_notice(row)
    if not notice.to:
        raise MailRefused("the guest has no mail address any more")
    post.send(letter(notice, post.sender, zone, now))


def _after(row: MeetingErrand, error: MailNotSent, now: datetime) -> dict[str, object]:
    facts: dict[str, object] = {"reason": str(error), "outcome": "not sent"}
    if isinstance(error, MailRefused):
        return facts | {"state": ErrandState.REFUSED}
    if row.attempts >= MOST_ATTEMPTS:
        return facts | {"state": ErrandState.FAILED}
    again = now + BACK_OFF[row.attempts - 1]
    return facts | {"state": ErrandState.WAITING, "next_at": again}
