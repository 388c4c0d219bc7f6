"""Rows in an order that people choose: the first that fits counts."""

from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from werkzeug.wrappers import Response

from admin.audit import record
from store import positions
from store.database import writing

from .entry_view import EntryView, announce


class OrderedView(EntryView):
    """Listed in their order, with a button to move each of them."""

    list_template = "records/ordered.html"
    column_default_sort = "position"
    column_sortable_list = ()
    can_view_details = False
    page_size = 200

    def get_query(self) -> Any:
        return self.model.select().order_by(self.model.position, self.model.id)

    @expose("/move", methods=("POST",))
    def move_view(self) -> Response:
        row = self.row_or_404(request.form.get("id", ""))
        up = request.form.get("way") == "up"
        with writing():
            positions.move(row, up=up)
            moved = {"moved": "up" if up else "down"}
            record("change", self.subject, self.named(row), None, moved)
        announce()
        return redirect(url_for(f"{self.endpoint}.index_view"))

    def need_of(self, page: str) -> Any:
        return self.change if page == "move_view" else super().need_of(page)
