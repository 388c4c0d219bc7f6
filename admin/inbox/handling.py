"""What colleagues do about a message: seeing to it, noting, passing it on, telling again."""

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from admin.access.current import user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from store.database import writing
from store.models import Delivery, Mailbox, Message, MessageAssignment, MessageNote, PanelUser
from voicemail import boxes
from voicemail.boxes.lookup import as_box
from voicemail.delivery.outbox import retry
from voicemail.keeping.adopting import give

from .access import message_of, viewers
from .answer import box_of, done, given, number, told
from .one import voicemail_folder

LONGEST_NOTE = 4_000
"""Characters."""


page = Blueprint("inbox_handling", __name__, url_prefix="/inbox/message/<id>")


@page.post("/assign")
@needs(Permission.HANDLE_MESSAGES)
def assign(id: str) -> Response:
    message, wanted = message_of(id), number("user")
    who = next((one for one in viewers(message.mailbox) if one.id == wanted), None)
    if wanted and who is None:
        raise Refused(_("This colleague may not see the message's mailbox."))
    _assign(message, who)
    if who is None:
        return done(_("Nobody is named for it any more."), message)
    return done(_("%(name)s sees to it.", name=who.title or who.name), message)


@page.post("/note")
@needs(Permission.HANDLE_MESSAGES)
def note(id: str) -> Response:
    message, text = message_of(id), given("text", LONGEST_NOTE).strip()
    if not text:
        raise Refused(_("The note is empty."))
    with writing():
        _note(message.id, text)
    return done(_("Noted."), message)


@page.post("/forward")
@needs(Permission.HANDLE_MESSAGES)
def forward(id: str) -> Response:
    message, to, text = message_of(id), _box(), given("text", LONGEST_NOTE).strip()
    with told(), writing():
        here = box_of(message)
        copy = boxes.forward(voicemail_folder(), here, message.id, as_box(to), None)
        if text:
            _note(copy, text)
        record("forward", "message", message.id, None, {"to": to.name, "copy": copy})
    return done(_("Passed on to %(box)s.", box=to.title or to.name), message)


@page.post("/give")
@needs(Permission.HANDLE_MESSAGES)
def into(id: str) -> Response:
    message, to = message_of(id), _box()
    with writing():
        if not give(message.id, to):
            raise Refused(_("This message lies in a mailbox already."))
        record("change", "message", message.id, {"mailbox": None}, {"mailbox": to.name})
    return done(_("It lies in %(box)s now.", box=to.title or to.name), message)


@page.post("/tell-again")
@needs(Permission.HANDLE_MESSAGES)
def tell_again(id: str) -> Response:
    message = message_of(id)
    wanted = (Delivery.id == number("delivery")) & (Delivery.message == message)
    delivery = Delivery.get_or_none(wanted) or abort(404)
    with writing():
        retry(delivery.id)
        record("send again", "message", message.id, None, {"to": delivery.address})
    return done(_("It is sent again within a minute."), message)


def _assign(message: Message, who: PanelUser | None) -> None:
    before = MessageAssignment.get_or_none(MessageAssignment.message == message)
    with writing():
        MessageAssignment.delete().where(MessageAssignment.message == message).execute()
        if who is not None:
            MessageAssignment.create(message=message, user=who, assigned_by=user_name())
        names = {"assigned": before.user.name if before else ""}
        record("assign", "message", message.id, names, {"assigned": who.name if who else ""})


def _note(message_id: str, text: str) -> None:
    MessageNote.create(message=message_id, text=text, author=user_name())
    record("note", "message", message_id, None, {"note": text})


def _box() -> Mailbox:
    return Mailbox.get_or_none(Mailbox.id == number("to")) or _no_box()


def _no_box() -> Mailbox:
    raise Refused(_("Choose a mailbox first."))
