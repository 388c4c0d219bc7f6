"""Mailboxes and messages, as tests put them into the store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from store.models import Mailbox, MailboxNumber, Message
from store.models.message import MessageState
from store.recordings import checksum
from tests.voicemail.sounds import speech, write_wav
from voicemail.boxes.lookup import as_box
from voicemail.places import dated_path
from voicemail.ports import Box

MORNING = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def make_box(name: str = "desk", *numbers: str, **facts: Any) -> Box:
    row = Mailbox.create(name=name, **{"title": f"the {name}", **facts})
    for number in numbers:
        MailboxNumber.create(number=number, mailbox=row)
    return as_box(row)


def make_message(box: Box, number: int, root: Path | None = None, **facts: Any) -> str:
    """Message `number` was left that many minutes after the first one; with `root`, its file."""
    known: dict[str, Any] = {
        "id": f"{box.name}{number:05}",
        "mailbox": box.id,
        "box": box.name,
        "started_at": MORNING + timedelta(minutes=number),
        "state": MessageState.NEW,
        "caller_number": "0301234567",
        "seconds": 3.0,
        **facts,
    }
    path = known.setdefault("path", str(dated_path(known["id"], known["started_at"])))
    if root:
        file = write_wav(root / path, speech(3.0))
        known |= {"size": file.stat().st_size, "sha256": checksum(file)}
    Message.create(**known)
    return str(known["id"])


def state(message: str) -> str:
    return str(Message.get_by_id(message).state)
