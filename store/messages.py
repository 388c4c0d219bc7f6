"""Messages: begun before the tone, kept with all that must follow, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.database import translated
from store.fields import clean
from store.jobs import MessageBegun, MessageDiscarded, MessageKept, MessageNoted
from store.models import Delivery, Mailbox, Message, Recipient, Transcript
from store.models.message import DeliveryState, MessageState, TranscriptState


def begun(jobs: Sequence[MessageBegun]) -> None:
    """Keep messages as being recorded, unless their end is already known."""
    for job in jobs:
        Message.insert(_beginning(job)).on_conflict_ignore().execute()


def noted(jobs: Sequence[MessageNoted]) -> None:
    """Keep what callers said about messages that are not handed in yet."""
    for job in jobs:
        _update(job.id, _note(job))


def kept(jobs: Sequence[MessageKept]) -> None:
    """Keep messages as new, each with the transcript and the deliveries that it needs."""
    for job in jobs:
        Message.insert(_beginning(job.begun)).on_conflict_ignore().execute()
        if _update(job.begun.id, _kept(job)):
            owe(Message.get_by_id(job.begun.id))


def discarded(jobs: Sequence[MessageDiscarded]) -> None:
    """Close messages that hold nothing; their rows say why."""
    for job in jobs:
        Message.insert(_beginning(job.begun)).on_conflict_ignore().execute()
        ending = {"ended_at": job.ended_at, "changed_at": job.ended_at}
        facts = {"state": MessageState.DISCARDED, "reason": clean(job.reason, 200)}
        _update(job.begun.id, facts | ending)


def owe_deliveries(message: Message) -> None:
    """Everybody who is to be told of `message`, once each. Call it in a transaction."""
    recipients = Recipient.select().where(Recipient.mailbox == message.mailbox)
    for recipient in recipients:
        if message.urgent or not recipient.urgent_only:
            Delivery.insert(
                message=message,
                recipient=recipient,
                channel=recipient.channel,
                address=recipient.address,
            ).on_conflict_ignore().execute()


@translated()
def undelivered(message_id: str) -> list[int]:
    """The deliveries of a message that nobody has begun."""
    waiting = (Delivery.message == message_id) & (Delivery.state == DeliveryState.WAITING)
    return [delivery.id for delivery in Delivery.select(Delivery.id).where(waiting)]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Messages that need a person."""

    untold: int
    """Somebody could not be told of them."""
    unheard: int
    """They could not be written down."""
    nobodys: int
    """They were left for mailboxes that do not exist."""


@translated()
def in_trouble() -> Trouble:
    living = (MessageState.NEW, MessageState.SAVED)
    nobodys = Message.mailbox.is_null() & (Message.state << living)
    return Trouble(
        untold=Delivery.select().where(Delivery.state == DeliveryState.FAILED).count(),
        unheard=Transcript.select().where(Transcript.state == TranscriptState.FAILED).count(),
        nobodys=Message.select().where(nobodys).count(),
    )


def owe(message: Message) -> None:
    """The transcript and the deliveries that a message needs, once each, in a transaction."""
    if message.mailbox is not None:
        if message.mailbox.transcribe:
            Transcript.insert(
                message=message, language=message.mailbox.language
            ).on_conflict_ignore().execute()
        owe_deliveries(message)


def _update(message: str, facts: Mapping[str, Any]) -> bool:
    """Only while it is being recorded: what people did with it later is not undone."""
    open_one = (Message.id == message) & (Message.state == MessageState.RECORDING)
    return bool(Message.update(facts).where(open_one).execute())


def _beginning(job: MessageBegun) -> dict[str, Any]:
    box = clean(job.box, 64)
    return {
        "id": clean(job.id, 36),
        "mailbox": Mailbox.get_or_none(Mailbox.name == box),
        "box": box,
        "call": clean(job.call, 64),
        "started_at": job.started_at,
        "changed_at": job.started_at,
        "caller_number": clean(job.caller_number, 64),
        "caller_name": clean(job.caller_name, 200),
        "withheld": job.withheld,
        "dialled": clean(job.dialled, 64),
        "language": clean(job.language, 16),
    }


def _note(job: MessageNoted) -> dict[str, Any]:
    return {
        "urgent": job.urgent,
        "callback_number": clean(job.callback_number, 64),
        "callback_confirmed": job.callback_confirmed,
    }


def _kept(job: MessageKept) -> dict[str, Any]:
    facts = {
        "state": MessageState.NEW,
        "ended_at": job.ended_at,
        "changed_at": job.ended_at,
        "path": clean(job.path, 500),
        "seconds": job.seconds,
        "spoken_seconds": job.spoken_seconds,
        "size": job.size,
        "sha256": job.sha256,
        "ended_by": clean(job.ended_by, 16),
    }
    return facts | (_note(job.noted) if job.noted else {})
