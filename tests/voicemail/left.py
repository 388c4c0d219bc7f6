"""Messages as the box leaves them in the store and on the disk."""

import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from store import messages
from store.database import writing
from store.jobs import MessageBegun, MessageKept, MessageNoted
from store.models import Mailbox, Message, Recipient, Transcript

SPEECH = Path(__file__).parents[1] / "speech_model"
STARTED = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
_numbers = count(1)


def mailbox(*addresses: str, language: str = "en", transcribe: bool = True) -> Mailbox:
    """A box whose messages go to `addresses`, by mail or (URLs) by webhook."""
    box = Mailbox.create(
        name=f"desk{next(_numbers)}", title="News desk", language=language, transcribe=transcribe
    )
    for address in addresses:
        channel = "webhook" if "://" in address else "mail"
        Recipient.create(mailbox=box, channel=channel, address=address, secret="s3cret")
    return box


def leave(
    box: Mailbox,
    folder: Path,
    sound: str = "news_tip.wav",
    *,
    name: str = "Ann Reader",
    number: str = "+4930123456",
    withheld: bool = False,
    noted: MessageNoted | None = None,
) -> Message:
    """A whole message; with an empty `sound` its file is missing."""
    id = f"m{next(_numbers):05}"
    path = f"2026/11/21/{id}.wav"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    if sound:
        shutil.copyfile(SPEECH / sound, folder / path)
    begun = MessageBegun(id, box.name, f"call-{id}", STARTED, number, name, withheld, "100", "en")
    job = MessageKept(begun, STARTED, path, 10.31, 9.0, 165_000, "", "key", noted)
    with writing():
        messages.kept([job])
    return Message.get_by_id(id)


def heard(message: Message, *words: tuple[str, float]) -> None:
    """The message's transcript is done: words with their confidences."""
    Transcript.update(
        state="done",
        text=" ".join(text for text, _ in words),
        words=[
            {"text": text, "start": float(at), "end": at + 0.5, "confidence": sure}
            for at, (text, sure) in enumerate(words)
        ],
    ).where(Transcript.message == message).execute()
