"""`/flows/edit/<flow>`: the text with its mistakes, the picture beside it, saving drafts."""

from typing import Any

from flask import Response, abort, jsonify, make_response, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as Answer

from admin.access.current import may, user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from admin.views import PanelView
from store import flows
from store.database import writing
from store.errors import DraftMovedOn
from store.models import FlowVersion

from .finding import version_or_404
from .given import LONGEST_NOTE, flow_text, given_data, given_number
from .leaving import WINDOWS, left_at
from .presence import Presence
from .telling import saved, told

LONGEST_TAB = 40


class FlowEditor(PanelView):
    see = Permission.SEE_FLOWS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Flow editor"), endpoint="flow_editor", url="/flows/edit"
        )
        self._presence = Presence()

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Answer:
        return redirect(url_for("flows.index"))

    @expose("/<flow>")
    def page(self, flow: str) -> str:
        newest = version_or_404(flow)
        live = flows.live_numbers().get(flow)
        facts = {
            "name": flow,
            "text": newest.text,
            "newest": saved(newest),
            "live": live,
            "user": user_name(),
            "edits": may(Permission.EDIT_FLOWS),
        }
        page = self.render(
            "flows/editor.html", flow=flow, newest=newest, live=live, facts=facts, windows=WINDOWS
        )
        return str(page)

    @expose("/words.json")
    def words(self) -> Response:
        return jsonify(the_panel().flows.words())

    @expose("/<flow>/check", methods=("POST",))
    def check(self, flow: str) -> Response:
        text = flow_text(given_data().get("text"))
        return jsonify(told(the_panel().flows.check(flow, text)))

    @expose("/<flow>/left.json")
    def left(self, flow: str) -> Response:
        days = request.args.get("days", "7")
        if days not in map(str, WINDOWS):
            abort(404)
        return jsonify(left_at(flow, int(days)))

    @expose("/<flow>/save", methods=("POST",))
    @needs(Permission.EDIT_FLOWS)
    def save(self, flow: str) -> Response:
        """409 with the newer version where somebody else saved meanwhile; nothing is kept then."""
        before = version_or_404(flow)
        data = given_data()
        text, after = flow_text(data.get("text")), given_number(data.get("from"))
        try:
            version = _kept(flow, text, after, str(data.get("note") or "")[:LONGEST_NOTE], before)
        except DraftMovedOn:
            return _newer(flow)
        return jsonify(saved(version))

    @expose("/<flow>/here", methods=("POST",))
    @needs(Permission.EDIT_FLOWS)
    def here(self, flow: str) -> Response:
        """Who else edits the flow, and its newest version."""
        newest, data = version_or_404(flow), given_data()
        tab = str(data.get("tab"))[:LONGEST_TAB]
        if data.get("gone"):
            self._presence.gone(flow, user_name(), tab)
            return jsonify(others=[])
        others = self._presence.here(flow, user_name(), tab)
        return jsonify(others=others, newest=saved(newest))


def _kept(name: str, text: str, after: int, note: str, before: FlowVersion) -> FlowVersion:
    with writing():
        version = flows.save_draft(name, text, author=user_name(), note=note, after=after)
        if version.number != before.number:
            record("save", "flow", name, {"version": before.number}, {"version": version.number})
        return version


def _newer(name: str) -> Response:
    newest = version_or_404(name)
    facts: dict[str, Any] = {**saved(newest), "text": newest.text}
    words = gettext("Somebody else saved a newer version meanwhile.")
    return make_response(jsonify(error=words, newest=facts), 409)
