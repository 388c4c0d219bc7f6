"""What people are told of a message: read from the store once, then the same for all ways."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from store.models import Mailbox, Message, Transcript
from store.models.message import MessageState, TranscriptState
from tts_asr.transcript import Word
from voicemail.delivery.one_line import one_line
from voicemail.errors import MessageUnknown
from voicemail.transcribing import newest_correction

LONGEST_NAME = 80
LONGEST_NUMBER = 40
OPEN = (MessageState.NEW, MessageState.SAVED, MessageState.ARCHIVED)
"""In these states a link to a message leads somewhere."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was said, as far as it is known."""

    state: str
    """`none`, `waiting`, `done` or `failed`."""
    text: str = ""
    words: tuple[Word, ...] = ()
    """None for a person's wording."""
    note: str = ""
    """In plain words, what limits it."""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message; its names and numbers are hostile, but each in one line."""

    id: str
    box: str
    title: str
    language: str
    number: str
    """Empty when it was withheld or unknown."""
    name: str
    withheld: bool
    dialled: str
    started_at: datetime
    seconds: float
    urgent: bool
    callback: str
    callback_confirmed: bool
    forwarded_by: str
    """The title of the box whose owner forwarded it."""
    wording: Wording
    audio: Path | None
    """None when there is no file (any more)."""
    comment: Path | None
    """What the person who forwarded it said."""
    is_open: bool
    """Whether a link to it leads anywhere: it is kept, and not deleted."""


def read_notice(message_id: str, folder: Path) -> Notice:
    """Raises `MessageUnknown`."""
    message = Message.get_or_none(Message.id == message_id)
    if message is None:
        raise MessageUnknown(message_id)
    box = message.mailbox
    return Notice(
        id=message.id,
        box=message.box,
        title=_line((box.title or box.name) if box else message.box),
        language=(box.language if box else message.language) or "en",
        number="" if message.withheld else one_line(message.caller_number, LONGEST_NUMBER),
        name="" if message.withheld else _line(message.caller_name),
        withheld=message.withheld,
        dialled=one_line(message.dialled, LONGEST_NUMBER),
        started_at=message.started_at,
        seconds=message.seconds,
        urgent=message.urgent,
        callback=one_line(message.callback_number, LONGEST_NUMBER),
        callback_confirmed=message.callback_confirmed,
        forwarded_by=_title_of(message.forwarded_by),
        wording=_wording(message.id),
        audio=_file(folder, message.path),
        comment=_file(folder, message.comment_path),
        is_open=message.state in OPEN,
    )


def _line(text: str) -> str:
    return one_line(text, LONGEST_NAME)


def _file(folder: Path, path: str) -> Path | None:
    return folder / path if path and (folder / path).is_file() else None


def _title_of(name: str) -> str:
    box = Mailbox.get_or_none(Mailbox.name == name) if name else None
    return _line((box.title if box else "") or name)


def _wording(message_id: str) -> Wording:
    correction = newest_correction(message_id)
    if correction:
        return Wording("done", correction.text, corrected_by=_line(correction.author))
    row = Transcript.get_or_none(Transcript.message == message_id)
    if row is None:
        return Wording("none")
    if row.state == TranscriptState.FAILED:
        return Wording("failed", note=row.error)
    if row.state != TranscriptState.DONE:
        return Wording("waiting")
    return Wording("done", row.text, tuple(Word(**word) for word in row.words), row.note)
