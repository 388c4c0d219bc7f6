"""What was said, put right: the machine's words are kept beside a person's."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from admin.access.current import current_user, user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from store.database import writing
from store.models import Message, Transcript
from store.models.message import TranscriptState
from voicemail.transcribing import again, correct, newest_correction, take_back_correction

from .access import message_of
from .answer import done, given, number

LONGEST = 500_000
"""Characters."""


page = Blueprint("inbox_correcting", __name__, url_prefix="/inbox/message/<id>")


@page.post("/correct")
@needs(Permission.HANDLE_MESSAGES)
def put_right(id: str) -> Response:
    message, text = message_of(id), given("text", LONGEST).strip()
    with writing():
        before = newest_correction(message.id)
        if (before.id if before else 0) != number("base"):
            raise Refused(_meanwhile(before.author if before else ""))
        correct(message.id, text, _author())
        was = before.text if before else _heard(message)
        record("correct", "message", message.id, {"text": was}, {"text": text})
    return done(_("The corrected text is kept."), message)


@page.post("/take-back")
@needs(Permission.HANDLE_MESSAGES)
def take_back(id: str) -> Response:
    message = message_of(id)
    with writing():
        before = newest_correction(message.id)
        if before is None or before.id != number("base"):
            raise Refused(_meanwhile(before.author if before else ""))
        take_back_correction(message.id)
        record("take back correction", "message", message.id, {"text": before.text}, None)
    return done(_("The wording before counts again."), message)


@page.post("/listen-again")
@needs(Permission.HANDLE_MESSAGES)
def listen_again(id: str) -> Response:
    message = message_of(id)
    if Transcript.get_or_none(
        Transcript.message == message, Transcript.state == TranscriptState.RUNNING
    ):
        raise Refused(_("It is being written down just now."))
    with writing():
        again(message.id)
        record("transcribe again", "message", message.id)
    return done(_("It is written down again; that may take a minute."), message)


def _author() -> str:
    user = current_user()
    return (user.title if user else "") or user_name()


def _heard(message: Message) -> str:
    row = Transcript.get_or_none(Transcript.message == message)
    return row.text if row else ""


def _meanwhile(author: str) -> str:
    if author:
        return str(
            _("Meanwhile %(name)s has corrected it. Reload the page to see how.", name=author)
        )
    return str(_("Meanwhile a correction was taken back. Reload the page to see the text."))
