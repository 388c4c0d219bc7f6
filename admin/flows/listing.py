"""`/flows/`: every flow with its state, new ones, import and export."""

import io
import zipfile

from flask import Response, flash, redirect, request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as Answer

from admin.access.current import user_name
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import PanelError, Refused
from admin.panel import the_panel
from admin.views import PanelView
from store import flows
from store.database import writing
from store.errors import DraftMovedOn

from .draft_mistakes import DraftMistakes
from .gallery import patterns
from .given import flow_name
from .standing import standings
from .taking_in import take_in


class FlowList(PanelView):
    see = Permission.SEE_FLOWS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Call flows"),
            category=lazy_gettext("Flows"),
            endpoint="flows",
            url="/flows",
        )
        self._mistakes = DraftMistakes()

    @expose("/")
    def index(self) -> str:
        found = standings(the_panel().zone)
        mistakes = self._mistakes.of(found)
        return str(self.render("flows/list.html", standings=found, mistakes=mistakes))

    @expose("/new", methods=("GET", "POST"))
    @needs(Permission.EDIT_FLOWS)
    def new(self) -> str | Answer:
        fault = ""
        if request.method == "POST":
            try:
                return redirect(url_for("flow_editor.page", flow=_made()))
            except PanelError as error:
                fault = str(error)
        given = request.form.get("name", "")
        return str(self.render("flows/new.html", patterns=patterns(), fault=fault, given=given))

    @expose("/import", methods=("GET", "POST"))
    @needs(Permission.EDIT_FLOWS)
    def take_in(self) -> str | Answer:
        taken = [take_in(file) for file in request.files.getlist("files")[:MOST_FILES]]
        for kept in taken:
            flash(str(kept), "success" if kept.version else "error")
        if any(kept.version for kept in taken):
            return redirect(url_for("flows.index"))
        return str(self.render("flows/import.html"))

    @expose("/export.zip")
    def give_out(self) -> Response:
        """What is live, each flow as a file; of flows that never were, the newest draft."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for standing in standings(the_panel().zone):
                number = (standing.live or standing.newest).number
                text = flows.version(standing.name, number).text
                archive.writestr(f"{standing.name}.yaml", text)
        packed.seek(0)
        return send_file(packed, "application/zip", as_attachment=True, download_name="flows.zip")


MOST_FILES = 100
"""Of one import."""


def _made() -> str:
    """The name of a new flow, kept as a first draft. Raises `Refused`."""
    name = flow_name(request.form.get("name", ""))
    wanted = request.form.get("pattern", "")
    pattern = next((one for one in patterns() if one.name == wanted), None)
    if pattern is None:
        raise Refused(gettext("Choose what to begin with."))
    try:
        with writing():
            version = flows.save_draft(name, pattern.called(name), author=user_name(), after=0)
            record("create", "flow", name, None, {"version": version.number, "from": pattern.name})
    except DraftMovedOn as error:
        raise Refused(gettext("There is a flow of that name already.")) from error
    return name
