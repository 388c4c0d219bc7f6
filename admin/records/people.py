"""People of the paper, and the numbers by which they are reached."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from admin.panel import the_panel
from lines.people import interchange, records
from lines.people.entry import Entry
from store.errors import Mistake
from store.models import ExpertSession, PanelUser, Person, PersonNumber
from store.models.expert import SessionState
from store.models.line import NumberKind

from .entry_view import EntryForm, EntryView
from .fields import (
    ChoiceField,
    NumberField,
    Row,
    RowsField,
    TextField,
    TickField,
    YesNoField,
)
from .labels import LABELS
from .languages import language_field
from .names import name_field

KINDS = [
    (NumberKind.PHONE.value, _("a desk phone of the house")),
    (NumberKind.OUTSIDE.value, _("a number outside")),
]


class NumberRow(Row):
    key = "number"
    kind = ChoiceField(_("Kind"), choices=KINDS)
    number = TextField(_("Number"))
    ring_seconds = NumberField(_("Rings for (seconds)"))
    confirm = YesNoField(_("Must press a key to take the call"))


class PersonForm(EntryForm):
    name = name_field(_("Flows call this person by it, for instance anna. It stays as it is."))
    title = TextField(
        _("Full name"), description=_("What callers hear this person called: Anna Berg.")
    )
    language = language_field(_("In which the person is spoken to when a call comes in."))
    mail = TextField(_("Mail address"), description=_("For invitations and messages. Optional."))
    numbers = RowsField(
        NumberRow,
        _("Numbers"),
        description=_(
            "Tried in this order. Outside numbers ask whoever picks up to press 1, so that no "
            "answering machine takes the call. Empty a line to remove it."
        ),
    )
    at_once = TickField(
        _("Ring all numbers together"), description=_("Otherwise one after the other.")
    )


class PeopleView(EntryView):
    subject = "person"
    form = PersonForm
    column_list = ("name", "title", "numbers", "language", "mail")
    column_searchable_list = ("name", "title", "mail")
    column_default_sort = "name"
    column_labels = LABELS
    column_sortable_list = ("name", "title", "language", "mail")
    column_details_list = ("name", "title", "numbers", "language", "mail", "at_once")

    def __init__(self) -> None:
        super().__init__(
            Person,
            name=lazy_gettext("People"),
            category=lazy_gettext("Records"),
            endpoint="people",
            url="/records/people",
        )
        self.column_formatters = {"numbers": _numbers}

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        document = {interchange.SECTION: {name: facts}}
        content = interchange.gather(document, "", the_panel().records.country)
        return next(iter(content.entries), None), content.mistakes

    def keep(self, entry: Any) -> None:
        records.keep([entry])

    def entry(self, name: str) -> Entry | None:
        return records.find(name)

    def remove(self, name: str) -> None:
        records.remove(name)

    def uses(self, row: Any) -> Sequence[str]:
        phones = [n.number for n in row.numbers if n.kind == NumberKind.PHONE]
        flows = the_panel().records.flows_needing("person", [row.name, *phones])
        users = PanelUser.select().where(PanelUser.person == row.name)
        return [
            *(gettext("flow %(name)s", name=flow) for flow in flows),
            *(gettext("user %(name)s", name=user.name) for user in users),
            *_sessions(row),
        ]


def _sessions(row: Person) -> list[str]:
    """Hours that are still to come."""
    mine = (ExpertSession.expert == row) | (ExpertSession.host == row)
    open_ones = ExpertSession.state.in_(
        [SessionState.SCHEDULED, SessionState.OPEN, SessionState.LIVE]
    )
    found = ExpertSession.select().where(mine & open_ones).limit(5)
    return [gettext("expert's hour %(topic)s", topic=hour.topic) for hour in found]


def _numbers(view: Any, context: Any, row: Person, name: str) -> Markup:
    mine = PersonNumber.select().where(PersonNumber.person == row)
    ordered = mine.order_by(PersonNumber.position, PersonNumber.id)
    return Markup(", ").join(found.number for found in ordered)
