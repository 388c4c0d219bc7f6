"""What every page can say: times in the paper's zone, who is signed in, and plain error pages."""

from datetime import UTC, datetime
from typing import Any

from flask import (
    Flask,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import format_datetime, gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound

from .access.current import current_user, may
from .access.guard import Open, needs
from .access.roles import Permission
from .errors import PanelError
from .languages import LANGUAGES, language
from .panel import the_panel
from .policy import nonce
from .wishes import wants_json


def set_up(app: Flask) -> None:
    app.context_processor(_for_templates)
    app.add_url_rule("/favicon.ico", view_func=_icon)
    app.add_template_filter(moment)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(PanelError, _refused)
    app.register_error_handler(OverflowError, _too_far)


@needs(Open.EVERYBODY)
def _icon() -> Response:
    """Asked for by browsers that show a file of ours by itself."""
    return make_response(redirect(url_for("static", filename="icon.svg")))


def moment(at: datetime | None, form: str = "medium") -> str:
    """A time of the store, as the paper's clocks show it."""
    if at is None:
        return ""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return str(format_datetime(aware, form))


def _for_templates() -> dict[str, Any]:
    return {
        "user": current_user() if request.endpoint else None,
        "may": may,
        "P": Permission,
        "nonce": nonce,
        "panel_languages": LANGUAGES,
        "panel_language": language(),
        "paper": the_panel().paper,
    }


def _answer(code: int, title: str, words: str) -> Response:
    if wants_json():
        return make_response(jsonify(error=words), code)
    return make_response(render_template("panel/error.html", title=title, words=words), code)


def _failed(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    titles = {
        403: (gettext("Not for you"), gettext("Your role does not open this page.")),
        404: (gettext("Not here"), gettext("There is no such page, or nothing by that number.")),
        413: (gettext("Too large"), gettext("What was sent is larger than this page takes.")),
        429: (gettext("Too often"), gettext("Wait a minute, then try again.")),
    }
    title, words = titles.get(error.code or 500, (str(error.name), str(error.description)))
    return _answer(error.code or 500, title, words)


def _forged(error: CSRFError) -> Response:
    return _answer(
        400,
        gettext("Please send that again"),
        gettext("This form was opened in another session. Go back, reload it, and send it again."),
    )


def _refused(error: PanelError) -> Response:
    return _answer(409, gettext("That did not work"), str(error))


def _too_far(_: OverflowError) -> Response:
    """A page or a row by a number that no store can count to."""
    return _failed(NotFound())
