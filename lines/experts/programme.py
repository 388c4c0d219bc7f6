"""What a line is about at this moment, for those who ring it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lines.experts.agendas import HELD
from lines.experts.facts import ends_at, line_facts, session_facts
from lines.experts.hour import OPENS_BEFORE
from lines.experts.ports import LineNow, SessionFacts
from store.database import translated
from store.fields import clean
from store.fields import now as present
from store.models import ExpertLine, ExpertSession
from store.models.expert import SessionState

MOST = 20
"""Sessions of a line that are looked at: those that were missed may stand before the next one."""


@translated()
def now(zone: ZoneInfo, name: str, at: datetime | None = None) -> LineNow | None:
    """None when there is no such line. `name` may come from a flow's variable and is hostile.

    A session is open when its row says so, or when its doors should open this moment and the
    conductor has not said it yet.
    """
    line = ExpertLine.get_or_none(ExpertLine.name == clean(name, 64))
    if line is None:
        return None
    moment = at or present()
    rows = _coming(line, moment)
    held = next((row for row in rows if _is_open(row, moment)), None)
    following = next((row for row in rows if row is not held and row.starts_at > moment), None)
    return LineNow(
        line_facts(line),
        session_facts(held, zone) if held else None,
        session_facts(following, zone) if following else None,
    )


@translated()
def session(zone: ZoneInfo, number: int) -> SessionFacts | None:
    row = ExpertSession.get_or_none(ExpertSession.id == number) if number < 2**31 else None
    return session_facts(row, zone) if row else None


def _coming(line: ExpertLine, moment: datetime) -> list[ExpertSession]:
    """Those that are held first, then by time."""
    mine = ExpertSession.line == line
    held = ExpertSession.state << list(HELD)
    recent = ExpertSession.starts_at > moment - timedelta(days=1)
    scheduled = (ExpertSession.state == SessionState.SCHEDULED) & recent
    found = ExpertSession.select().where(mine & (held | scheduled))
    rows = list(found.order_by(ExpertSession.starts_at, ExpertSession.id).limit(MOST))
    return sorted(rows, key=lambda row: row.state not in HELD)


def _is_open(row: ExpertSession, moment: datetime) -> bool:
    if row.state in HELD:
        return True
    return bool(row.starts_at - OPENS_BEFORE <= moment < ends_at(row))
