"""A message's audio, and what was said when it was forwarded, small enough for a mail."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from store.models.mailbox import Attach
from tts_asr.encode import SmallKind, small_audio
from tts_asr.errors import SpeechError
from voicemail.delivery.notice import Notice

KINDS: dict[str, tuple[SmallKind, str, str]] = {
    Attach.MP3: ("mp3", "mpeg", "mp3"),
    # RFC 7845, 9: Opus in Ogg is audio/ogg.
    Attach.OPUS: ("opus", "ogg", "opus"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    content: bytes
    subtype: str
    """Of `audio/…`."""
    name: str


def attachments(notice: Notice, attach: str, most_bytes: int) -> list[Attachment]:
    """None when none is wanted, the file is not there or unreadable, or they would be too large."""
    if notice.audio is None or attach not in KINDS:
        return []
    day = f"{notice.started_at:%Y%m%d-%H%M%S}"
    wanted = [(notice.audio, f"message-{day}"), (notice.comment, f"comment-{day}")]
    try:
        made = [_small(path, name, attach) for path, name in wanted if path]
    except SpeechError:
        return []
    return made if sum(len(each.content) for each in made) <= most_bytes else []


def _small(path: Path, name: str, attach: str) -> Attachment:
    kind, subtype, ending = KINDS[attach]
    with tempfile.TemporaryDirectory(prefix="pressline-mail-") as folder:
        small = Path(folder) / f"{name}.{ending}"
        small_audio(path, small, kind)
        return Attachment(small.read_bytes(), subtype, small.name)
