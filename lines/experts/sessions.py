"""Sessions are planned, moved and cancelled: for commands and the panel. Blocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lines.errors import PersonUnknown, SessionClosed, SessionInvalid, SessionUnknown
from lines.experts import records
from lines.experts.entry import LONGEST, SHORTEST, SessionEntry
from lines.experts.facts import ends_at
from store.database import translated, writing
from store.fields import now as present
from store.models import ExpertLine, ExpertSession, Person
from store.models.expert import SessionState

COMING = (SessionState.SCHEDULED, SessionState.OPEN, SessionState.LIVE)
"""What keeps a line's time from others."""
PLAIN = (
    "topic", "introduction", "consent", "starts_at", "minutes", "listeners", "record",
    "call_expert", "jingle",
)  # fmt: skip


@translated()
def schedule(entry: SessionEntry, now: datetime | None = None) -> int:
    """The session's number. Raises `ExpertLineUnknown`, `PersonUnknown`, `SessionInvalid`."""
    with writing():
        line = records.known(entry.line)
        _check_time(line, entry.starts_at, entry.minutes, now or present())
        row = ExpertSession.create(
            line=line,
            expert=_person(entry.expert),
            host=_person(entry.host) if entry.host else None,
            languages=list(entry.languages or (line.language,)),
            **entry.model_dump(include=set(PLAIN)),
        )
        return int(row.id)


@translated()
def change(session: int, entry: SessionEntry, now: datetime | None = None) -> None:
    """All that was planned, but its line. Raises `PersonUnknown` and as `move`."""
    with writing():
        row = _scheduled(session)
        _check_time(row.line, entry.starts_at, entry.minutes, now or present(), but=session)
        facts = entry.model_dump(include=set(PLAIN))
        facts["expert"] = _person(entry.expert)
        facts["host"] = _person(entry.host) if entry.host else None
        facts["languages"] = list(entry.languages or (row.line.language,))
        ExpertSession.update(facts).where(ExpertSession.id == session).execute()


@translated()
def move(
    session: int, starts_at: datetime, minutes: int | None = None, now: datetime | None = None
) -> None:
    """To another time. Raises `SessionUnknown`, `SessionClosed`, `SessionInvalid`."""
    with writing():
        row = _scheduled(session)
        length = row.minutes if minutes is None else minutes
        if not SHORTEST <= length <= LONGEST:
            raise SessionInvalid([f"minutes: expected {SHORTEST} to {LONGEST}, given {length}"])
        _check_time(row.line, starts_at, length, now or present(), but=session)
        row.starts_at, row.minutes = starts_at, length
        row.save(only=[ExpertSession.starts_at, ExpertSession.minutes])


@translated()
def cancel(session: int, reason: str = "") -> None:
    """One that runs is closed by its conductor, not from here.

    Raises `SessionUnknown`, `SessionClosed`.
    """
    with writing():
        row = _scheduled(session)
        row.state, row.reason = SessionState.CANCELLED, reason[:200]
        row.save(only=[ExpertSession.state, ExpertSession.reason])


@translated()
def listing(line: str = "", *, coming: bool = False, most: int = 200) -> Sequence[ExpertSession]:
    """Those that come soonest first, else the latest first. Raises `ExpertLineUnknown`."""
    found = ExpertSession.select(ExpertSession, ExpertLine).join(ExpertLine)
    if line:
        found = found.where(ExpertSession.line == records.known(line))
    if coming:
        found = found.where(ExpertSession.state << list(COMING))
    order = ExpertSession.starts_at if coming else ExpertSession.starts_at.desc()
    return list(found.order_by(order, ExpertSession.id).limit(most))


@translated()
def known(session: int) -> ExpertSession:
    """Raises `SessionUnknown`."""
    row: ExpertSession | None = ExpertSession.get_or_none(ExpertSession.id == session)
    if row is None:
        raise SessionUnknown(session)
    return row


@translated()
def beside(
    line: ExpertLine, starts_at: datetime, minutes: int, but: int = 0
) -> ExpertSession | None:
    """A session of the line that is held in that time, other than `but`."""
    end = starts_at + timedelta(minutes=minutes)
    mine = (ExpertSession.line == line) & (ExpertSession.state << list(COMING))
    found = ExpertSession.select().where(mine & (ExpertSession.starts_at < end))
    overlapping = (row for row in found if row.id != but and ends_at(row) > starts_at)
    return next(overlapping, None)


def _scheduled(session: int) -> ExpertSession:
    row = known(session)
    if row.state != SessionState.SCHEDULED:
        raise SessionClosed(session, row.state)
    return row


def _person(name: str) -> Person:
    row: Person | None = Person.get_or_none(Person.name == name)
    if row is None:
        raise PersonUnknown(name)
    return row


def _check_time(
    line: ExpertLine, starts_at: datetime, minutes: int, now: datetime, but: int = 0
) -> None:
    """Raises `SessionInvalid`."""
    if starts_at <= now:
        raise SessionInvalid([f"starts_at: {starts_at:%Y-%m-%d %H:%M %Z} has passed already"])
    if other := beside(line, starts_at, minutes, but):
        raise SessionInvalid([_overlap(line, other, starts_at)])


def _overlap(line: ExpertLine, other: ExpertSession, starts_at: datetime) -> str:
    begins = other.starts_at.astimezone(starts_at.tzinfo)
    ends = ends_at(other).astimezone(starts_at.tzinfo)
    return (
        f'starts_at: line "{line.name}" has session {other.id} then, "{other.topic}", '
        f"{begins:%Y-%m-%d %H:%M} to {ends:%H:%M}; choose another time or `move` that one"
    )
