"""`/pieces/`: questions and answers as they were recorded on air, on their way to the readers."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, jsonify, make_response, redirect, request, send_file
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.access.current import may, user_name
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from admin.inbox.peaks import peaks
from admin.panel import the_panel
from admin.refusals import told
from admin.rooms.wishes import wished
from admin.views import PanelView
from lines.pieces import reviewing
from lines.pieces.errors import PieceUnknown
from lines.pieces.transcribing import LONGEST_TEXT
from lines.pieces.wording import end_of, is_cut, words_of
from store.models import Piece
from store.models.expert import Review

from .acts import ACTS, Act
from .listing import found, read

KEPT = ("title", "corrected", "cut_start", "cut_end", "review", "transcript_state")
"""Of a piece, in the audit log."""


class Pieces(PanelView):
    see = Permission.REVIEW_PIECES

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Answers to review"),
            category=lazy_gettext("Air"),
            endpoint="pieces",
            url="/pieces",
        )

    @expose("/")
    def index(self) -> str:
        wanted = read(request.args)
        rows, more = found(wanted)
        shown = {"pieces": rows, "more": more, "wanted": wanted, "end_of": end_of}
        return str(self.render("pieces/list.html", **shown))

    @expose("/<id>/")
    def piece(self, id: str) -> str:
        return self._page(_known(id), {})

    @expose("/<id>/audio")
    def audio(self, id: str) -> Response:
        """The whole recording: the cut is two marks, nothing is taken away."""
        path = the_panel().home / "recordings" / _recording(id)
        answer = send_file(path.absolute(), mimetype="audio/wav", conditional=True)
        answer.headers["Cache-Control"] = "private, max-age=0"
        return answer

    @expose("/<id>/peaks")
    def picture(self, id: str) -> Response:
        path = the_panel().home / "recordings" / _recording(id)
        return jsonify(peaks=peaks(path), seconds=_known(id).seconds)

    @expose("/<id>/<act>", methods=("POST",))
    def act(self, id: str, act: str) -> Response:
        """One change by a form; when it is refused, what was typed is still there."""
        piece, does, wish = _known(id), ACTS.get(act) or abort(404), wished(LONGEST_TEXT)
        _check(does, piece)
        try:
            with told():
                _done(piece, act, does, wish)
        except Refused as refused:
            flash(str(refused), "error")
            return make_response(self._page(_known(id), wish), 409)
        flash(_("Kept."), "success")
        return make_response(redirect(self.get_url(".piece", id=id)))

    def _page(self, piece: Piece, typed: Mapping[str, str]) -> str:
        facts: dict[str, Any] = {
            "words": words_of(piece),
            "end": end_of(piece),
            "is_cut": is_cut(piece),
            "edits": reviewing.edits(piece.id),
            "changes": _may_change(piece),
            "there": bool(piece.path) and _is_there(piece),
        }
        return str(self.render("pieces/piece.html", piece=piece, typed=typed, **facts))


def _done(piece: Piece, name: str, act: Act, wish: Mapping[str, str]) -> None:
    """Raises `LinesError`, `Refused`.

    Not in one transaction: a cut is listened to first, and nobody else could write meanwhile. The
    act itself is remembered with its author in its own (`PieceEdit`).
    """
    before = _state(piece)
    act.do(piece.id, wish, user_name())
    record(name, "piece", piece.id, before, _state(_known(piece.id)))
    if name == "again":
        the_panel().air.hear(piece.id)
    else:
        the_panel().air.publish()


def _known(id: str) -> Piece:
    try:
        return reviewing.piece(id[:36])
    except PieceUnknown:
        abort(404)


def _recording(id: str) -> str:
    piece = _known(id)
    return str(piece.path) if piece.path and _is_there(piece) else abort(404)


def _is_there(piece: Piece) -> bool:
    return (the_panel().home / "recordings" / piece.path).is_file()


def _check(act: Act, piece: Piece) -> None:
    """What readers see already is changed only by those who may publish it."""
    if not may(act.needs) or not _may_change(piece):
        abort(403)


def _may_change(piece: Piece) -> bool:
    return piece.review != Review.APPROVED or may(Permission.PUBLISH_PIECES)


def _state(piece: Piece) -> Mapping[str, Any]:
    return {name: getattr(piece, name) for name in KEPT}
