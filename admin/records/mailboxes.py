"""Mailboxes: who they are for, who is told, their PINs and greetings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import request
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from store import gates
from store.database import writing
from store.errors import Mistake
from store.models import ExpertLine, Mailbox, MailboxNumber, Recipient
from voicemail.boxes import interchange, records
from voicemail.boxes.entry import Entry
from voicemail.boxes.lookup import as_box
from voicemail.boxes.signing_in import new_pin, set_pin, take_pin

from . import cells, pins
from .entry_view import EntryView
from .greetings import GreetingPages
from .labels import LABELS
from .mailbox_form import MailboxForm, facts_for_form


class MailboxesView(GreetingPages, EntryView):
    subject = "mailbox"
    form = MailboxForm
    column_list = ("name", "title", "numbers", "recipients", "pin", "language")
    column_searchable_list = ("name", "title")
    column_sortable_list = ("name", "title", "language")
    column_default_sort = "name"
    column_labels = LABELS
    column_details_list = (
        "name", "title", "numbers", "language", "shared", "hours", "recipients", "phones", "pin",
        "review", "transcribe", "min_seconds", "max_seconds", "max_messages", "keep_days",
    )  # fmt: skip
    details_template = "records/mailbox.html"

    column_formatters: ClassVar[dict[str, Any]] = {
        "numbers": lambda view, context, row, name: ", ".join(_numbers(row)),
        "recipients": lambda view, context, row, name: ", ".join(_recipients(row)),
        "pin": lambda view, context, row, name: cells.set_or_not(row.pin_hash),
        "language": cells.language,
        "hours": cells.hours,
        "phones": cells.several,
    }

    def __init__(self) -> None:
        super().__init__(
            Mailbox,
            name=lazy_gettext("Mailboxes"),
            category=lazy_gettext("Records"),
            endpoint="mailboxes",
            url="/records/mailboxes",
        )

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        content = interchange.gather({interchange.SECTION: {name: facts}}, "")
        return next(iter(content.entries), None), content.mistakes

    def keep(self, entry: Any) -> None:
        records.keep([entry])

    def entry(self, name: str) -> Entry:
        return records.entry_of(Mailbox.get(Mailbox.name == name))

    def shown(self, row: Any) -> dict[str, Any]:
        return facts_for_form(super().shown(row))

    def remove(self, name: str) -> None:
        records.remove(name)

    def uses(self, row: Any) -> Sequence[str]:
        box = the_panel().records
        flows = box.flows_needing("mailbox", [row.name, *_numbers(row)])
        lines = ExpertLine.select().where(ExpertLine.mailbox == row.name)
        last = [gettext("the setting last_resort_box")] if row.name == box.last_resort else []
        return [
            *(gettext("flow %(name)s", name=flow) for flow in flows),
            *(gettext("expert line %(name)s", name=line.name) for line in lines),
            *last,
        ]

    def render(self, template: str, **given: Any) -> str:
        if template == self.details_template:
            given |= {"greetings": self.greetings_of(given["model"])}
            given |= {"locked": _locked(given["model"])}
        return str(super().render(template, **given))

    @expose("/pin", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def pin_view(self) -> str | Response:
        """A PIN that somebody chose, one that is made up, or none any more."""
        row = self.row_or_404(request.form.get("id", ""))
        with writing():
            answer = self._new_pin(row, request.form.get("act", ""))
            if not answer.fault:
                record("pin", self.subject, row.name, None, {"act": answer.act})
        return pins.answered(self, row, answer, row.title or row.name)

    def _new_pin(self, row: Mailbox, act: str) -> pins.Answer:
        box = as_box(row)
        if act == pins.NONE:
            take_pin(box)
            return pins.Answer(act)
        if act == pins.CHOSEN:
            fault = set_pin(box, request.form.get("pin", "").strip()[:64])
            if not fault:
                gates.unlock(row.name)
            return pins.Answer(act, fault=fault)
        return pins.Answer(pins.MADE_UP, new_pin(box))


def _numbers(row: Mailbox) -> list[str]:
    mine = MailboxNumber.select().where(MailboxNumber.mailbox == row)
    return [found.number for found in mine.order_by(MailboxNumber.number)]


def _recipients(row: Mailbox) -> list[str]:
    mine = Recipient.select().where(Recipient.mailbox == row).order_by(Recipient.id)
    return [found.address for found in mine]


def _locked(row: Mailbox) -> bool:
    return gates.locked_for([gates.Gate.of_box(row.name)], datetime.now(UTC)) > 0
