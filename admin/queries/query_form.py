"""The form of a query: its SQL, what callers may fill in, and how old the facts may be."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from admin.records.entry_view import EntryForm
from admin.records.fields import (
    ChoiceField,
    LongField,
    NumberField,
    Row,
    RowsField,
    TextField,
    TickField,
)
from admin.records.names import name_field
from desk.durations import written
from desk.parameters import Type
from desk.query import Query
from store.models import DataSource

KINDS = [
    (Type.DIGITS.value, _("digits")),
    (Type.TEXT.value, _("a text")),
    (Type.INTEGER.value, _("a whole number")),
    (Type.DECIMAL.value, _("a number")),
    (Type.DATE.value, _("a date")),
]
FRESH = ("fresh_column", "fresh_sql", "fresh_max_age")


def _sources() -> list[tuple[str, str]]:
    named = DataSource.select(DataSource.name).order_by(DataSource.name)
    return [(source.name, source.name) for source in named]


class ParameterRow(Row):
    key = "name"
    name = TextField(_("Name, without the colon"))
    type = ChoiceField(_("What it is"), choices=KINDS)
    max_length = NumberField(_("Most characters"))
    pattern = TextField(_("Must look like (regular expression)"))
    default = NumberField(_("If it is not given"))
    optional = TickField(_("May be missing"))


class QueryForm(EntryForm):
    name = name_field(_("Flows ask by it, for instance subscription. It stays as it is."))
    source = ChoiceField(_("Data source"), choices=_sources, description=_("Which to ask."))
    note = TextField(_("Note"), description=_("What it is for. Optional."))
    sql = LongField(
        _("Question in SQL"),
        description=_(
            "One SELECT. What a caller keyed stands there as :name; it is handed over apart from "
            "the question, so nothing that is keyed can change it."
        ),
        render_kw={"class": "code", "spellcheck": "false", "rows": "10"},
    )
    parameters = RowsField(
        ParameterRow,
        _("What is filled in"),
        description=_("Each :name of the question. Empty a line to remove it."),
    )
    row_limit = NumberField(
        _("Most rows"), default="20", description=_("Further ones are not fetched.")
    )
    time_limit = NumberField(
        _("Time limit"),
        default="2s",
        description=_("A caller is waiting: 500ms, 2s. Then the database is told to stop."),
    )
    fresh_max_age = NumberField(
        _("Oldest that may be told"),
        description=_("For instance 26h or 7d; older facts are not read out. Empty: any age."),
    )
    fresh_column = TextField(
        _("Column that tells the age"), description=_("A date and time in each row. Optional.")
    )
    fresh_sql = TextField(
        _("Or a question that tells it"),
        description=_("Gives one moment: SELECT max(changed_at) FROM paper. Optional."),
    )


def as_facts(form: dict[str, Any]) -> dict[str, Any]:
    """What the form says, as the paper's file has it."""
    column, sql, age = (form.pop(name, "") for name in FRESH)
    rows = form.pop("parameters", [])
    facts = form | {"parameters": {row.pop("name"): row for row in rows}}
    fresh = {"column": column, "sql": sql, "max_age": age}
    if any(fresh.values()):
        facts["fresh"] = {name: value for name, value in fresh.items() if value}
    return facts


def as_form(query: Query) -> Mapping[str, Any]:
    facts = query.model_dump(mode="json", exclude={"fresh", "parameters"})
    fresh = query.fresh
    return facts | {
        "time_limit": written(query.time_limit),
        "parameters": [
            {"name": name, **rule.model_dump(mode="json")}
            for name, rule in query.parameters.items()
        ],
        "fresh_column": fresh.column if fresh else "",
        "fresh_sql": fresh.sql if fresh else "",
        "fresh_max_age": written(fresh.max_age) if fresh else "",
    }
