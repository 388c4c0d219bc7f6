"""A message passed on to another mailbox: a copy of its own, which lives and goes by itself."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from store.database import translated, writing
from store.fields import now
from store.folders import sync_folder
from store.message_search import index
from store.messages import owe_deliveries
from store.models import Correction, Mailbox, Message, Transcript
from store.models.message import MessageState, TranscriptState
from voicemail.boxes.letters import held
from voicemail.boxes.lookup import row
from voicemail.errors import BoxFull, LetterGone, MessageNotKept
from voicemail.places import comment_path, dated_path
from voicemail.ports import Box

COPIED = (
    "call", "urgent", "caller_number", "caller_name", "withheld", "dialled", "callback_number",
    "callback_confirmed", "language", "started_at", "ended_at", "ended_by", "seconds",
    "spoken_seconds", "size", "sha256",
)  # fmt: skip
HEARD = ("language", "text", "words", "engine", "model", "note", "state", "progress", "finished_at")


@translated()
def forward(root: Path, box: Box, letter: str, to: Box, comment: Path | None) -> str:
    """Pass a message on, with a recorded comment; the copy's id.

    The files first, then the row: a crash in between leaves a file too many, never one too few.
    Raises `LetterGone`, `BoxUnknown`, `BoxFull`, `MessageNotKept`.
    """
    message = _message(box, letter)
    target = row(to)
    if held(target) >= target.max_messages:
        raise BoxFull(target.name)
    copy = uuid4().hex
    facts = _files(root, message, copy, comment)
    with writing():
        _enter(message, target, copy, {**facts, "forwarded_by": box.name})
    return copy


def _message(box: Box, letter: str) -> Message:
    here = (Message.id == letter) & (Message.mailbox == box.id) & (Message.path != "")
    found: Message | None = Message.get_or_none(here)
    if found is None:
        raise LetterGone(letter, box.name)
    return found


def _files(root: Path, message: Message, copy: str, comment: Path | None) -> Mapping[str, str]:
    path = dated_path(copy, message.started_at)
    said = comment_path(copy) if comment else None
    try:
        _place(root / message.path, root / path)
        if comment and said:
            _place(comment, root / said)
    except OSError as error:
        raise MessageNotKept(message.id, [message.path], str(error)) from error
    return {"path": str(path), "comment_path": str(said or "")}


def _place(source: Path, target: Path) -> None:
    """One file under two names where the disk can do that: it costs no room."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
    sync_folder(target.parent)


def _enter(message: Message, to: Mailbox, copy: str, facts: Mapping[str, Any]) -> None:
    copied = {name: getattr(message, name) for name in COPIED}
    new = Message.create(
        id=copy,
        mailbox=to,
        box=to.name,
        state=MessageState.NEW,
        changed_at=now(),
        forwarded_from=message,
        **copied,
        **facts,
    )
    _copy_transcript(message, new, to)
    _copy_correction(message, new)
    index(new.id)
    owe_deliveries(new)


def _copy_transcript(message: Message, new: Message, to: Mailbox) -> None:
    """What was heard in it already is not listened for again."""
    heard = Transcript.get_or_none(Transcript.message == message)
    if heard and heard.state == TranscriptState.DONE:
        Transcript.create(message=new, **{name: getattr(heard, name) for name in HEARD})
    elif to.transcribe:
        Transcript.create(message=new, language=to.language)


def _copy_correction(message: Message, new: Message) -> None:
    corrections = Correction.select().where(Correction.message == message)
    newest = corrections.order_by(Correction.id.desc()).first()
    if newest:
        Correction.create(message=new, text=newest.text, author=newest.author)
