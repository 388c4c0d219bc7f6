"""The meetings of a month."""

from collections.abc import Sequence

from admin.hours.month import Month
from store.models import Meeting

MOST = 500
"""In one month; more are no calendar any more."""


def within(month: Month) -> Sequence[Meeting]:
    """In the order in which they begin."""
    found = (Meeting.starts_at >= month.begins) & (Meeting.starts_at < month.ends)
    rows = Meeting.select().where(found).order_by(Meeting.starts_at, Meeting.id)
    return list(rows.limit(MOST))
