"""Everything that has hours, as one week's picture: what is open when, and now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from admin.views import PanelView
from store import holidays
from store.database import writing
from store.errors import HoursInvalid
from store.fields import clean
from store.hours import is_open, parse
from store.models import DiallingRule, ExpertLine, Holiday, Mailbox, Route

from .cells import week_in_words
from .entry_view import announce
from .week_picture import week_picture

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Timed:
    """Something with weekly hours."""

    what: str
    name: str
    hours: Any
    url: str


class HoursView(PanelView):
    see = Permission.SEE_RECORDS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Weekly hours"),
            category=lazy_gettext("Records"),
            endpoint="hours-records",
            url="/records/hours",
        )

    @expose("/")
    def index(self) -> str:
        now = datetime.now(the_panel().zone)
        rows = [
            (
                timed,
                week_picture(timed.hours, now),
                week_in_words(timed.hours),
                is_open(parse(timed.hours), now),
            )
            for timed in _timed()
            if timed.hours
        ]
        days = list(Holiday.select().order_by(Holiday.day))
        is_off = holidays.is_holiday({day.day for day in days}, now.date())
        page = {"rows": rows, "now": now, "days": days, "is_off": is_off}
        return str(self.render("records/hours.html", **page))

    @expose("/holiday", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def add_holiday(self) -> Response:
        name = clean(request.form.get("name", "").strip(), LONGEST)
        try:
            day = holidays.checked(request.form.get("day", ""))
        except HoursInvalid:
            words = _("Write the day so: 2027-04-05, or 12-25 for every year.")
            flash(words, "error")
            return _to_hours()
        with writing():
            if Holiday.get_or_none(Holiday.day == day) is None:
                Holiday.create(day=day, name=name)
                record("create", "holiday", day, None, {"name": name})
        announce()
        return _to_hours()

    @expose("/holiday/remove", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def remove_holiday(self) -> Response:
        day = clean(request.form.get("day", ""), LONGEST)
        with writing():
            if Holiday.delete().where(Holiday.day == day).execute():
                record("delete", "holiday", day)
        announce()
        return _to_hours()


def _to_hours() -> Response:
    return redirect(url_for("hours-records.index"))


def _timed() -> Iterator[Timed]:
    for route in Route.select().order_by(Route.position, Route.id):
        name = f"{route.number} → {route.flow}"
        yield Timed(_("Number"), name, route.hours, _edit("routes", route))
    for box in Mailbox.select().order_by(Mailbox.name):
        yield Timed(_("Mailbox"), box.title or box.name, box.hours, _edit("mailboxes", box))
    for rule in DiallingRule.select().order_by(DiallingRule.position):
        yield Timed(_("Dialling rule"), rule.name, rule.hours, _edit("dialling-rules", rule))
    for line in ExpertLine.select().order_by(ExpertLine.name):
        name = line.title or line.name
        yield Timed(_("Call-backs"), name, line.callback_hours, _edit("expert-lines", line))


def _edit(endpoint: str, row: Any) -> str:
    return url_for(f"{endpoint}.edit_view", id=row.id)
