"""Bases of all views: who may see which page, what is kept of a change, what a list may do."""

from collections.abc import Mapping
from typing import Any, ClassVar

import peewee
from flask import flash
from flask_admin import BaseView
from flask_admin.babel import gettext as admin_text
from flask_admin.contrib.peewee import ModelView
from flask_admin.contrib.peewee.form import CustomModelConverter
from flask_admin.form import BaseForm
from flask_wtf import FlaskForm

from store.database import database

from .access.current import may
from .access.guard import Need, told_need
from .access.roles import Permission
from .audit import record, state_of
from .plain_cells import harmless

CHANGING = frozenset({"create_view", "edit_view", "delete_view", "action_view", "ajax_update"})
"""Pages of a `RecordsView` that change something."""
MOST_PAGES = 10_000


class PanelView(BaseView):
    """A view of pages of its own: each asks for `see`, or for what its `@needs` tells."""

    see: ClassVar[Permission]

    def need_of(self, page: str) -> Need | None:
        return told_need(getattr(type(self), page, None)) or self.see

    def is_accessible(self) -> bool:
        """Whether the menu shows it."""
        return may(self.see)

    def _handle_view(self, name: str, **given: Any) -> None:
        """The door has judged already, and for each page by what that page asks for."""


class PanelForm(BaseForm):
    """A form whose answers need this session's CSRF token."""

    class Meta(FlaskForm.Meta):
        pass


class RecordsView(ModelView):
    """Rows of one model: listed for `see`, changed for `change`; every change is kept."""

    see: ClassVar[Permission]
    change: ClassVar[Permission]
    subject: ClassVar[str]
    """What the audit log calls a row."""

    form_base_class = PanelForm
    can_view_details = True
    can_delete = False  # flask-admin deletes recursively: only where nothing hangs on the rows
    named_filter_urls = True
    page_size = 50
    can_set_page_size = False
    list_template = "panel/list.html"
    create_template = "panel/form.html"
    edit_template = "panel/form.html"
    details_template = "panel/details.html"
    model_form_converter = CustomModelConverter

    def need_of(self, page: str) -> Need | None:
        return told_need(getattr(type(self), page, None)) or (
            self.change if page in CHANGING else self.see
        )

    def is_accessible(self) -> bool:
        return may(self.see)

    @property
    def may_change(self) -> bool:
        return may(self.change)

    def _get_list_extra_args(self) -> Any:
        """Any page may be asked for; PostgreSQL refuses one before the first, or far beyond."""
        asked = super()._get_list_extra_args()
        asked.page = min(max(asked.page, 0), MOST_PAGES)
        return asked

    def create_model(self, form: Any) -> Any:
        with database.atomic() as transaction:
            model = super().create_model(form)
            if not model:
                transaction.rollback()
                return model
            record("create", self.subject, self.get_pk_value(model), None, self.kept(model))
        return model

    def update_model(self, form: Any, model: Any) -> bool:
        before = self.kept(model)
        with database.atomic() as transaction:
            if not super().update_model(form, model):
                transaction.rollback()
                return False
            record("change", self.subject, self.get_pk_value(model), before, self.kept(model))
        return True

    def delete_model(self, model: Any) -> bool:
        before = self.kept(model)
        with database.atomic() as transaction:
            if not super().delete_model(model):
                transaction.rollback()
                return False
            record("delete", self.subject, self.get_pk_value(model), before, None)
        return True

    def kept(self, model: peewee.Model) -> Mapping[str, Any]:
        """What the audit log keeps of a row."""
        return state_of(model)

    def handle_view_exception(self, exc: Exception) -> bool:
        if isinstance(exc, peewee.IntegrityError):
            flash(admin_text("Integrity error. %(message)s", message=str(exc)), "error")
            return True
        return bool(super().handle_view_exception(exc))

    def get_export_value(self, model: Any, name: str) -> Any:
        return harmless(super().get_export_value(model, name))

    def is_sortable(self, name: str) -> bool:
        return name in (self._sortable_columns or {})

    def _get_column_by_idx(self, idx: int | None) -> Any:
        """A `?sort=` that names no sortable column sorts nothing, rather than failing."""
        found = super()._get_column_by_idx(idx)
        return found if found is not None and self.is_sortable(found[0]) else None
