"""Mailboxes of a box, made and filled by the test itself, beside those of the Daily."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import soundfile

from store import database, messages
from store.database import writing
from store.jobs import MessageBegun, MessageKept, MessageNoted
from store.models import Mailbox, MailboxNumber, Recipient
from store.pins import hashed
from store.recordings import checksum
from tests.listening import RATE, Samples, read_wav
from voicemail.places import dated_path

SPEECH = Path(__file__).parents[1] / "speech_model"
TIP, LATE, CANCEL = (SPEECH / f"{name}.wav" for name in ("news_tip", "late_paper", "cancel"))
"""Some ten seconds of English each."""
_ids = count(1)


def part(sound: Path, seconds: float, start: float = 0.0) -> Samples:
    """Some seconds of a recording, each of them unlike any other."""
    return read_wav(sound)[int(start * RATE) : int((start + seconds) * RATE)]


@dataclass(frozen=True, slots=True)
class Owned:
    """A mailbox of the tests."""

    number: str
    pin: str = "4927"

    @property
    def name(self) -> str:
        return f"box-{self.number}"

    @property
    def title(self) -> str:
        return f"the box of {self.name.replace('-', ' ')}"


@contextmanager
def opened(home: Path) -> Iterator[None]:
    """The store of a home, as long as the test needs it in its own process."""
    database.connect(home / "pressline.db")
    try:
        yield
    finally:
        database.disconnect()


def make(home: Path, owned: Owned, *told: str, **facts: Any) -> Owned:
    """A mailbox whose messages are told to `told`, by mail or (URLs) by webhook."""
    with opened(home), writing():
        known = {"title": owned.title, "pin_hash": hashed(owned.pin), **facts}
        row = Mailbox.create(name=owned.name, **known)
        MailboxNumber.create(number=owned.number, mailbox=row)
        _tell(row, told)
    return owned


def tell(home: Path, name: str, *told: str) -> None:
    """Have others told of the messages for a mailbox that is there already."""
    with opened(home), writing():
        _tell(Mailbox.get(Mailbox.name == name), told)


def _tell(row: Mailbox, told: tuple[str, ...]) -> None:
    for address in told:
        channel = "webhook" if "://" in address else "mail"
        Recipient.create(mailbox=row, channel=channel, address=address, secret=SECRET)


SECRET = "the webhook's secret"


def put(
    home: Path,
    owned: Owned,
    sound: Samples | None = None,
    *,
    number: str = "5550100",
    withheld: bool = False,
    callback: str = "",
    urgent: bool = False,
    ago: timedelta = timedelta(minutes=5),
) -> Samples:
    """A message that has been left, of four seconds unless `sound` is given; how it sounds."""
    at = datetime.now(UTC) - ago
    message = f"put{next(_ids):05}"
    relative = dated_path(message, at)
    path = home / "voicemail" / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, part(LATE, 4.0) if sound is None else sound, RATE, subtype="PCM_16")
    begun = MessageBegun(message, owned.name, f"call-{message}", at, number, "", withheld, "", "en")
    seconds = soundfile.info(path).duration
    size = path.stat().st_size
    noted = MessageNoted(message, urgent, callback, bool(callback))
    kept = MessageKept(
        begun, at, str(relative), seconds, seconds, size, checksum(path), "key", noted
    )
    with opened(home), writing():
        messages.kept([kept])
    return read_wav(path)
