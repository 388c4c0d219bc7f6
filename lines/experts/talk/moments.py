"""When a session is, in words."""

from datetime import datetime, timedelta

from ivr_flows.speaking import FILTERS
from lines.experts.talk.words import NEXT, ON_DAY, TODAY, TOMORROW


def told(starts_at: datetime, now: datetime, language: str) -> str:
    """`NEXT` with its gaps filled. Both moments in the paper's time zone."""
    time = FILTERS["time"](starts_at, language)
    return NEXT[language].format(day=_day(starts_at, now, language), time=time)


def _day(starts_at: datetime, now: datetime, language: str) -> str:
    away = starts_at.date() - now.date()
    if away == timedelta(0):
        return TODAY[language]
    if away == timedelta(days=1):
        return TOMORROW[language]
    return ON_DAY[language].format(date=FILTERS["date"](starts_at, language))
