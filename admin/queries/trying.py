"""A query tried out: what it finds, and how that would be spoken."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_admin import expose
from flask_babel import gettext as _

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.panel import the_panel
from admin.records.languages import SPOKEN
from desk import records
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import QueryOutcome, QueryResult
from store.models import SavedQuery

from .spoken import Preview, preview, usual_sentence

LONGEST = 1_000
"""Characters of a parameter that is tried, as of any parameter."""
MOST_SHOWN = 100
"""Rows on the page."""
LONGEST_CELL = 300


class TryPages:
    """Pages of the view of queries."""

    row_or_404: Any
    render: Any

    @expose("/try", methods=("GET", "POST"))
    @needs(Permission.TRY_QUERIES)
    def try_view(self) -> str:
        row: SavedQuery = self.row_or_404(request.args.get("id", ""))
        query, source = records.as_query(row), records.as_source(row.source)
        page: dict[str, Any] = {"row": row, "query": query, "languages": SPOKEN}
        page |= {"given": {}, "result": None, "said": None, "language": "en", "sentence": ""}
        if request.method == "POST":
            page |= _tried(query, source)
        return str(self.render("queries/try.html", **page))


def _tried(query: Query, source: Source) -> dict[str, Any]:
    asked = request.form.get("language", "en")
    language = asked if asked in dict(SPOKEN) else "en"
    given = {name: request.form.get(f"with-{name}", "")[:LONGEST] for name in query.parameters}
    result = the_panel().records.ask(query, source, given)
    columns = list(result.rows[0]) if result.rows else []
    sentence = request.form.get("sentence", "").strip() or usual_sentence(columns)
    return {
        "given": given,
        "result": result,
        "outcome": _outcome(result),
        "columns": columns,
        "rows": _rows(result, columns),
        "language": language,
        "sentence": sentence,
        "said": _said(sentence, result, language),
    }


def _outcome(result: QueryResult) -> tuple[str, str]:
    """Words, and whether they are good."""
    return {
        QueryOutcome.OK: (_("Found."), "good"),
        QueryOutcome.EMPTY: (_("Nothing was found."), "odd"),
        QueryOutcome.STALE: (_("What was found is too old to be told."), "odd"),
        QueryOutcome.ERROR: (_("It could not be asked:"), "bad"),
    }[result.outcome]


def _rows(result: QueryResult, columns: Sequence[str]) -> list[list[str]]:
    return [
        ["" if row[column] is None else str(row[column])[:LONGEST_CELL] for column in columns]
        for row in result.rows[:MOST_SHOWN]
    ]


def _said(sentence: str, result: QueryResult, language: str) -> Preview | None:
    if not result.rows:
        return None
    return preview(sentence, result.rows, the_panel().paper, language)
