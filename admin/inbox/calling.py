"""Calling back: the user's own phone rings first, then whoever left the message."""

from flask import Blueprint, Response, jsonify, make_response, url_for
from flask_babel import gettext as _

from admin.access.current import current_user, user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from admin.panel import the_panel
from admin.wishes import wants_json
from store.models import Message

from .access import message_of
from .answer import done
from .telling import number_of

page = Blueprint("inbox_calling", __name__, url_prefix="/inbox")


@page.post("/message/<id>/call-back")
@needs(Permission.CALL_OUT)
def call_back(id: str) -> Response:
    message = message_of(id)
    number = _place(message)
    record("call back", "message", message.id, None, {"number": number_of(message)})
    words = _("Your phone rings. Pick it up, and the caller is rung.")
    if not wants_json():
        return done(words, message)
    how = url_for("inbox_calling.how", call=number)
    return make_response(jsonify(said=words, over=False, how=how))


@page.get("/calling/<call>")
@needs(Permission.CALL_OUT)
def how(call: str) -> Response:
    """How far a call of this user's has come."""
    found = the_panel().ask("click_to_call.how", call=call[:64], asked_by=user_name())
    address = url_for("inbox_calling.how", call=call)
    said = _said(str(found["state"]), str(found["reason"]))
    return make_response(jsonify(said=said, over=bool(found["over"]), how=address))


def _place(message: Message) -> str:
    """The call's number at the callbox. Raises `Refused`, `BoxAway`."""
    user = current_user()
    if user is None or not user.person:
        raise Refused(
            _("The box does not know your phone. An administrator can name it under Users.")
        )
    number = number_of(message)
    if not number:
        raise Refused(_("This caller left no number."))
    placed = the_panel().ask(
        "click_to_call.place",
        seat=user.person,
        number=number,
        asked_by=user_name(),
        for_call=message.call,
    )
    return str(placed["call"])


def _said(state: str, reason: str) -> str:
    words = {
        "ringing": _("Your phone rings. Pick it up, and the caller is rung."),
        "calling": _("You have picked up; the caller is being rung."),
        "answered": _("You have spoken with the caller."),
        "busy": _("The line is busy."),
        "no_answer": _("Nobody answered."),
        "refused": _("The call was declined."),
        "given_up": _("You have hung up before the caller answered."),
        "unreachable": _("That number cannot be reached."),
        "seat_refused": _("The call was declined at your own phone."),
        "seat_busy": _("Your own phone is busy."),
        "seat_no_answer": _("Your own phone was not picked up."),
        "seat_unreachable": _("Your own phone cannot be reached: is it switched on?"),
        "forbidden": _("The dialling rules do not allow this number: %(reason)s", reason=reason),
    }
    other = _("The call did not work: %(reason)s", reason=reason or state)
    return str(words.get(state) or other)
