"""A message's sound: for the player, as a picture, and as a file to keep."""

import re

from flask import Blueprint, Response, abort, jsonify, make_response, request, send_file

from admin.access.guard import needs
from admin.access.roles import Permission
from store.models import Message

from .access import message_of
from .one import voicemail_folder
from .peaks import peaks

KIND = "audio/wav"


page = Blueprint("inbox_sound", __name__, url_prefix="/inbox/message/<id>")


@page.get("/audio")
@needs(Permission.SEE_MESSAGES)
def audio(id: str) -> Response:
    """`?download` gives a file with a name that tells what it is."""
    message = message_of(id)
    return _file(message.path, _name(message) if "download" in request.args else None)


@page.get("/comment")
@needs(Permission.SEE_MESSAGES)
def comment(id: str) -> Response:
    return _file(message_of(id).comment_path)


@page.get("/peaks")
@needs(Permission.SEE_MESSAGES)
def picture(id: str) -> Response:
    message = message_of(id)
    path = voicemail_folder() / message.path
    if not message.path or not path.is_file():
        abort(404)
    answer = make_response(jsonify(peaks=peaks(path), seconds=message.seconds))
    answer.headers["Cache-Control"] = "private, max-age=86400"  # a recording never changes
    return answer


def _file(relative: str, name: str | None = None) -> Response:
    path = voicemail_folder() / relative
    if not relative or not path.is_file():
        abort(404)
    # `conditional` answers `Range`, by which browsers jump within the recording.
    answer = send_file(
        path, mimetype=KIND, conditional=True, as_attachment=bool(name), download_name=name
    )
    answer.headers["Cache-Control"] = "private, max-age=0"
    return answer


def _name(message: Message) -> str:
    who = re.sub(r"[^\w+-]+", "-", "" if message.withheld else message.caller_number)[:40]
    parts = [f"{message.started_at:%Y-%m-%d-%H%M}", message.box, who.strip("-")]
    return "-".join(filter(None, parts)) + ".wav"
