"""What an hour has to know before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lines.experts.hour.asked import Asked
from lines.experts.ports import SessionFacts

OPENS_BEFORE = timedelta(minutes=2)
"""How long before the start callers are let in and the expert is called."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Of one session. The facts' end and state are those at the moment of asking."""

    session: SessionFacts
    expert: str = ""
    """The person's name, to be called by; empty: nobody is entered."""
    call_expert: bool = True
    """Otherwise the expert calls in; the host may have them called all the same."""
    minutes_more: int = 0
    """All that it was extended by so far; within the session's end already."""
    next: SessionFacts | None = None
    """The line's next session."""
    opened_at: datetime | None = None
    live_at: datetime | None = None
    questions: Sequence[Asked] = ()
    """Open ones, of an hour that is taken up again after a restart."""

    @property
    def opens_at(self) -> datetime:
        return self.session.starts_at - OPENS_BEFORE
