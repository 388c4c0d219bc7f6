"""`GET /messages/<token>`: one message behind a signed link, without a sign-in.

Whatever is no good token (any more) gets the same 404. To look changes nothing.
"""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, render_template, send_file
from werkzeug.exceptions import HTTPException

from store.database import database, translated
from store.errors import StoreAway
from voicemail.delivery.notice import Notice, read_notice
from voicemail.delivery.telling import tell
from voicemail.errors import MessageUnknown
from voicemail.links import Links

from .access.guard import Open, needs

HEADERS = {
    # No script at all, nothing from elsewhere, in nobody's frame.
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    # The link is the key: it must not travel on, nor be kept.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
KIND = "audio/wav"


@dataclass(frozen=True, slots=True)
class SharedMessages:
    """What the pages need to know."""

    links: Links
    folder: Path
    """The voicemail folder."""
    zone: ZoneInfo


def message_pages(shared: SharedMessages) -> Blueprint:
    page = Blueprint("messages", __name__)

    @page.get("/messages/<token>")
    @needs(Open.EVERYBODY)
    def message(token: str) -> Response:
        notice = _opened(shared, token)
        told = tell(notice, shared.zone)
        return make_response(render_template("message.html", told=told, notice=notice, token=token))

    @page.get("/messages/<token>/audio")
    @needs(Open.EVERYBODY)
    def audio(token: str) -> Response:
        return _sound(_opened(shared, token).audio)

    @page.get("/messages/<token>/comment")
    @needs(Open.EVERYBODY)
    def comment(token: str) -> Response:
        return _sound(_opened(shared, token).comment)

    @page.errorhandler(404)
    def gone(_: HTTPException) -> Response:
        return make_response("There is no message here (any more).", 404)

    @page.errorhandler(StoreAway)
    def away(_: StoreAway) -> Response:
        return make_response("The messages cannot be read just now; try again in a minute.", 503)

    @page.after_request
    def guard(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        return answer

    return page


def _opened(shared: SharedMessages, token: str) -> Notice:
    """What the token shows; 404 for all others."""
    id = shared.links.opened(token)
    notice = _read(id, shared.folder) if id else None
    return notice if notice and notice.is_open else abort(404)


@translated()
def _read(id: str, folder: Path) -> Notice | None:
    with database.connection_context():
        try:
            return read_notice(id, folder)
        except MessageUnknown:
            return None


def _sound(path: Path | None) -> Response:
    if path is None:
        abort(404)
    # `conditional` answers `Range`, by which browsers jump within the recording.
    return send_file(path.absolute(), mimetype=KIND, conditional=True)
