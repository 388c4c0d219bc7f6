"""The first page after the sign-in."""

from typing import Any

from flask import (
    Response,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_admin import AdminIndexView, expose
from flask_babel import format_date, format_time, gettext, lazy_gettext

from admin.access.current import may
from admin.access.guard import Need
from admin.access.roles import Permission
from admin.audit import record
from admin.calls.telling import caller
from admin.inbox.access import sight
from admin.panel import the_panel
from store import call_counts
from store.fields import now
from voicemail.housekeeping import space

from .alarms import HOURS
from .attention import Attention
from .day import Day, read_day
from .waiting import boxes, next_hour
from .words import told

ADMINISTRATORS = Permission.SEE_SETTINGS
"""What they alone may do."""
MOST_LIVE = 20
"""Calls that the page shows before it hears live news."""


class Overview(AdminIndexView):
    def __init__(self) -> None:
        super().__init__(name=lazy_gettext("Overview"), url="/", endpoint="overview")
        self._attention: Attention | None = None

    def need_of(self, page: str) -> Need | None:
        return ADMINISTRATORS if page == "quiet" else Permission.SEE_OVERVIEW

    def is_accessible(self) -> bool:
        return may(Permission.SEE_OVERVIEW)

    @expose("/")
    def index(self) -> str:
        day = read_day(now(), the_panel().zone)
        return str(
            self.render(
                "overview/index.html",
                **self._needs(),
                **_waiting(),
                **_figures(day),
                **_alarms(),
                chart=_chart(day),
                live=call_counts.live(MOST_LIVE) if may(Permission.SEE_CALLS) else [],
                caller=caller,
            )
        )

    @expose("/now")
    def now(self) -> Response:
        """For a page that is open: what has changed, ready to be put in its place."""
        figures = _figures(read_day(now(), the_panel().zone))
        return jsonify(
            attention=render_template("overview/attention.html", **self._needs()),
            waiting=render_template("overview/waiting.html", **_waiting()),
            figures=render_template("overview/figures.html", **figures),
        )

    @expose("/alarms", methods=("POST",))
    def quiet(self) -> Response:
        """Somebody sees to an alarm, or wants no more of it for some hours."""
        kind = request.form.get("kind", "")[:200]
        hours = request.form.get("hours", 0, type=int)
        if hours not in (0, *HOURS):
            abort(400)
        if the_panel().alarms.silence(kind, hours):
            record("silence", "alarms", after={"kind": kind, "hours": hours})
            flash(gettext("Nobody is told of it for now."), "success")
        else:
            flash(gettext("It is over already."))
        return make_response(redirect(self.get_url(".index")))

    def _needs(self) -> dict[str, Any]:
        if self._attention is None:
            self._attention = Attention(the_panel().checks, the_panel().home)
        return {"needs": [told(need) for need in self._attention.found()]}


def _alarms() -> dict[str, Any]:
    """The same as those above, as they are mailed; for those who get these mails."""
    standing = the_panel().alarms.standing() if may(ADMINISTRATORS) else ()
    return {"alarms": standing, "alarm_hours": HOURS}


def _waiting() -> dict[str, Any]:
    hour = next_hour(now()) if may(Permission.SEE_HOURS) else None
    seen = boxes(sight()) if may(Permission.SEE_MESSAGES) else None
    return {"boxes": seen, "hour": hour}


def _figures(day: Day) -> dict[str, Any]:
    try:
        disk = space(the_panel().home)
    except OSError:
        return {"day": day, "disk": None}
    return {"day": day, "disk": disk}


def _chart(day: Day) -> dict[str, Any]:
    """What is drawn, and what the tables below say."""
    zone = the_panel().zone
    return {
        "hours": [
            (format_time(count.begins, "HH:mm"), count.calls, count.answered)
            for count in day.hours
        ],
        "days": [
            (format_date(count.begins.astimezone(zone).date(), "EEE d"), count.calls,
             count.answered)
            for count in day.days
        ],
    }  # fmt: skip
