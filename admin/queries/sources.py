"""Data sources: where the paper's own data lie. Passwords go in, and never come out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit, urlunsplit

from flask import flash, request
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.panel import the_panel
from admin.records.entry_view import EntryForm, EntryView
from admin.records.fields import HIDDEN, SecretField, TextField
from admin.records.labels import LABELS
from admin.records.names import name_field
from desk import reading, records
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import QueryOutcome
from store.errors import Mistake
from store.models import DataSource, SavedQuery


class UrlField(TextField):
    """An address whose password is not sent back."""

    def _value(self) -> str:
        return without_password(self.data or "")


class SourceForm(EntryForm):
    name = name_field(_("Queries call it by this, for instance paper. It stays as it is."))
    url = UrlField(
        _("Where it is"),
        description=_(
            "sqlite:///file.db, postgresql://user@host/database or mysql://user@host/database. "
            "Give the box a database account that can only read."
        ),
    )
    password = SecretField(
        _("Password"), description=_("Empty: the one that is kept, or none. It is never shown.")
    )
    password_env = TextField(
        _("Or a variable that holds the password"),
        description=_("The name of an environment variable of the box. Optional."),
    )


class SourcesView(EntryView):
    subject = "data source"
    change = Permission.EDIT_SOURCES
    form = SourceForm
    column_list = ("name", "url")
    column_details_list = ("name", "url", "password_env")
    column_searchable_list = ("name",)
    column_sortable_list = ("name",)
    column_default_sort = "name"
    column_labels = LABELS
    column_formatters: ClassVar[dict[str, Any]] = {
        "url": lambda view, context, row, name: without_password(row.url)
    }
    details_template = "queries/source.html"

    def __init__(self) -> None:
        super().__init__(
            DataSource,
            name=lazy_gettext("Data sources"),
            category=lazy_gettext("Records"),
            endpoint="sources",
            url="/records/sources",
        )

    def given(self, form: Any, row: Any) -> dict[str, Any]:
        facts = super().given(form, row)
        password = facts.pop("password", "")
        if password:
            facts["url"] = with_password(facts["url"], password)
        return facts

    def shown(self, row: Any) -> dict[str, Any]:
        return {"url": without_password(row.url), "password_env": row.password_env}

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        document = {"sources": {name: facts}}
        found = reading.content(document, "", records.sources(), the_panel().home)
        return found.sources.get(name), found.mistakes

    def entry(self, name: str) -> Source:
        return records.as_source(DataSource.get(DataSource.name == name))

    def kept(self, model: Any) -> Mapping[str, Any]:
        source = self.entry(model.name)
        return {"name": source.name, "url": source.shown_url, "password_env": source.password_env}

    def keep(self, entry: Any) -> None:
        records.keep_sources([entry])

    def remove(self, name: str) -> None:
        records.remove_source(name)

    def uses(self, row: Any) -> Sequence[str]:
        asking = SavedQuery.select(SavedQuery.name).where(SavedQuery.source == row)
        return [gettext("query %(name)s", name=query.name) for query in asking]

    @expose("/check", methods=("POST",))
    @needs(Permission.TRY_QUERIES)
    def check_view(self) -> Response:
        """Whether it answers at all, with the rights that it should have."""
        row = self.row_or_404(request.form.get("id", ""))
        question = Query(
            name="check", source=row.name, sql="SELECT 1 AS answer", row_limit=1, time_limit=5.0
        )
        result = the_panel().records.ask(question, records.as_source(row), {})
        if result.outcome is QueryOutcome.ERROR:
            flash(gettext("It does not answer: %(why)s", why=result.error), "error")
        else:
            flash(gettext("It answers."), "success")
        return self.to_details(row)


def without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.password is None:
            return url
        netloc = f"{parts.username or ''}:{HIDDEN}@{parts.netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=netloc))
    except ValueError:
        return ""


def with_password(url: str, password: str) -> str:
    """The same address with this password; one that is no address stays as it is."""
    try:
        parts = urlsplit(url)
        user = parts.username or ""
    except ValueError:
        return url
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{address}"))
