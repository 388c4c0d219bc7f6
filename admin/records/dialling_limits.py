"""How many calls may be placed in an hour and in a day."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.views import PanelView
from lines.dialling import interchange, records
from lines.dialling.entry import OVERALL, DiallingEntry
from store.database import writing
from store.errors import Mistake

from .dialling_words import cost_names
from .entry_view import announce
from .faults import told

SPANS = records.LIMIT
MOST = 20
"""Characters of a figure that are looked at."""


class DiallingLimitsView(PanelView):
    see = Permission.SEE_RECORDS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Dialling limits"),
            category=lazy_gettext("Records"),
            endpoint="dialling-limits",
            url="/records/limits",
        )

    @expose("/")
    def index(self) -> str:
        return self._page(_kept(), {})

    @expose("/", methods=("POST",))
    @needs(Permission.EDIT_DIALLING)
    def save(self) -> str | Response:
        written = {scope: _written(scope) for scope in _scopes()}
        entry, faults = _entry(written)
        if entry is None:
            return self._page(written, faults)
        with writing():
            before = _kept()
            records.replace_limits(entry.limits, entry.classes)
            record("change", "dialling limits", "", before, _kept())
        announce()
        flash(_("The limits hold from now on."), "success")
        return redirect(url_for("dialling-limits.index"))

    def _page(self, values: Mapping[str, Mapping[str, Any]], faults: Mapping[str, str]) -> str:
        heads = [
            _("An hour"),
            _("A day"),
            _("Each caller an hour"),
            _("Each caller a day"),
            _("Each caller at one time"),
        ]
        return str(
            self.render(
                "records/limits.html",
                scopes=_scopes(),
                spans=list(zip(SPANS, heads, strict=True)),
                values=values,
                faults=faults,
            )
        )


def _scopes() -> dict[str, str]:
    named = {str(cost): name for cost, name in cost_names().items()}
    return {OVERALL: _("All outside calls together"), **named}


def _kept() -> dict[str, dict[str, Any]]:
    book = records.rulebook()
    limits = {OVERALL: book.overall, **{str(cost): one for cost, one in book.classes.items()}}
    return {scope: limit.model_dump() for scope, limit in limits.items()}


def _written(scope: str) -> dict[str, str]:
    return {span: request.form.get(f"{scope}-{span}", "").strip()[:MOST] for span in SPANS}


def _entry(
    written: Mapping[str, Mapping[str, str]],
) -> tuple[DiallingEntry | None, Mapping[str, str]]:
    """By the rules of the paper's file; an empty field is no limit."""
    limits = {
        scope: {span: text or None for span, text in texts.items()}
        for scope, texts in written.items()
    }
    overall = limits.pop(OVERALL)
    classes = {scope: facts for scope, facts in limits.items() if any(facts.values())}
    rules = {name: rule.model_dump(mode="json") for name, rule in records.rulebook().rules.items()}
    document = {"limits": overall, "classes": classes, "rules": rules}
    content = interchange.gather({interchange.DIALLING: document}, "")
    faults = {_field(mistake): told(mistake.message) for mistake in content.mistakes}
    return (None if faults else content.dialling), faults


def _field(mistake: Mistake) -> str:
    _section, part, *rest = mistake.place
    scope = OVERALL if part == "limits" else rest[0]
    return f"{scope}-{rest[-1]}"
