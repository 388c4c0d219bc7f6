"""What a page that changes something is given, and how it answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _

from admin.errors import Refused
from admin.wishes import wants_json
from store.fields import clean
from store.models import Message
from voicemail.boxes.lookup import as_box
from voicemail.errors import BoxFull, LetterGone, VoicemailError
from voicemail.ports import Box


def given(name: str, limit: int = 200) -> str:
    """A field of the form, or of a script's JSON; whatever is no text is none."""
    fields: Any = request.get_json(silent=True) if request.is_json else request.form
    value = fields.get(name) if hasattr(fields, "get") else None
    value = str(value) if isinstance(value, int) else value
    return clean(value, limit) if isinstance(value, str) else ""


def number(name: str) -> int:
    """A row's number; 0 for anything else."""
    text = given(name, 15)
    return int(text) if text.isascii() and text.isdigit() else 0


def done(words: str, message: Message) -> Response:
    """Back on the message's page; a script is told the words."""
    if wants_json():
        return make_response(jsonify(said=words))
    flash(words, "success")
    return make_response(redirect(url_for("inbox.message", id=message.id)))


def box_of(message: Message) -> Box:
    """Raises `Refused` for a message that lies in no mailbox."""
    if message.mailbox is None:
        raise Refused(_("This message lies in no mailbox. Put it into one first."))
    return as_box(message.mailbox)


@contextmanager
def told() -> Iterator[None]:
    """Around what asks `voicemail`: raises `Refused` with words for people."""
    try:
        yield
    except BoxFull as error:
        raise Refused(_("That mailbox is full. Archive or delete some of its messages.")) from error
    except LetterGone as error:
        raise Refused(_("Somebody else has moved this message. Please reload the page.")) from error
    except VoicemailError as error:
        raise Refused(str(error)) from error
