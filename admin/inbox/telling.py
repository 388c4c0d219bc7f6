"""How callers, lengths and mailboxes are put into words."""

from flask_babel import gettext as _

from store.models import Mailbox, Message
from store.models.message import MessageState


def caller(message: Message) -> str:
    if message.withheld:
        return str(_("Number withheld"))
    return message.caller_name or message.caller_number or str(_("Unknown caller"))


def number_of(message: Message) -> str:
    """Where to call back; empty: nobody knows."""
    return message.callback_number or ("" if message.withheld else message.caller_number)


def length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def box_title(mailbox: Mailbox | None, name: str = "") -> str:
    if mailbox is not None:
        return mailbox.title or mailbox.name
    return str(_("No mailbox (%(name)s)", name=name) if name else _("No mailbox"))


def state_words() -> dict[str, str]:
    return {
        MessageState.NEW: _("New"),
        MessageState.SAVED: _("Heard"),
        MessageState.ARCHIVED: _("Archive"),
        MessageState.DELETED: _("Deleted"),
    }
