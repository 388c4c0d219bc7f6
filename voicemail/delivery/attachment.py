"""A message's audio, and what was said when it was forwarded, small enough for a mail."""

from dataclasses import dataclass
from pathlib import Path

from store.models.mailbox import Attach
from tts_asr.encode import SmallKind
from tts_asr.errors import SpeechError
from voicemail.delivery.notice import Notice
from voicemail.delivery.small_copy import small_copy
from voicemail.places import SMALL

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


def attachments(notice: Notice, attach: str, folder: Path, most_bytes: int) -> list[Attachment]:
    """None when none is wanted, the file is not there or unreadable, or they would be too large.

    `folder` is the voicemail folder, which keeps small copies for a day.
    """
    if notice.audio is None or attach not in KINDS:
        return []
    kind, subtype, ending = KINDS[attach]
    day = f"{notice.started_at:%Y%m%d-%H%M%S}"
    made = []
    try:
        for what, path in (("message", notice.audio), ("comment", notice.comment)):
            if path:
                small = small_copy(path, folder / SMALL / f"{notice.id}-{what}.{ending}", kind)
                made.append(Attachment(small, subtype, f"{what}-{day}.{ending}"))
    except SpeechError:
        return []
    return made if sum(len(each.content) for each in made) <= most_bytes else []
