"""`/meetings/`: made, moved and cancelled, with their guests."""

from functools import partial
from typing import Any

from flask import Response, abort, flash, make_response, redirect, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record, state_of
from admin.hours.month import read_month
from admin.inbox.aside import aside
from admin.panel import the_panel
from admin.refusals import told
from admin.rooms.live_room import ROW
from admin.views import PanelView
from lines.meetings import listing
from lines.meetings.diary import Diary
from lines.meetings.entry import checked_guest, checked_meeting
from lines.meetings.errors import MeetingUnknown
from lines.meetings.rows import ends_at
from store.database import writing
from store.fields import now
from store.models import Meeting

from .callable_guests import refusals
from .forms import GuestForm, MeetingForm, TimeForm
from .month import within
from .sending import kept, sent
from .telling import tell

GUEST_ROW = "<int(max=2147483647):guest>"


class Meetings(PanelView):
    see = Permission.SEE_ROOMS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Meetings"),
            category=lazy_gettext("Air"),
            endpoint="meetings",
            url="/meetings",
        )

    @expose("/")
    def index(self) -> str:
        everything = "all" in request.args
        found = listing.everything() if everything else listing.coming(now())
        today = now().astimezone(the_panel().zone).date()
        month = read_month(request.args.get("month", ""), today, the_panel().zone)
        facts = {
            "meetings": found,
            "everything": everything,
            "ends_at": ends_at,
            "now": now(),
            "today": today,
            "month": month,
            "weeks": month.weeks(within(month), lambda meeting: meeting.starts_at),
        }
        return str(self.render("meetings/list.html", **facts))

    @expose("/new", methods=("GET", "POST"))
    @needs(Permission.RUN_ROOMS)
    def create(self) -> Response:
        form = MeetingForm(sent(), data={"room": request.args.get("room", "")})
        form.offer()
        made: list[int] = []

        def make() -> None:
            id = _diary().add(checked_meeting(**form.facts))
            record("create", "meeting", id, None, _state(id))
            made.append(id)

        if not kept(form, make):
            return make_response(self.render("meetings/form.html", form=form))
        flash(_("The meeting is made. Now ask guests to it."), "success")
        return self._to(*made)

    @expose(f"/{ROW}/")
    def meeting(self, id: int) -> str:
        return self._page(id)

    @expose(f"/{ROW}/move", methods=("POST",))
    @needs(Permission.RUN_ROOMS)
    def move(self, id: int) -> Response:
        before, form = _state(id), TimeForm(sent())

        def move() -> None:
            _diary().move(id, form.begins, form.minutes.data)
            record("move", "meeting", id, before, _state(id))

        if not kept(form, move):
            return make_response(self._page(id, moved=form))
        return self._told(id, _("The meeting is moved; whoever knew of it is told."))

    @expose(f"/{ROW}/cancel", methods=("POST",))
    @needs(Permission.RUN_ROOMS)
    def cancel(self, id: int) -> Response:
        before = _state(id)
        with told(), writing():
            _diary().cancel(id)
            record("cancel", "meeting", id, before, _state(id))
        return self._told(id, _("The meeting is cancelled; whoever knew of it is told."))

    @expose(f"/{ROW}/guests", methods=("POST",))
    @needs(Permission.RUN_ROOMS)
    def ask(self, id: int) -> Response:
        _state(id)
        form = GuestForm(sent())
        form.offer()

        def ask() -> None:
            _diary().ask(id, checked_guest(the_panel().records.country, **form.facts))
            record("ask guest", "meeting", id, None, form.facts)

        if not kept(form, ask):
            return make_response(self._page(id, guest=form))
        return self._told(id, _("The guest is asked."))

    @expose(f"/{ROW}/guests/{GUEST_ROW}/dismiss", methods=("POST",))
    @needs(Permission.RUN_ROOMS)
    def dismiss(self, id: int, guest: int) -> Response:
        with told(), writing():
            _diary().dismiss(id, guest)
            record("dismiss guest", "meeting", id, None, {"guest": guest})
        return self._told(id, _("This guest is not asked any more."))

    def _page(self, id: int, moved: Any = None, guest: Any = None) -> str:
        try:
            found = listing.meeting(id)
        except MeetingUnknown:
            abort(404)
        row = found.meeting
        begins = row.starts_at.astimezone(the_panel().zone).replace(tzinfo=None)
        fresh = guest or GuestForm()
        fresh.offer()
        facts = {
            "told": found,
            "ends_at": ends_at(row),
            "is_open": row.state == "scheduled" and ends_at(row) > now(),
            "moved": moved or TimeForm(data={"starts_at": begins, "minutes": row.minutes}),
            "guest": fresh,
            "refused": aside(
                partial(
                    refusals,
                    the_panel().records.dialling,
                    [one.guest for one in found.guests],
                    row,
                )
            ),
        }
        return str(self.render("meetings/meeting.html", **facts))

    def _told(self, id: int, words: str) -> Response:
        tell()
        flash(words, "success")
        return self._to(id)

    def _to(self, id: int) -> Response:
        return make_response(redirect(self.get_url(".meeting", id=id)))


def _diary() -> Diary:
    return Diary(the_panel().zone)


def _state(id: int) -> dict[str, Any]:
    row = Meeting.get_or_none(Meeting.id == id) or abort(404)
    return state_of(row)
