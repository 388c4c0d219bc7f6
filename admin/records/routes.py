"""Which flow answers which number, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext
from flask_babel import lazy_gettext as _

from admin.panel import the_panel
from desk import reading
from desk.reading import RouteLine
from store import routes
from store.errors import Mistake
from store.models import Flow, Route

from . import cells
from .entry_view import EntryForm
from .fields import ChoiceField, TextField
from .hours_field import HoursField
from .labels import LABELS
from .ordered import OrderedView

LONGEST = 64


def _flows() -> list[tuple[str, Any]]:
    """Those that there are, and those that routes name already."""
    names = {flow.name for flow in Flow.select(Flow.name)}
    for route in Route.select(Route.flow, Route.closed):
        names |= {route.flow, route.closed} - {""}
    return [(name, name) for name in sorted(names)]


def _flows_or_none() -> list[tuple[str, Any]]:
    return [("", _("the next line of the list that fits")), *_flows()]


class RouteForm(EntryForm):
    number = TextField(
        _("Number"),
        description=_("What callers dial: 100. With a * at the end also what begins so: 1*."),
    )
    flow = ChoiceField(_("Flow"), choices=_flows, description=_("What answers the call."))
    hours = HoursField(
        _("Hours"),
        description=_("When it answers, for instance 08:00-18:00. All days empty: always."),
    )
    closed = ChoiceField(
        _("Otherwise"), choices=_flows_or_none, description=_("What answers outside these hours.")
    )


class RoutesView(OrderedView):
    subject = "route"
    form = RouteForm
    under = 2
    list_template = "records/routes.html"
    column_list = ("number", "flow", "hours", "closed")
    column_labels = LABELS
    column_formatters: ClassVar[dict[str, Any]] = {"hours": cells.hours}

    def __init__(self) -> None:
        super().__init__(
            Route,
            name=lazy_gettext("Numbers"),
            category=lazy_gettext("Records"),
            endpoint="routes",
            url="/records/routes",
        )

    def named(self, row: Any) -> str:
        return str(row.id)

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        found = reading.content({"routes": [facts]}, "", {}, Path())
        return next(iter(found.routes or ()), None), found.mistakes

    def entry(self, name: str) -> RouteLine:
        row = Route.get_by_id(int(name))
        facts = {fact: getattr(row, fact) for fact in RouteLine.model_fields}
        return RouteLine.model_validate(facts)

    def keep_row(self, entry: Any, row: Any) -> Any:
        return routes.save(row, entry.model_dump())

    def remove(self, name: str) -> None:
        Route.delete().where(Route.id == int(name)).execute()

    def _is_taken(self, name: str) -> bool:
        return False

    def render(self, template: str, **given: Any) -> str:
        if template == self.list_template:
            asked = request.args.get("asked", "").strip()[:LONGEST]
            given |= {"asked": asked, "answers": asked and _answers(asked)}
        return str(super().render(template, **given))


def _answers(number: str) -> str:
    return routes.route_for(number, datetime.now(the_panel().zone)) or ""
