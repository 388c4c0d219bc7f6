"""Marking a message: heard, new, urgent, in the archive, deleted."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from store.database import writing
from store.fields import now
from store.models import Message
from voicemail import boxes
from voicemail.ports import Box

from .access import message_of
from .answer import box_of, done, given, told

MOVES: Mapping[str, Callable[[Box, str], None]] = {
    "new": boxes.mark_new,
    "saved": boxes.save,
    "archived": boxes.archive,
    "deleted": boxes.delete,
    "restored": boxes.undelete,
}


page = Blueprint("inbox_marking", __name__, url_prefix="/inbox/message/<id>")


@page.post("/played")
@needs(Permission.HANDLE_MESSAGES)
def played(id: str) -> Response:
    """Somebody listens to it; only the first time counts."""
    message = message_of(id)
    if message.heard_at is None and message.mailbox is not None:
        with writing():
            boxes.heard(box_of(message), message.id)
            record("hear", "message", message.id)
    return done(_("Heard."), message)


@page.post("/mark")
@needs(Permission.HANDLE_MESSAGES)
def mark(id: str) -> Response:
    message, wanted = message_of(id), given("as")
    move = MOVES.get(wanted) or abort(400)
    with told(), writing():
        move(box_of(message), message.id)
        _record_state(message)
    return done(_said(wanted), message)


@page.post("/urgent")
@needs(Permission.HANDLE_MESSAGES)
def urgent(id: str) -> Response:
    message, wanted = message_of(id), given("urgent") == "1"
    with writing():
        same = Message.id == message.id
        Message.update(urgent=wanted, changed_at=now()).where(same).execute()
        before = {"urgent": message.urgent}
        record("change", "message", message.id, before, {"urgent": wanted})
    return done(_("Marked as urgent.") if wanted else _("No longer urgent."), message)


def _record_state(message: Message) -> None:
    after = Message.get_by_id(message.id).state
    record("change", "message", message.id, {"state": message.state}, {"state": after})


def _said(wanted: str) -> str:
    words = {
        "new": _("Marked as new."),
        "saved": _("Marked as heard."),
        "archived": _("In the archive now."),
        "deleted": _("Deleted. For a week it can be brought back."),
        "restored": _("Brought back."),
    }
    return str(words[wanted])
