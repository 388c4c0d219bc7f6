"""Experts' hours are planned, changed, cancelled; their PINs are shown once."""

from typing import Any

from flask import Response, flash, make_response, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record, state_of
from admin.pages import moment
from admin.panel import the_panel
from admin.records import faults
from admin.refusals import told
from admin.rooms.live_room import ROW
from admin.rooms.wishes import wished
from admin.views import PanelView
from lines.errors import PersonUnknown, SessionInvalid
from lines.experts import records, sessions
from lines.experts.entry import SessionEntry, checked_session
from lines.experts.facts import ends_at
from lines.experts.signing_in import new_pins
from store.database import writing
from store.models import ExpertSession

from .form import HourForm
from .held import known

SUBJECT = "expert's hour"


class Planning(PanelView):
    """Pages that change an hour that is to come; part of the view of all of them."""

    @expose("/new", methods=("GET", "POST"))
    @needs(Permission.PLAN_HOURS)
    def create(self) -> Response:
        form = _form(request.args.get("line", ""))
        if (entry := _entry(form)) is None:
            return make_response(self.render("hours/form.html", form=form, hour=None))
        with writing(), told():
            id = sessions.schedule(entry)
            record("create", SUBJECT, id, None, state_of(known(id)))
        return self._pins(id)

    @expose(f"/{ROW}/edit", methods=("GET", "POST"))
    @needs(Permission.PLAN_HOURS)
    def edit(self, id: int) -> Response:
        hour = known(id)
        form = _form(hour.line.name, hour)
        if (entry := _entry(form, id)) is None:
            return make_response(self.render("hours/form.html", form=form, hour=hour))
        with writing(), told():
            sessions.change(id, entry)
            record("change", SUBJECT, id, state_of(hour), state_of(known(id)))
        flash(_("The hour is changed."), "success")
        return self._to(id)

    @expose(f"/{ROW}/cancel", methods=("POST",))
    @needs(Permission.PLAN_HOURS)
    def cancel(self, id: int) -> Response:
        before = state_of(known(id))
        with writing(), told():
            sessions.cancel(id, wished().get("reason", ""))
            record("cancel", SUBJECT, id, before, state_of(known(id)))
        flash(_("The hour is cancelled: nobody is called."), "success")
        return self._to(id)

    @expose(f"/{ROW}/pins", methods=("POST",))
    @needs(Permission.PLAN_HOURS)
    def pins(self, id: int) -> Response:
        known(id)
        return self._pins(id)

    def _pins(self, id: int) -> Response:
        """Shown on this answer alone: they are kept as hashes only."""
        with writing(), told():
            made = new_pins(id)
            record("new PINs", SUBJECT, id)
        return make_response(self.render("hours/pins.html", hour=known(id), pins=made))

    def _to(self, id: int) -> Response:
        return make_response(redirect(self.get_url(".hour", id=id)))


def _form(line: str, hour: ExpertSession | None = None) -> HourForm:
    shown: dict[str, Any] = {"line": line}
    if hour is not None:
        shown |= {name: getattr(hour, name) for name in sessions.PLAIN}
        shown |= {
            "expert": hour.expert.name if hour.expert else "",
            "host": hour.host.name if hour.host else "",
            "languages": hour.languages,
            "starts_at": hour.starts_at.astimezone(the_panel().zone).replace(tzinfo=None),
        }
    form = HourForm(request.form if request.method == "POST" else None, data=shown)
    form.offer()
    if hour is not None:
        form.line.data = line  # an hour stays on its line
        form.line.choices = [(line, hour.line.title or line)]
    return form


def _entry(form: HourForm, id: int = 0) -> SessionEntry | None:
    """None, with what is wrong at the form's fields, or when nothing was sent yet."""
    if request.method != "POST" or not form.validate() or _is_taken(form, id):
        return None
    try:
        return checked_session(**form.facts)
    except SessionInvalid as error:
        for fault in error.faults:
            place, _colon, words = fault.partition(": ")
            faults.put(form, (place.split(".")[0],), faults.told(words))
    except PersonUnknown as error:
        faults.put(form, ("expert",), str(error))
    return None


def _is_taken(form: HourForm, id: int) -> bool:
    """Whether the line has another hour then, which is told."""
    line = records.known(form.line.data)
    other = sessions.beside(line, form.begins, form.minutes.data, id)
    if other is None:
        return False
    times = f"{moment(other.starts_at, 'short')} – {moment(ends_at(other), 'short')}"
    words = _(
        "The line has another hour then: “%(topic)s”, %(times)s.", topic=other.topic, times=times
    )
    faults.put(form, ("starts_at",), words)
    return True
