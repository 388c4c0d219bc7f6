"""Recording by phone: the box calls, somebody speaks, and the take is kept under a name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import abort, redirect, request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access.current import current_user, user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.panel import the_panel
from store.fields import clean
from store.models import Call, Person, Recording

FLOW = "pressline-record-prompt"
"""Whose recordings are takes; nobody hears others here."""
LONGEST = 64


def callable_people() -> list[tuple[str, str]]:
    """Whom the box can call for a recording: people, and the phones of the settings."""
    people = Person.select(Person.name, Person.title).order_by(Person.name)
    named = [(person.name, person.title or person.name) for person in people]
    return [*named, *((number, title) for number, title in the_panel().records.phones.items())]


def usual_person() -> str:
    user = current_user()
    return str(user.person) if user else ""


class PhonePages:
    """Pages of the view of recordings."""

    render: Any
    keep_take: Any

    @expose("/phone", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def phone(self) -> Response:
        to = request.form.get("to", "")
        if to not in dict(callable_people()):
            abort(400)
        answer = the_panel().ask("recordings.call", to=to, asked_by=user_name())
        name, language = (request.form.get(one, "")[:LONGEST] for one in ("name", "language"))
        state = url_for("prompts.phone_state", call=answer["call"], name=name, language=language)
        return redirect(state)

    @expose("/phone")
    @needs(Permission.EDIT_RECORDS)
    def phone_state(self) -> str:
        call = request.args.get("call", "")[:LONGEST]
        how = the_panel().ask("recordings.how", call=call, asked_by=user_name())
        take = _take(str(how.get("call_id", ""))) if how["over"] else None
        waiting = not how["over"] or (how["state"] == "recorded" and take is None)
        words = _words().get(how["state"], _("It did not work."))
        page = {"how": how, "take": take, "waiting": waiting, "words": words}
        return str(self.render("prompts/phone.html", **page))

    @expose("/take")
    @needs(Permission.EDIT_RECORDS)
    def take_sound(self) -> Response:
        path = take_path(request.args.get("call", ""))
        return send_file(path.absolute(), mimetype="audio/wav", conditional=True, max_age=0)

    @expose("/take", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def take_kept(self) -> Response:
        answer: Response = self.keep_take(take_path(request.form.get("call", "")))
        return answer


def take_path(call_id: str) -> Path:
    """The last take of a call, if it is one that was placed for a recording; else a 404."""
    take = _take(call_id)
    path = the_panel().home / "recordings" / take.path if take else None
    return path if path is not None and path.is_file() else abort(404)


def _take(call_id: str) -> Recording | None:
    is_take = (Call.uuid == clean(call_id, LONGEST)) & (Call.flow == FLOW)
    takes = Recording.select().join(Call).where(is_take)
    found: Recording | None = takes.order_by(Recording.created_at.desc()).first()
    return found


def _words() -> Mapping[str, str]:
    return {
        "ringing": _("The phone rings …"),
        "speaking": _("Please speak on the phone: after the tone, then press the hash key."),
        "recorded": _("Here is your recording."),
        "busy": _("The phone was busy."),
        "no_answer": _("Nobody picked up."),
        "refused": _("The call was declined."),
        "forbidden": _("The dialling rules forbid this call, or nobody goes by that name."),
    }
