"""The pages `/calls/`: search, one call, its recordings, export."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify, render_template, request, send_file
from flask_admin import expose
from flask_babel import lazy_gettext

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from admin.views import PanelView
from store.call_search import find
from store.models import Flow

from . import telling, wanted
from .export import table
from .one import call_of, read_one, steps_now
from .recordings import recording_of

PAGE = 50


class Calls(PanelView):
    see = Permission.SEE_CALLS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Calls"),
            category=lazy_gettext("Newsroom"),
            endpoint="calls",
            url="/calls",
        )

    @expose("/")
    def index(self) -> str:
        asked = wanted.read(request.args, the_panel().zone)
        found = find(asked.wanted, asked.after, PAGE)
        return self._page(
            "calls/list.html",
            asked=asked,
            found=found,
            further=wanted.place_text(found.next),
            filled={name: value for name, value in asked.form.items() if value},
            flows=[row.name for row in Flow.select(Flow.name).order_by(Flow.name)],
        )

    @expose("/<id>")
    def one(self, id: str) -> str:
        return self._page("calls/one.html", one=read_one(call_of(id)))

    @expose("/<id>/now")
    def now(self, id: str) -> Response:
        """For a page that follows a call: its steps so far, and in which it is."""
        steps, live = steps_now(call_of(id))
        html = render_template("calls/steps.html", steps=steps, length=telling.length)
        return jsonify(html=html, live=live is not None, step=(live or {}).get("step", ""))

    @expose("/<id>/recordings/<int(max=2147483647):number>")
    @needs(Permission.HEAR_RECORDINGS)
    def sound(self, id: str, number: int) -> Response:
        # `conditional` answers `Range`, by which browsers jump within the recording.
        return send_file(recording_of(id, number), mimetype="audio/wav", conditional=True)

    @expose("/export.csv", methods=("POST",))
    @needs(Permission.EXPORT_CALLS)
    def export(self) -> Response:
        asked = wanted.read(request.form, the_panel().zone)
        record("export", "calls", after={name: text for name, text in asked.form.items() if text})
        answer = Response(table(asked.wanted, the_panel().zone), mimetype="text/csv")
        name = f"calls-{datetime.now(the_panel().zone):%Y-%m-%d}.csv"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _page(self, template: str, **facts: Any) -> str:
        words = {
            "states": telling.state_words(),
            "state_notes": telling.state_notes(),
            "looks": telling.LOOKS,
            "directions": telling.directions(),
            "caller": telling.caller,
            "length": telling.length,
            "seconds_of": telling.seconds_of,
            "waited": telling.waited,
            "sound": telling.sound,
        }
        return str(self.render(template, **words, **facts))
