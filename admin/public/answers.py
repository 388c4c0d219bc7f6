"""`/experts/…`: the experts' published answers, as the worker has written them into a folder."""

import mimetypes
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    send_from_directory,
    url_for,
)
from werkzeug.exceptions import HTTPException

from admin.access.guard import Open, needs

POLICY = (
    "default-src 'none'; media-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The pages need no script: whatever else gets into them does nothing."""
PAGE_SECONDS = 60
"""Pages and feeds may be kept so long: what was taken back must vanish soon."""
SOUND_SECONDS = 24 * 60 * 60
"""A sound that was cut anew gets another name."""
KINDS = {".xml": "application/rss+xml", ".mp3": "audio/mpeg", ".html": "text/html"}
INDEX = "index.html"


def answer_pages(folder: Path) -> Blueprint:
    """`folder` is made anew by the export, any time; until the first one it may be missing."""
    pages = Blueprint("answers", __name__)

    @pages.get("/experts/")
    @pages.get("/experts/<path:name>")
    @needs(Open.EVERYBODY)
    def published(name: str = "") -> Response:
        if any(part.startswith(".") for part in name.split("/")):
            return _missing()
        if name and not name.endswith("/") and _is_folder(folder, name):
            return make_response(redirect(url_for(".published", name=f"{name}/")))
        return _sent(folder, f"{name}{INDEX}" if not name or name.endswith("/") else name)

    @pages.errorhandler(404)
    def gone(_: HTTPException) -> Response:
        return _missing()

    @pages.after_request
    def guarded(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return answer

    return pages


def _is_folder(folder: Path, name: str) -> bool:
    """Lines have one each, right below; nothing lies deeper."""
    return "/" not in name and "\0" not in name and len(name) < 200 and (folder / name).is_dir()


def _sent(folder: Path, name: str) -> Response:
    """Within the folder; with `ETag`, and with `Range` for players. Raises `NotFound`."""
    kind = KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    seconds = SOUND_SECONDS if kind == "audio/mpeg" else PAGE_SECONDS
    answer = send_from_directory(
        folder.absolute(), name, mimetype=kind, conditional=True, max_age=seconds
    )
    answer.cache_control.public = True
    answer.cache_control.no_cache = None
    return answer


def _missing() -> Response:
    """Looks like what is there, and tells nothing of what is not."""
    return make_response(render_template("public/missing.html"), 404)
