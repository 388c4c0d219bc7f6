"""The host's desk and the screener's, while an hour is held."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, jsonify, make_response, redirect
from flask_admin import expose
from flask_babel import gettext as _

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import Refused
from admin.panel import the_panel
from admin.rooms.live_room import ROW
from admin.rooms.wishes import wished
from admin.views import PanelView
from admin.wishes import wants_json
from store.fields import now

from .held import State, held, known, state_of
from .orders import HOST, SCREENER, Read


class Desks(PanelView):
    """Pages of one hour that is held; part of the view of all of them."""

    see = Permission.SEE_HOURS

    @expose(f"/{ROW}/desk")
    @needs(Permission.HOST_HOURS)
    def desk(self, id: int) -> str:
        return self._page("hours/desk.html", id)

    @expose(f"/{ROW}/desk/now")
    @needs(Permission.HOST_HOURS)
    def desk_now(self, id: int) -> str:
        """The part of the page that changes. Raises `BoxAway`."""
        return self._part("hours/desk_now.html", id, state_of(id))

    @expose(f"/{ROW}/desk/<order>", methods=("POST",))
    @needs(Permission.HOST_HOURS)
    def host(self, id: int, order: str) -> Response:
        found = _ordered(id, order, HOST)
        return self._answer(id, found, ".desk", "hours/desk_now.html")

    @expose(f"/{ROW}/screening")
    @needs(Permission.SCREEN_HOURS)
    def screening(self, id: int) -> str:
        return self._page("hours/screening.html", id)

    @expose(f"/{ROW}/screening/now")
    @needs(Permission.SCREEN_HOURS)
    def screening_now(self, id: int) -> str:
        """As of the host's desk."""
        return self._part("hours/screening_now.html", id, state_of(id))

    @expose(f"/{ROW}/screening/<order>", methods=("POST",))
    @needs(Permission.SCREEN_HOURS)
    def screener(self, id: int, order: str) -> Response:
        found = _ordered(id, order, SCREENER)
        return self._answer(id, found, ".screening", "hours/screening_now.html")

    def _page(self, template: str, id: int) -> str:
        found = held(id)
        facts = {"hour": known(id), "state": found.state, "away": found.away, "now": now()}
        return str(self.render(template, **facts))

    def _part(self, template: str, id: int, state: State | None) -> str:
        return str(self.render(template, hour=known(id), state=state))

    def _answer(self, id: int, state: State, page: str, template: str) -> Response:
        if wants_json():
            return jsonify(part=self._part(template, id, state))
        flash(_("Done."), "success")
        return make_response(redirect(self.get_url(page, id=id)))


def _ordered(id: int, order: str, allowed: Mapping[str, Read]) -> State:
    """The hour as it is after the order. Raises `Refused`, `BoxAway`."""
    known(id)
    given: dict[str, Any] = (allowed.get(order) or abort(404))(wished())
    if allowed is SCREENER and order == "remove":
        _check_waits(id, given["question"])
    found: State = the_panel().ask(f"experts.{order}", session=id, **given)
    record(order.replace("_", " "), "expert's hour", id, None, given)
    return found


def _check_waits(session: int, question: str) -> None:
    """Who is on air is the host's. Raises `Refused`, `BoxAway`."""
    state = state_of(session) or {}
    if question not in {each["question"] for each in state.get("waiting", ())}:
        raise Refused(_("This caller does not wait any more."))
