"""Mailboxes between what administrators write and the store's rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from store.database import translated, writing
from store.fields import now
from store.models import Greeting, Mailbox, MailboxNumber, Message, Recipient
from store.models.mailbox import Attach, Channel, GreetingKind
from store.models.message import MessageState
from voicemail.boxes.entry import HIDDEN, Entry, MailTo, Webhook
from voicemail.boxes.letters import KEPT
from voicemail.boxes.lookup import known
from voicemail.errors import BoxNotEmpty, BoxTaken

OWN = (
    "title", "shared", "language", "hours", "min_seconds", "max_seconds", "max_messages",
    "keep_days", "review", "transcribe", "phones",
)  # fmt: skip
"""Facts that the row of the mailbox itself holds."""


@translated()
def create(entry: Entry) -> None:
    """Raises `BoxTaken`."""
    with writing():
        if Mailbox.get_or_none(Mailbox.name == entry.name):
            raise BoxTaken(f'there is a mailbox "{entry.name}" already')
        keep([entry])


@translated()
def remove(name: str, *, with_messages: bool = False) -> None:
    """Take a mailbox away; its messages are deleted, and gone for good after some days.

    Raises `BoxUnknown`, and `BoxNotEmpty` unless `with_messages`.
    """
    with writing():
        box = known(name)
        held = (Message.mailbox == box) & Message.state.in_((*KEPT, MessageState.RECORDING))
        count = Message.select().where(held).count()
        if count and not with_messages:
            raise BoxNotEmpty(box.name, count)
        deleted = {"state": MessageState.DELETED, "deleted_from": Message.state}
        letters = (Message.mailbox == box) & Message.state.in_(KEPT)
        Message.update(changed_at=now(), **deleted).where(letters).execute()
        Message.update(mailbox=None).where(Message.mailbox == box).execute()
        box.delete_instance(recursive=False)


@translated()
def entries() -> dict[str, Entry]:
    """All mailboxes by name."""
    return {row.name: entry_of(row) for row in Mailbox.select().order_by(Mailbox.name)}


@translated()
def owners() -> Mapping[str, str]:
    """Which mailbox has which number."""
    rows = MailboxNumber.select(MailboxNumber, Mailbox.name).join(Mailbox)
    return {row.number: row.mailbox.name for row in rows}


@translated()
def keep(found: Iterable[Entry]) -> None:
    """Add mailboxes, or change those of the same name. Within the caller's transaction.

    Raises `BoxTaken` for a number that a mailbox beside them has.
    """
    rows = [(entry, _row(entry)) for entry in found]
    # First all numbers go, so that two mailboxes can change theirs.
    these = MailboxNumber.mailbox.in_([row.id for _, row in rows])
    MailboxNumber.delete().where(these).execute()
    for entry, row in rows:
        _keep_numbers(row, entry)
        _keep_greetings(row, entry)
        _keep_recipients(row, entry)


def entry_of(row: Mailbox) -> Entry:
    numbers = MailboxNumber.select().where(MailboxNumber.mailbox == row)
    spoken = Greeting.select().where((Greeting.mailbox == row) & (Greeting.text != ""))
    told = list(Recipient.select().where(Recipient.mailbox == row).order_by(Recipient.id))
    return Entry(
        name=row.name,
        numbers=tuple(found.number for found in numbers.order_by(MailboxNumber.number)),
        greetings={GreetingKind(found.kind): found.text for found in spoken},
        mail=tuple(_mail_to(found) for found in told if found.channel == Channel.MAIL),
        webhooks=tuple(_webhook(found) for found in told if found.channel == Channel.WEBHOOK),
        **{fact: getattr(row, fact) for fact in OWN},
    )


def _mail_to(row: Recipient) -> MailTo:
    return MailTo(to=row.address, attach=Attach(row.attach), urgent_only=row.urgent_only)


def _webhook(row: Recipient) -> Webhook:
    return Webhook(url=row.address, secret=HIDDEN, urgent_only=row.urgent_only)


def _row(entry: Entry) -> Mailbox:
    facts = entry.model_dump(mode="json", include=set(OWN))
    (
        Mailbox.insert({"name": entry.name, **facts})
        .on_conflict(
            conflict_target=[Mailbox.name], preserve=[getattr(Mailbox, fact) for fact in OWN]
        )
        .execute()
    )
    return known(entry.name)


def _keep_numbers(row: Mailbox, entry: Entry) -> None:
    taken = owners()
    for number in dict.fromkeys(entry.numbers):
        if number in taken:
            raise BoxTaken(f'number {number} belongs to mailbox "{taken[number]}"')
        MailboxNumber.create(number=number, mailbox=row)


def _keep_greetings(row: Mailbox, entry: Entry) -> None:
    for kind, text in entry.greetings.items():
        (
            Greeting.insert(mailbox=row, kind=kind, text=text, path="", changed_at=now())
            .on_conflict(
                conflict_target=[Greeting.mailbox, Greeting.kind],
                preserve=[Greeting.text, Greeting.path, Greeting.changed_at],
            )
            .execute()
        )


def _keep_recipients(row: Mailbox, entry: Entry) -> None:
    wanted = {(fact["channel"], fact["address"]): fact for fact in _recipients(entry)}
    for old in Recipient.select().where(Recipient.mailbox == row):
        if (old.channel, old.address) not in wanted:
            old.delete_instance()
    for facts in wanted.values():
        changed = [getattr(Recipient, name) for name in facts if name not in ("channel", "address")]
        (
            Recipient.insert(mailbox=row, **facts)
            .on_conflict(
                conflict_target=[Recipient.mailbox, Recipient.channel, Recipient.address],
                preserve=changed,
            )
            .execute()
        )


def _recipients(entry: Entry) -> Iterable[dict[str, Any]]:
    for mail in entry.mail:
        attach = {"attach": mail.attach, "urgent_only": mail.urgent_only}
        yield {"channel": Channel.MAIL, "address": mail.to, **attach}
    for hook in entry.webhooks:
        secret = {} if hook.secret == HIDDEN else {"secret": hook.secret}
        facts = {"channel": Channel.WEBHOOK, "address": hook.url, "urgent_only": hook.urgent_only}
        yield facts | secret
