"""One room while people are in it: who is there, who speaks, and the buttons beside."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, abort, flash, jsonify, make_response, redirect
from flask_admin import expose
from flask_babel import gettext as _

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.errors import PanelError
from admin.panel import the_panel
from admin.refusals import told
from admin.views import PanelView
from admin.wishes import wants_json
from lines.people import records as people
from lines.rooms import recordings
from lines.rooms.lookup import as_facts, numbers_of
from lines.rooms.ports import RoomFacts
from store.models import ConferenceRoom

from .acts import ACTS
from .glances import glances
from .outcomes import told_calls
from .wishes import wished

State = Mapping[str, Any]
ROW = "<int(max=2147483647):id>"
"""A row's number; larger ones than the store knows are 404."""


class LiveRoom(PanelView):
    """Pages of one room; part of the view of all of them."""

    see = Permission.SEE_ROOMS

    @expose(f"/{ROW}/")
    def room(self, id: int) -> str:
        """Server rendered first; the page's script then fetches `now` whenever there is news."""
        facts = known(id)
        state, away = self._state(facts)
        return str(
            self.render(
                "rooms/room.html",
                room=facts,
                state=state,
                away=away,
                people=people.entries().values(),
                recorded=recordings.of_room(facts.name)[:20],
            )
        )

    @expose(f"/{ROW}/now")
    def now(self, id: int) -> str:
        """The part of the page that changes. Raises `BoxAway`."""
        facts = known(id)
        return self._part(facts, _looked_at(facts))

    @expose(f"/{ROW}/act/<order>", methods=("POST",))
    @needs(Permission.RUN_ROOMS)
    def act(self, id: int, order: str) -> Response:
        """One order; what the dialling rules and the room refuse is told as it is."""
        facts, act = known(id), ACTS.get(order) or abort(404)
        given = act.read(wished())
        with told():
            found = the_panel().ask(act.verb, room=facts.name, **given)
        record(order, "live room", facts.name, None, given)
        words = told_calls(found) if order == "dial" else ""
        if not wants_json():
            flash(words or _("Done."), "success")
            return make_response(redirect(self.get_url(".room", id=id)))
        part = None if order == "dial" else self._part(facts, found)
        return jsonify(told=words, part=part)

    def _state(self, facts: RoomFacts) -> tuple[State | None, str]:
        """As the box tells it, or why it does not."""
        try:
            return _looked_at(facts), ""
        except PanelError as error:
            return None, str(error)

    def _part(self, facts: RoomFacts, state: State | None) -> str:
        return str(self.render("rooms/now.html", room=facts, state=state))


def _looked_at(facts: RoomFacts) -> State | None:
    """Raises `BoxAway`, `Refused`."""
    ask = partial(the_panel().ask, "rooms.who", room=facts.name)
    found: State | None = glances().glance(f"room {facts.id}", ask)
    return found


def known(id: int) -> RoomFacts:
    """404 for a room that is not there (any more)."""
    row = ConferenceRoom.get_or_none(ConferenceRoom.id == id) or abort(404)
    return as_facts(row, numbers_of(row))
