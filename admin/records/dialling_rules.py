"""What may be dialled: rules from the top, and a try-out that dials nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField

from admin.access.roles import Permission
from admin.panel import the_panel
from lines.dialling import Verdict, interchange, records
from lines.dialling.entry import RuleEntry
from store.errors import Mistake
from store.models import DiallingRule
from store.models.line import CostClass, Door

from . import cells
from .dialling_words import cost_names, door_names
from .entry_view import EntryForm
from .fields import ChoiceField, ListField
from .hours_field import HoursField
from .labels import LABELS
from .names import name_field
from .ordered import OrderedView

LONGEST = 64


def _costs() -> list[tuple[str, str]]:
    return [(str(cost), name) for cost, name in cost_names().items() if cost != CostClass.INSIDE]


def _doors() -> list[tuple[str, str]]:
    return [(str(door), name) for door, name in door_names().items()]


class RuleForm(EntryForm):
    name = name_field(_("For instance not-at-night. The log names it."))
    refuse = ChoiceField(
        _("What it does"),
        choices=[("", _("allows")), ("yes", _("refuses"))],
        description=_("The first rule that fits a number decides; without one it is refused."),
    )
    to = ListField(
        _("Numbers"),
        description=_("Beginnings with a * (+49*, 0171*), or whole numbers. Empty: any."),
    )
    countries = ListField(
        _("Countries"), description=_("As two letters: AT, CH. In addition to the numbers.")
    )
    classes = SelectMultipleField(
        _("Kinds of number"),
        choices=_costs,
        description=_(
            "None marked: the ordinary ones where it allows, all where it refuses. Premium, "
            "satellite and emergency numbers are only allowed if they are written out above."
        ),
    )
    doors = SelectMultipleField(
        _("For"), choices=_doors, description=_("Who wants to dial. None marked: everybody.")
    )
    hours = HoursField(_("Hours"), description=_("When the rule counts. All days empty: always."))


class DiallingRulesView(OrderedView):
    subject = "dialling rule"
    change = Permission.EDIT_DIALLING
    under = 3
    form = RuleForm
    list_template = "records/dialling.html"
    column_list = ("name", "refuse", "to", "countries", "classes", "doors", "hours")
    column_labels = LABELS
    column_formatters: ClassVar[dict[str, Any]] = {
        "refuse": lambda view, context, row, name: (
            cells.badge(gettext("refuses"), "bad")
            if row.refuse
            else cells.badge(gettext("allows"), "good")
        ),
        "to": cells.several,
        "countries": cells.several,
        "classes": lambda view, context, row, name: ", ".join(
            cost_names().get(CostClass(cost), cost) for cost in row.classes
        ),
        "doors": lambda view, context, row, name: ", ".join(
            door_names().get(Door(door), door) for door in row.doors
        ),
        "hours": cells.hours,
    }

    def __init__(self) -> None:
        super().__init__(
            DiallingRule,
            name=lazy_gettext("Dialling rules"),
            category=lazy_gettext("Records"),
            endpoint="dialling-rules",
            url="/records/dialling",
        )

    def given(self, form: Any, row: Any) -> dict[str, Any]:
        facts = super().given(form, row)
        return facts | {"refuse": facts["refuse"] == "yes"}

    def shown(self, row: Any) -> dict[str, Any]:
        facts = super().shown(row)
        return facts | {"refuse": "yes" if facts["refuse"] else ""}

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        document = {interchange.DIALLING: {"rules": {name: facts}}}
        content = interchange.gather(document, "")
        rules = content.dialling.rules.items() if content.dialling else ()
        return next(iter(rules), None), content.mistakes

    def entry(self, name: str) -> RuleEntry:
        return records.rulebook().rules[name]

    def keep_row(self, entry: Any, row: Any) -> Any:
        name, rule = entry
        records.keep_rule(name, rule)
        return DiallingRule.get(DiallingRule.name == name)

    def remove(self, name: str) -> None:
        DiallingRule.delete().where(DiallingRule.name == name).execute()

    def render(self, template: str, **given: Any) -> str:
        if template == self.list_template:
            given |= _tried() | {"doors": _doors()}
        return str(super().render(template, **given))


def _tried() -> dict[str, Any]:
    """What the door would say of the number that is asked for; nothing is dialled or counted."""
    asked = request.args.get("asked", "").strip()[:LONGEST]
    door = request.args.get("door", Door.DIAL)
    if not asked or door not in set(Door):
        return {"asked": asked, "verdict": None, "door": str(Door.DIAL)}
    verdict: Verdict = the_panel().records.dialling.look(asked, Door(door), "")
    cost = cost_names()[verdict.cost]
    return {"asked": asked, "verdict": verdict, "cost": cost, "door": door}
