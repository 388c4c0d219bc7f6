"""`/hours/`: the experts' hours, as a calendar and one by one."""

from collections.abc import Sequence
from datetime import datetime

from flask import request
from flask_admin import expose
from flask_babel import lazy_gettext

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.inbox.aside import aside
from admin.panel import the_panel
from admin.rooms.live_room import ROW
from lines.experts import sessions
from lines.experts.facts import ends_at
from lines.experts.late_listing import listed
from lines.experts.owing import Owing
from store.fields import now
from store.models import ExpertLine, ExpertSession, Piece, Question

from .desk import Desks
from .held import known
from .month import Month, read_month
from .planning import Planning

MOST_SHOWN = 500
"""Hours of one month; more are no calendar any more."""


class Hours(Desks, Planning):
    see = Permission.SEE_HOURS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Experts' hours"),
            category=lazy_gettext("Air"),
            endpoint="hours",
            url="/hours",
        )

    @expose("/")
    def index(self) -> str:
        zone = the_panel().zone
        month = read_month(request.args.get("month", ""), now().astimezone(zone).date(), zone)
        weeks = month.weeks(_within(month), lambda hour: hour.starts_at)
        facts = {
            "coming": sessions.listing(coming=True, most=20),
            "month": month,
            "weeks": weeks,
            "today": now().astimezone(zone).date(),
            "ends_at": ends_at,
            "lines": ExpertLine.select().count(),
        }
        return str(self.render("hours/list.html", **facts))

    @expose(f"/{ROW}/")
    def hour(self, id: int) -> str:
        found = known(id)
        facts = {
            "ends_at": ends_at(found),
            "questions": Question.select().where(Question.session == found).count(),
            "pieces": Piece.select().where(Piece.session == found).count(),
        }
        return str(self.render("hours/hour.html", hour=found, **facts))

    @expose("/late")
    @needs(Permission.REVIEW_PIECES)
    def late(self) -> str:
        """Questions that came outside the hours, with what became of them."""
        owing = Owing(the_panel().records.dialling, the_panel().zone)
        questions = aside(lambda: listed(owing))  # the dialling rules look at each number
        return str(self.render("hours/late.html", questions=questions))


def _within(month: Month) -> Sequence[ExpertSession]:
    begins: datetime = month.begins
    within = (ExpertSession.starts_at >= begins) & (ExpertSession.starts_at < month.ends)
    found = ExpertSession.select(ExpertSession, ExpertLine).join(ExpertLine).where(within)
    return list(found.order_by(ExpertSession.starts_at, ExpertSession.id).limit(MOST_SHOWN))
