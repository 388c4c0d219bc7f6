"""Rows that are kept by way of an entry: its rules hold in forms as in the paper's file."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import abort, flash, redirect, url_for
from flask_admin.helpers import get_form_data
from flask_admin.model.typefmt import BASE_FORMATTERS as DEFAULT_FORMATTERS
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from admin.views import PanelForm, RecordsView
from desk.errors import DeskError
from lines.errors import LinesError
from store.database import writing
from store.errors import Mistake, StoreAway, StoreError
from voicemail.errors import VoicemailError

from . import faults
from .cells import yes_or_no
from .fields import data_of, facts_of

REFUSALS = (LinesError, VoicemailError, DeskError, StoreError)
"""Whose words are fit for whoever sent a form."""
LARGEST_ID = 2**31 - 1


class EntryForm(PanelForm):
    """Its fields have the names of the entry's facts."""


class EntryView(RecordsView):
    """A subject of the records. Entries have a name, which stays what it is."""

    see = Permission.SEE_RECORDS
    change = Permission.EDIT_RECORDS
    can_delete = True
    under: ClassVar[int] = 2
    """How many keys lead to the entry in the paper's file."""
    column_type_formatters_detail: ClassVar[dict[type, Any]] = {
        **DEFAULT_FORMATTERS,
        bool: yes_or_no,
    }
    create_template = "records/form.html"
    edit_template = "records/form.html"

    # What each subject tells.

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        """The entry, None with mistakes. By the rules of the paper's file."""
        raise NotImplementedError

    def keep(self, entry: Any) -> None:
        """Add it, or change the one of its name. Within the caller's transaction."""
        raise NotImplementedError

    def entry(self, name: str) -> Any:
        """The entry that is kept under a name."""
        raise NotImplementedError

    def remove(self, name: str) -> None:
        raise NotImplementedError

    def uses(self, row: Any) -> Sequence[str]:
        """Who would miss it, in words."""
        return ()

    def given(self, form: Any, row: Any) -> dict[str, Any]:
        """The entry's facts as a form gives them."""
        facts = facts_of(form)
        facts.pop("name", None)
        return facts

    def shown(self, row: Any) -> dict[str, Any]:
        """A row's facts as a form shows them."""
        return data_of(self.entry(self.named(row)).model_dump(mode="json"))

    def named(self, row: Any) -> str:
        """By what the row is asked for."""
        return str(row.name)

    # What flask-admin asks for.

    def get_one(self, id: Any) -> Any:
        text = str(id)
        is_number = text.isascii() and text.isdigit() and len(text) <= 10
        return super().get_one(int(text)) if is_number and int(text) <= LARGEST_ID else None

    def row_or_404(self, id: Any) -> Any:
        row = self.get_one(id)
        if row is None:
            abort(404)
        return row

    def to_details(self, row: Any) -> Response:
        return redirect(url_for(f"{self.endpoint}.details_view", id=row.id))

    def edit_form(self, obj: Any = None) -> Any:
        data = self.shown(obj) if obj is not None else {}
        form = self._edit_form_class(get_form_data(), obj=None, data=data)
        form._obj = obj
        if "name" in form and obj is not None:
            form["name"].data = obj.name
            form["name"].render_kw = {"readonly": True}
        return form

    def validate_form(self, form: Any) -> bool:
        if not super().validate_form(form):
            return False
        return self._follows_rules(form) if isinstance(form, EntryForm) else True

    def create_model(self, form: Any) -> Any:
        return self._kept(form, None)

    def update_model(self, form: Any, model: Any) -> bool:
        return bool(self._kept(form, model))

    def delete_model(self, model: Any) -> bool:
        if users := self.uses(model):
            named = ", ".join(users)
            flash(_("This is still in use, so it stays: %(users)s", users=named), "error")
            return False
        try:
            with writing():
                before = self.kept(model)
                self.remove(self.named(model))
                record("delete", self.subject, self.named(model), before, None)
        except StoreAway:
            raise
        except REFUSALS as error:
            flash(str(error), "error")
            return False
        announce()
        return True

    def kept(self, model: Any) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self.entry(self.named(model)).model_dump(mode="json")
        return facts

    def _follows_rules(self, form: Any) -> bool:
        row = form._obj
        name = self.named(row) if row is not None else _name_in(form)
        form.entry, mistakes = self.look(name, self.given(form, row))
        faults.tell(form, mistakes, self.under)
        is_taken = row is None and self._is_taken(name)
        if is_taken:
            faults.put(form, ("name",), _("This name is taken."))
        return not mistakes and not is_taken and form.entry is not None

    def _kept(self, form: Any, row: Any) -> Any:
        try:
            with writing():
                found = self._recorded(form.entry, row)
        except StoreAway:
            raise
        except REFUSALS as error:
            faults.put(form, (), str(error))
            return None
        announce()
        return found

    def _recorded(self, entry: Any, row: Any) -> Any:
        before = self.kept(row) if row is not None else None
        found = self.keep_row(entry, row)
        act = "change" if row is not None else "create"
        record(act, self.subject, self.named(found), before, self.kept(found))
        return found

    def keep_row(self, entry: Any, row: Any) -> Any:
        """The row that an entry has become. `row`: the one that is changed, if any."""
        self.keep(entry)
        return self.model.get(self.model.name == entry.name)

    def _is_taken(self, name: str) -> bool:
        return bool(self.model.select().where(self.model.name == name).exists())

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        return url_for(f"{self.endpoint}.index_view")


def _name_in(form: Any) -> str:
    return str(form["name"].data or "") if "name" in form else ""


def announce() -> None:
    """Have the callbox take up what changed; when it is not running, the user is told."""
    if not the_panel().records.announce():
        flash(_("The box is not running; it will know of this when it starts."), "warning")
