"""The form of a mailbox."""

from typing import Any

from flask_babel import lazy_gettext as _

from store.models.mailbox import Attach

from .entry_view import EntryForm
from .fields import (
    ChoiceField,
    ListField,
    NumberField,
    Row,
    RowsField,
    SecretField,
    TextField,
    TickField,
)
from .hours_field import HoursField
from .languages import language_field
from .names import name_field

ATTACHED = [
    (Attach.MP3.value, _("as MP3")),
    (Attach.OPUS.value, _("as Opus, smaller")),
    (Attach.LINK.value, _("as a link")),
    (Attach.NONE.value, _("not at all")),
]


class MailRow(Row):
    key = "to"
    to = TextField(_("Mail address"))
    attach = ChoiceField(_("The recording comes"), choices=ATTACHED)
    urgent_only = TickField(_("Urgent ones only"))


class WebhookRow(Row):
    key = "url"
    url = TextField(_("Web address"))
    secret = SecretField(_("Secret that signs it (12 characters or more)"))
    urgent_only = TickField(_("Urgent ones only"))


class MailboxForm(EntryForm):
    name = name_field(_("Flows call the mailbox by it, for instance desk. It stays as it is."))
    title = TextField(_("Full name"), description=_("What callers hear it called: the news desk."))
    numbers = ListField(
        _("Numbers"),
        description=_("What is keyed to reach it, with commas between them: 801, 802."),
    )
    language = language_field(_("Of its greetings and its menu by phone."))
    shared = TickField(
        _("Shared"), description=_("Several people work with it, for instance a whole desk.")
    )
    hours = HoursField(
        _("Hours"),
        description=_(
            "Outside of them callers hear the greeting for closed hours. For instance "
            "09:00-12:00, 14:00-18:00. All days empty: always open."
        ),
    )
    mail = RowsField(
        MailRow,
        _("Who gets a mail of each message"),
        description=_("Empty a line to remove it."),
    )
    webhooks = RowsField(
        WebhookRow,
        _("Programs that are told"),
        description=_("*** stands for the secret that is kept; it is never shown."),
    )
    phones = ListField(
        _("Phones with lamps"),
        description=_("Desk phones whose lamp shows that there is something new: 200, 201."),
    )
    review = TickField(
        _("Callers may hear it again"),
        default=True,
        description=_("After the tone they may listen, and record again, before it is kept."),
    )
    transcribe = TickField(
        _("Written down"), default=True, description=_("Messages are turned into text.")
    )
    min_seconds = NumberField(
        _("Shortest message (seconds)"),
        default="2",
        description=_("Shorter ones are a slip of the finger, and are not kept."),
    )
    max_seconds = NumberField(
        _("Longest message (seconds)"), default="180", description=_("From 5 to 10800.")
    )
    max_messages = NumberField(
        _("Most messages"),
        default="500",
        description=_("A full mailbox says so and takes no more."),
    )
    keep_days = NumberField(
        _("Days that heard messages are kept"),
        default="0",
        description=_("Then they are removed. 0: they stay until somebody deletes them."),
    )


def facts_for_form(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what has pages of its own."""
    return {name: value for name, value in facts.items() if name != "greetings"}
