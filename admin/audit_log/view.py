"""`/audit-log/`: every change, by whom, when, from what to what."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request, stream_with_context
from flask_admin import expose
from flask_babel import lazy_gettext

from admin.access.roles import Permission
from admin.panel import the_panel
from admin.plain_cells import harmless
from admin.views import PanelView
from store.database import database
from store.models import AuditEntry

from .differences import differences
from .search import Wish, choices, found

PAGE = 50
MOST_EXPORTED = 200_000
COLUMNS = ("at", "user", "address", "action", "subject", "subject_id", "before", "after")


class AuditLog(PanelView):
    see = Permission.SEE_AUDIT

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Audit log"),
            category=lazy_gettext("Box"),
            endpoint="auditlog",
            url="/audit-log",
        )

    @expose("/")
    def index(self) -> Any:
        wish, zone = Wish.of(request.args), the_panel().zone
        before = request.args.get("before", 0, type=int)
        rows = list(found(wish, zone, before).limit(PAGE + 1))
        older = rows[PAGE - 1].id if len(rows) > PAGE else None
        return self.render(
            "audit_log/list.html",
            rows=rows[:PAGE],
            wish=wish,
            older=older,
            is_first=before <= 0,
            differences=differences,
            users=choices(AuditEntry.user),
            subjects=choices(AuditEntry.subject),
            actions=choices(AuditEntry.action),
        )

    @expose("/export")
    def export(self) -> Response:
        """What the search finds, as a table for a spreadsheet."""
        query = found(Wish.of(request.args), the_panel().zone).limit(MOST_EXPORTED)
        answer = Response(stream_with_context(_table(query)), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
        return answer


def _table(query: Any) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)  # spreadsheets take it for UTF-8 by this mark
    with database.connection_context():
        for entry in query.iterator():
            yield _line(harmless(_cell(getattr(entry, name))) for name in COLUMNS)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
