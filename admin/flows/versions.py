"""`/flows/versions/<flow>`: all its versions, their differences, publishing and rolling back."""

from flask import Response, flash, make_response, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as Answer

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.errors import Refused
from admin.panel import the_panel
from admin.views import PanelView
from store import flows
from store.errors import NothingToRollBack
from store.models import FlowVersion

from .finding import version_or_404
from .given import LONGEST_NOTE, given_number
from .history import MOST, history_of
from .publishing import chosen, drafts_beside, go_live, rehearsed, roll_back


class FlowVersions(PanelView):
    see = Permission.SEE_FLOWS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Versions"), endpoint="flow_versions", url="/flows/versions"
        )

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Answer:
        return redirect(url_for("flows.index"))

    @expose("/<flow>")
    def page(self, flow: str) -> str:
        version_or_404(flow)
        return str(
            self.render("flows/versions.html", flow=flow, history=history_of(flow), most=MOST)
        )

    @expose("/<flow>/compare")
    def compare(self, flow: str) -> str:
        """`a` and `b` are numbers; without them the live version and the newest."""
        newest, live = version_or_404(flow), flows.live(flow)
        left = _asked(flow, "a") or live or newest
        right = _asked(flow, "b") or newest
        numbers = [version.number for version in history_of(flow).versions]
        page = self.render(
            "flows/compare.html", flow=flow, left=left, right=right, numbers=numbers, live=live
        )
        return str(page)

    @expose("/<flow>/<int:number>.yaml")
    def text(self, flow: str, number: int) -> Response:
        answer = make_response(version_or_404(flow, number).text)
        answer.mimetype = "application/yaml"
        answer.headers["Content-Disposition"] = f'attachment; filename="{flow}.yaml"'
        return answer

    @expose("/<flow>/publish", methods=("GET", "POST"))
    @needs(Permission.PUBLISH_FLOWS)
    def publish(self, flow: str) -> str | Answer:
        """Check, run the test calls, show both; a POST then publishes, if all is well."""
        version = _asked(flow, "version") or version_or_404(flow)
        together = chosen(version)
        rehearsal = rehearsed(together)
        note = request.form.get("note", "")[:LONGEST_NOTE]
        if request.method == "POST" and rehearsal.passed:
            flash(go_live(together, note), "success")
            return redirect(url_for(".page", flow=flow))
        page = self.render(
            "flows/publish.html",
            flow=flow,
            version=version,
            live=flows.live(flow),
            together=together,
            rehearsal=rehearsal,
            beside=drafts_beside(flow, the_panel().zone),
            note=note,
        )
        return str(page)

    @expose("/<flow>/roll-back", methods=("POST",))
    @needs(Permission.PUBLISH_FLOWS)
    def roll_back(self, flow: str) -> Answer:
        version_or_404(flow)
        try:
            flash(roll_back(flow), "success")
        except NothingToRollBack as error:
            raise Refused(gettext("No version was live before this one.")) from error
        return redirect(url_for(".page", flow=flow))


def _asked(name: str, field: str) -> FlowVersion | None:
    given = request.values.get(field)
    return version_or_404(name, given_number(given)) if given else None
