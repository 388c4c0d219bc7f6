"""What conductors ask of the store: which hours are to be held, and with whom. Blocks."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ivr_flows.ports import Party
from lines.experts.facts import ends_at, session_facts
from lines.experts.hour import OPENS_BEFORE, Agenda, Asked
from store.database import translated, writing
from store.models import ExpertSession, Question
from store.models.expert import QuestionState, SessionState

HELD = (SessionState.OPEN, SessionState.LIVE)
OPEN = (QuestionState.WAITING, QuestionState.ASIDE, QuestionState.ON_AIR)
EARLY = timedelta(minutes=30)
"""How long before the start the host, the screener and the expert may come in."""


@translated()
def due(zone: ZoneInfo, now: datetime, running: Collection[int]) -> Sequence[Agenda]:
    """Sessions whose doors are or should be open, and those of `running`, as they are now.

    Those whose time has passed meanwhile are noted as missed.
    """
    _note_missed(now)
    waits = ExpertSession.state == SessionState.SCHEDULED
    ready = waits & (ExpertSession.starts_at <= now + OPENS_BEFORE)
    wanted = ready | (ExpertSession.state << list(HELD))
    if running:
        wanted |= ExpertSession.id << list(running)
    rows = ExpertSession.select().where(wanted).order_by(ExpertSession.starts_at)
    return [_agenda(row, zone) for row in rows]


@translated()
def early(zone: ZoneInfo, now: datetime, session: int) -> Agenda | None:
    """That session, if somebody may come in by now; None otherwise."""
    row = ExpertSession.get_or_none(ExpertSession.id == session)
    if row is None or row.state not in (SessionState.SCHEDULED, *HELD):
        return None
    too_early = row.state == SessionState.SCHEDULED and row.starts_at - EARLY > now
    return None if too_early or ends_at(row) <= now else _agenda(row, zone)


def _note_missed(now: datetime) -> None:
    past = (ExpertSession.state == SessionState.SCHEDULED) & (ExpertSession.starts_at < now)
    missed = [row.id for row in ExpertSession.select().where(past) if ends_at(row) <= now]
    if missed:
        with writing():
            ExpertSession.update(
                state=SessionState.MISSED, closed_at=now, reason="the box was not running"
            ).where(ExpertSession.id << missed, past).execute()


def _agenda(row: ExpertSession, zone: ZoneInfo) -> Agenda:
    following = _following(row)
    return Agenda(
        session=session_facts(row, zone),
        expert=row.expert.name if row.expert else "",
        call_expert=row.call_expert,
        minutes_more=row.extended,
        next=session_facts(following, zone) if following else None,
        opened_at=row.opened_at,
        live_at=row.live_at,
        questions=_questions(row) if row.state in HELD else (),
    )


def _following(row: ExpertSession) -> ExpertSession | None:
    mine = (ExpertSession.line == row.line) & (ExpertSession.starts_at > row.starts_at)
    coming = ExpertSession.state == SessionState.SCHEDULED
    found = ExpertSession.select().where(mine & coming)
    next_one: ExpertSession | None = found.order_by(ExpertSession.starts_at).first()
    return next_one


def _questions(row: ExpertSession) -> Sequence[Asked]:
    found = Question.select().where(Question.session == row, Question.state << list(OPEN))
    return [
        Asked(
            id=each.id,
            call_id=each.call,
            caller=Party(each.caller_number, each.caller_name, each.withheld),
            asked_at=each.asked_at,
            language=each.language,
            contact=each.contact_number,
            state=QuestionState(each.state),
            priority=each.priority,
            note=each.note,
            screened=each.screened,
            on_air_at=each.on_air_at,
        )
        for each in found.order_by(Question.asked_at)
    ]
