"""The first page after the sign-in."""

from typing import Any

from flask import Response, jsonify, render_template
from flask_admin import AdminIndexView, expose
from flask_babel import format_date, format_time, lazy_gettext

from admin.access.current import may
from admin.access.guard import Need
from admin.access.roles import Permission
from admin.calls.telling import caller
from admin.inbox.access import sight
from admin.panel import the_panel
from store import call_counts
from store.fields import now
from voicemail.housekeeping import space

from .attention import Attention
from .day import Day, read_day
from .waiting import boxes, next_hour
from .words import told

MOST_LIVE = 20
"""Calls that the page shows before it hears live news."""


class Overview(AdminIndexView):
    def __init__(self) -> None:
        super().__init__(name=lazy_gettext("Overview"), url="/", endpoint="overview")
        self._attention: Attention | None = None

    def need_of(self, page: str) -> Need | None:
        return Permission.SEE_OVERVIEW

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

    def _needs(self) -> dict[str, Any]:
        if self._attention is None:
            self._attention = Attention(the_panel().checks, the_panel().home)
        return {"needs": [told(need) for need in self._attention.found()]}


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
