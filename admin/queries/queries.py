"""Named queries: what flows may ask the paper's databases."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext

from admin.access.roles import Permission
from admin.panel import the_panel
from admin.records.entry_view import EntryView
from admin.records.labels import LABELS
from desk import reading, records
from desk.query import Query
from store.errors import Mistake
from store.models import SavedQuery

from .query_form import QueryForm, as_facts, as_form
from .trying import TryPages


class QueriesView(TryPages, EntryView):
    subject = "query"
    change = Permission.EDIT_SOURCES
    form = QueryForm
    column_list = ("name", "source", "note", "time_limit")
    column_details_list = ("name", "source", "note", "sql", "time_limit", "row_limit")
    column_searchable_list = ("name", "note", "sql")
    column_sortable_list = ("name", "time_limit")
    column_default_sort = "name"
    column_labels = LABELS
    column_formatters: ClassVar[dict[str, Any]] = {
        "source": lambda view, context, row, name: row.source.name,
        "time_limit": lambda view, context, row, name: f"{row.time_limit:g}",
    }
    details_template = "queries/query.html"

    def __init__(self) -> None:
        super().__init__(
            SavedQuery,
            name=lazy_gettext("Queries"),
            category=lazy_gettext("Records"),
            endpoint="queries",
            url="/records/queries",
        )

    def given(self, form: Any, row: Any) -> dict[str, Any]:
        return as_facts(super().given(form, row))

    def shown(self, row: Any) -> dict[str, Any]:
        return dict(as_form(self.entry(row.name)))

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        document = {"queries": {name: facts}}
        found = reading.content(document, "", records.sources(), the_panel().home)
        return found.queries.get(name), found.mistakes

    def entry(self, name: str) -> Query:
        return records.as_query(SavedQuery.get(SavedQuery.name == name))

    def keep(self, entry: Any) -> None:
        records.keep_queries([entry])

    def remove(self, name: str) -> None:
        records.remove_query(name)

    def uses(self, row: Any) -> Sequence[str]:
        flows = the_panel().records.flows_needing("query", [row.name])
        return [gettext("flow %(name)s", name=flow) for flow in flows]
