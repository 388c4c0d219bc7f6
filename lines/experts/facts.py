"""What calls know of lines and sessions, from the store's rows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lines.experts.ports import LineFacts, SessionFacts
from store.models import ExpertLine, ExpertSession, Person
from store.models.expert import SessionState


def line_facts(row: ExpertLine) -> LineFacts:
    return LineFacts(row.id, row.name, row.title, row.language, row.mailbox, row.music)


def session_facts(row: ExpertSession, zone: ZoneInfo) -> SessionFacts:
    """Times in `zone`, the paper's."""
    return SessionFacts(
        id=row.id,
        line=line_facts(row.line),
        topic=row.topic,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=ends_at(row).astimezone(zone),
        state=SessionState(row.state),
        introduction=row.introduction,
        consent=row.consent,
        expert=_called(row.expert),
        host=_called(row.host),
        languages=tuple(row.languages) or (row.line.language,),
        listeners=row.listeners,
        record=row.record,
        jingle=row.jingle,
    )


def ends_at(row: ExpertSession) -> datetime:
    """With all that it was extended by."""
    end: datetime = row.starts_at + timedelta(minutes=row.minutes + row.extended)
    return end


def _called(person: Person | None) -> str:
    return person.title if person else ""
