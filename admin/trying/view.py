"""The page `/try/<flow>`: press keys, hear what callers hear, see what the flow does."""

import wave
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Response, abort, jsonify, request, send_file
from flask_admin import expose
from flask_babel import gettext, lazy_gettext

from admin.access.current import user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from admin.panel import the_panel
from admin.views import PanelView
from ivr_flows.languages import LANGUAGES
from ivr_flows.trying_out import TryOut
from store import flows as store_flows
from store.errors import FlowUnknown
from store.models import Flow, FlowVersion

from .attempt import Wish, read_trial, read_wish, told, unsealed
from .keeping import test_of, with_test


class Trying(PanelView):
    see = Permission.TRY_FLOWS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Try a flow"),
            category=lazy_gettext("Flows"),
            endpoint="trying",
            url="/try",
        )

    @expose("/")
    def choose(self) -> str:
        names = [row.name for row in Flow.select(Flow.name).order_by(Flow.name)]
        return str(self.render("trying/choose.html", names=names))

    @expose("/<flow>")
    def page(self, flow: str) -> str:
        kept = _kept(flow, draft="draft" in request.args)
        try:
            queries, faults = the_panel().trying.queries_of(kept.text), ""
        except Refused as refused:
            queries, faults = (), str(refused)
        return str(
            self.render(
                "trying/page.html",
                flow=flow,
                version=kept,
                draft="draft" in request.args,
                queries=queries,
                faults=faults,
                languages=LANGUAGES,
            )
        )

    @expose("/<flow>/attempt", methods=("POST",))
    def attempt(self, flow: str) -> Response:
        wish = read_wish(request.get_json(silent=True))
        return jsonify(told(_attempt(flow, wish, draft="draft" in request.args)))

    @expose("/sound/<token>")
    def sound(self, token: str) -> Response:
        """What one line of a try-out sounds like, as one WAV file."""
        said = unsealed(token)
        if said is None:
            abort(404)
        found = the_panel().trying.sound(said)
        return send_file(BytesIO(_joined(found)), mimetype="audio/wav", max_age=3600)

    @expose("/<flow>/keep", methods=("POST",))
    @needs(Permission.EDIT_FLOWS)
    def keep(self, flow: str) -> Response:
        """The try-out becomes a test call, in a draft of the newest text."""
        given = request.get_json(silent=True) or {}
        if not isinstance(given, dict):
            raise Refused(gettext("This is no try-out."))
        title = str(given.pop("name", "")).strip()[:200] or gettext("a try-out")
        wish = read_wish(given)
        newest = _kept(flow, draft=True)
        longer = with_test(newest.text, _test(title, wish, told(_attempt(flow, wish, draft=True))))
        if longer is None:
            raise Refused(gettext("The tests of this flow are not a list of lines; add it there."))
        version = store_flows.save_draft(flow, longer, author=user_name(), note=title)
        record("keep test call", "flow", flow, None, {"test": title, "version": version.number})
        return jsonify(version=version.number)


def _attempt(name: str, wish: Wish, *, draft: bool) -> TryOut:
    text = _kept(name, draft=draft).text
    return the_panel().trying.attempt(
        text, wish.trial, typing=wish.typing, really_ask=wish.really_ask
    )


def _test(title: str, wish: Wish, seen: dict[str, Any]) -> dict[str, Any]:
    heard = [piece["text"] for piece in seen["pieces"] if piece["kind"] == "heard"]
    last = seen["trace"][-1]["step"] if seen["trace"] else ""
    test = test_of(title, wish.given, heard[-1:], last if seen["end"] else "")
    read_trial(test)
    return test


def _kept(name: str, *, draft: bool) -> FlowVersion:
    """The newest text, or the live one when no draft is asked for; 404 for no such flow."""
    try:
        newest = store_flows.versions(name)[0]
    except (FlowUnknown, IndexError):
        abort(404)
    return newest if draft else store_flows.live(name) or newest


def _joined(files: Sequence[Path]) -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as whole:
        for at, path in enumerate(files):
            with wave.open(str(path), "rb") as part:
                if not at:
                    whole.setparams(part.getparams())
                whole.writeframes(part.readframes(part.getnframes()))
    return out.getvalue()
