"""Desk phones: their numbers, and the passwords by which they register."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from pydantic import ValidationError

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from lines.phones import records
from lines.phones.entry import PhoneEntry
from store.database import writing
from store.errors import Mistake
from store.models import Mailbox, PersonNumber, SipPhone
from store.models.line import NumberKind

from . import cells
from .entry_view import EntryForm, EntryView
from .fields import TextField
from .labels import LABELS


class PhoneForm(EntryForm):
    number = TextField(
        _("Number"), description=_("What it registers as and is dialled by: 1 to 15 digits, 210.")
    )
    title = TextField(
        _("Full name"), description=_("Where it stands, for instance Culture. Optional.")
    )


class PhonesView(EntryView):
    subject = "phone"
    change = Permission.EDIT_DIALLING
    form = PhoneForm
    column_list = ("number", "title", "password")
    column_details_list = ("number", "title", "password")
    column_searchable_list = ("number", "title")
    column_sortable_list = ("number", "title")
    column_default_sort = "number"
    column_labels: ClassVar[dict[str, Any]] = {**LABELS, "password": _("Password")}
    column_formatters: ClassVar[dict[str, Any]] = {
        "password": lambda view, context, row, name: cells.set_or_not(row.password)
    }
    list_template = "records/phones.html"
    details_template = "records/phone.html"

    def __init__(self) -> None:
        super().__init__(
            SipPhone,
            name=lazy_gettext("Phones"),
            category=lazy_gettext("Records"),
            endpoint="phones",
            url="/records/phones",
        )

    def named(self, row: Any) -> str:
        return str(row.number)

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        number = name or str(facts.get("number", ""))
        try:
            entry = PhoneEntry.model_validate({**facts, "number": number})
        except ValidationError as error:
            return None, [
                Mistake("", 0, one["msg"], ("", "", *one["loc"])) for one in error.errors()
            ]
        if not name and self._is_known(number):
            return None, [Mistake("", 0, gettext("This number is taken."), ("", "", "number"))]
        return entry, ()

    def edit_form(self, obj: Any = None) -> Any:
        form = super().edit_form(obj)
        if obj is not None:
            form["number"].data = obj.number
            form["number"].render_kw = {"readonly": True}
        return form

    def entry(self, name: str) -> PhoneEntry:
        row = SipPhone.get(SipPhone.number == name)
        return PhoneEntry(number=row.number, title=row.title)

    def keep_row(self, entry: Any, row: Any) -> Any:
        return records.keep(entry)

    def remove(self, name: str) -> None:
        records.remove(name)

    def uses(self, row: Any) -> Sequence[str]:
        is_phone = (PersonNumber.kind == NumberKind.PHONE) & (PersonNumber.number == row.number)
        people = PersonNumber.select().where(is_phone)
        boxes = [box for box in Mailbox.select() if row.number in box.phones]
        return [
            *(gettext("person %(name)s", name=number.person.name) for number in people),
            *(gettext("lamp of mailbox %(name)s", name=box.name) for box in boxes),
        ]

    def render(self, template: str, **given: Any) -> str:
        if template == self.list_template:
            given["fixed"] = the_panel().records.phones
        return str(super().render(template, **given))

    @expose("/password", methods=("POST",))
    @needs(Permission.EDIT_DIALLING)
    def password_view(self) -> str:
        row = self.row_or_404(request.form.get("id", ""))
        with writing():
            password = records.new_password(row.number)
            record("password", self.subject, row.number)
        whose = gettext("Phone %(number)s", number=row.number)
        what = gettext("The new password:")
        return str(
            self.render("records/secret.html", row=row, whose=whose, what=what, secret=password)
        )

    def _is_taken(self, name: str) -> bool:
        return False

    def _is_known(self, number: str) -> bool:
        known = SipPhone.select().where(SipPhone.number == number).exists()
        return bool(known) or number in the_panel().records.phones
