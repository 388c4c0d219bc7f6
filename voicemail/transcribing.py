"""The job that turns a message into words, and what people make of them.

A message's `Transcript` row is the job: a worker that dies loses nothing but its claim.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from store.claims import is_free, next_attempt, own_claim
from store.database import translated, writing
from store.fields import clean
from store.message_search import index
from store.models import Correction, Message, Transcript
from store.models.message import TranscriptState
from voicemail.errors import MessageUnknown
from voicemail.transcription import LONGEST_TEXT, MOST_ATTEMPTS, failed, heard


@translated()
def transcribe(message_id: str, folder: Path, models: Path, worker_life: str) -> bool:
    """Hear one message, in the voicemail `folder`; True when its transcript is settled by this.

    False when there is nothing to do, somebody else is at it, or it is to be tried again. Raises
    `StoreAway`; the job is found again then.
    """
    row = _claimed(message_id, worker_life)
    if row is None:
        return False
    if row.attempts > MOST_ATTEMPTS:
        facts = failed(row.error or f"the worker died {MOST_ATTEMPTS} times while hearing it")
    else:
        facts = heard(row, folder, models, partial(_note, row))
    return _settled(row, facts)


@translated()
def unfinished(worker_life: str) -> list[str]:
    """Messages whose transcript waits, or was begun by a worker that is gone; oldest first."""
    open_ones = (
        Transcript.select(Transcript, Message.id)
        .join(Message)
        .where(Transcript.state << [TranscriptState.WAITING, TranscriptState.RUNNING])
        .order_by(Message.started_at)
    )
    return [row.message.id for row in open_ones if _is_open(row, worker_life)]


@translated()
def again(message_id: str) -> None:
    """Have a message heard once more, whatever became of it. Raises `MessageUnknown`."""
    message = _message(message_id)
    language = message.mailbox.language if message.mailbox else message.language
    Transcript.insert(message=message, language=language).on_conflict_ignore().execute()
    fresh = {"state": TranscriptState.WAITING, "attempts": 0, "progress": 0.0, "error": ""}
    Transcript.update(fresh | {"claimed_by": ""}).where(Transcript.message == message_id).execute()


@translated()
def correct(message_id: str, text: str, author: str) -> None:
    """Keep a person's wording beside the machine's. Raises `MessageUnknown`."""
    with writing():
        Correction.create(
            message=_message(message_id), text=clean(text, LONGEST_TEXT), author=clean(author, 100)
        )
        index(message_id)


@translated()
def take_back_correction(message_id: str) -> Correction | None:
    """The wording before counts again: a person's, or the machine's. What was taken back."""
    with writing():
        newest = newest_correction(message_id)
        if newest is not None:
            newest.delete_instance()
            index(message_id)
        return newest


@translated()
def newest_correction(message_id: str) -> Correction | None:
    corrections = Correction.select().where(Correction.message == message_id)
    found: Correction | None = corrections.order_by(Correction.id.desc()).first()
    return found


@translated()
def current_text(message_id: str) -> str:
    """The newest correction, else what the machine heard, else nothing."""
    best = newest_correction(message_id) or Transcript.get_or_none(message=message_id)
    return best.text if best else ""


@translated()
def current_texts(message_ids: Sequence[str]) -> Mapping[str, str]:
    """The same for many messages, by their ids."""
    heard = Transcript.select().where(Transcript.message.in_(message_ids))
    corrected = Correction.select().where(Correction.message.in_(message_ids))
    rows = [*heard, *corrected.order_by(Correction.id)]
    return {row.message_id: row.text for row in rows}


def _message(message_id: str) -> Message:
    found = Message.get_or_none(Message.id == message_id)
    if found is None:
        raise MessageUnknown(message_id)
    return found


def _is_open(row: Transcript, worker_life: str) -> bool:
    if row.state == TranscriptState.WAITING:
        return True
    return row.state == TranscriptState.RUNNING and is_free(row.claimed_by, worker_life)


def _claimed(message_id: str, worker_life: str) -> Transcript | None:
    """The row, once it is ours; only one of several workers gets it."""
    row = Transcript.get_or_none(Transcript.message == message_id)
    if row is None or not _is_open(row, worker_life):
        return None
    facts = {
        "state": TranscriptState.RUNNING,
        "claimed_by": own_claim(worker_life),
        "attempts": next_attempt(row.attempts, row.claimed_by, worker_life),
        "progress": 0.0,
    }
    unchanged = _mine(row) & (Transcript.attempts == row.attempts)
    if not Transcript.update(facts).where(unchanged).execute():
        return None
    return Transcript.get(Transcript.message == message_id)


def _mine(row: Transcript) -> Any:
    """The row, as long as nobody took it or asked for it anew."""
    return (
        (Transcript.message == row.message)
        & (Transcript.state == row.state)
        & (Transcript.claimed_by == row.claimed_by)
    )


def _settled(row: Transcript, facts: Mapping[str, Any]) -> bool:
    with writing():
        kept = bool(Transcript.update(facts).where(_mine(row)).execute())
        if kept and facts["state"] == TranscriptState.DONE:
            index(row.message_id)
    return kept and facts["state"] != TranscriptState.WAITING


def _note(row: Transcript, share: float) -> None:
    Transcript.update(progress=share).where(_mine(row)).execute()
