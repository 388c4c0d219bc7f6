"""What is said about a message: shortly before it, and all of it on demand."""

from datetime import date, timedelta

from ivr_flows.ports import CallFailed, Prompt
from ivr_flows.speaking import FILTERS
from voicemail.access.line import Said
from voicemail.access.visit import Visit
from voicemail.access.words.amounts import phone_number, plain
from voicemail.access.words.listening import (
    CALL_BACK_AT,
    FORWARDED,
    FORWARDED_UNNAMED,
    FROM,
    IS_DELETED,
    NUMBER,
    ON_DAY,
    RECEIVED,
    TODAY,
    UNKNOWN_NUMBER,
    URGENT,
    WITHHELD,
    YESTERDAY,
)
from voicemail.ports import Letter


def introduce(visit: Visit, letter: Letter, number: int) -> None:
    """Which message it is, and what was said by the person who forwarded it."""
    parts: list[Said] = [visit.text(NUMBER, number=plain(number, visit.language))]
    if letter.id in visit.deleted:
        parts.append(IS_DELETED)
    visit.say(*parts, *_marks(visit, letter))
    if letter.comment is not None:
        _comment(visit, Prompt(letter.comment, f"[comment on {letter.id}]"))


def _comment(visit: Visit, comment: Prompt) -> None:
    try:
        visit.call.play([comment])
    except CallFailed as failure:
        # The message itself matters more than what was said about it.
        visit.context.note("unplayable", failure)


def envelope(visit: Visit, letter: Letter) -> list[Said]:
    """When, from whom, how urgent, by whom it was forwarded, and where to call back."""
    parts = [_received(visit, letter), _caller(visit, letter), *_marks(visit, letter)]
    callback = phone_number(letter.callback_number, visit.language)
    return [*parts, visit.text(CALL_BACK_AT, number=callback)] if callback else parts


def _marks(visit: Visit, letter: Letter) -> list[Said]:
    marks: list[Said] = [URGENT] if letter.urgent else []
    if letter.forwarded_by:
        marks.append(visit.text(FORWARDED, title=letter.forwarded_by))
    elif letter.comment is not None:
        marks.append(FORWARDED_UNNAMED)
    return marks


def _received(visit: Visit, letter: Letter) -> str:
    time = FILTERS["time"](letter.started_at, visit.language)
    return visit.text(RECEIVED, day=_day(visit, letter.started_at.date()), time=time)


def _day(visit: Visit, day: date) -> str:
    today = visit.context.now().date()
    if day == today:
        return visit.text(TODAY)
    if day == today - timedelta(days=1):
        return visit.text(YESTERDAY)
    return visit.text(ON_DAY, date=FILTERS["date"](day, visit.language))


def _caller(visit: Visit, letter: Letter) -> Said:
    if letter.caller.withheld:
        return WITHHELD
    number = phone_number(letter.caller.number, visit.language)
    return visit.text(FROM, number=number) if number else UNKNOWN_NUMBER
