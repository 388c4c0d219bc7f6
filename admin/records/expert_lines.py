"""Lines on which experts answer callers."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _

from admin.panel import the_panel
from lines.experts import interchange, records
from store.errors import Mistake
from store.models import ExpertLine, Mailbox

from . import cells
from .entry_view import EntryForm, EntryView
from .fields import ChoiceField, TextField
from .hours_field import HoursField
from .labels import LABELS
from .languages import language_field
from .names import name_field


def _mailboxes() -> list[tuple[str, Any]]:
    named = Mailbox.select(Mailbox.name).order_by(Mailbox.name)
    return [("", _("none")), *((box.name, box.name) for box in named)]


class ExpertLineForm(EntryForm):
    name = name_field(_("Flows call the line by it, for instance science. It stays as it is."))
    title = TextField(_("Full name"), description=_("What callers hear it called: Ask science."))
    language = language_field(_("In which callers are spoken to."))
    mailbox = ChoiceField(
        _("Mailbox"),
        choices=_mailboxes,
        description=_("Takes questions outside the expert's hour; none: they are not taken."),
    )
    music = TextField(
        _("Music"),
        description=_("One of the paper's own recordings, heard until the expert comes. Optional."),
    )
    callback_hours = HoursField(
        _("When askers may be called back"),
        description=_("For instance 09:00-20:00. All days empty: from 9 to 20 o'clock."),
    )


class ExpertLinesView(EntryView):
    subject = "expert line"
    form = ExpertLineForm
    column_list = ("name", "title", "mailbox", "language")
    column_searchable_list = ("name", "title")
    column_sortable_list = ("name", "title", "language", "mailbox")
    column_default_sort = "name"
    column_labels = LABELS
    column_details_list = ("name", "title", "language", "mailbox", "music", "callback_hours")
    column_formatters: ClassVar[dict[str, Any]] = {
        "language": cells.language,
        "callback_hours": cells.hours,
    }

    def __init__(self) -> None:
        super().__init__(
            ExpertLine,
            name=lazy_gettext("Expert lines"),
            category=lazy_gettext("Records"),
            endpoint="expert-lines",
            url="/records/expert-lines",
        )

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        content = interchange.gather({interchange.SECTION: {name: facts}}, "")
        return next(iter(content.entries), None), content.mistakes

    def keep(self, entry: Any) -> None:
        records.keep([entry])

    def entry(self, name: str) -> Any:
        return records.entries()[name]

    def remove(self, name: str) -> None:
        records.remove(name)

    def uses(self, row: Any) -> Sequence[str]:
        flows = the_panel().records.flows_needing("expert_line", [row.name])
        return [gettext("flow %(name)s", name=flow) for flow in flows]
