"""All that the page of one message shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import g

from admin.panel import the_panel
from store.models import (
    Correction,
    Delivery,
    Mailbox,
    Message,
    MessageAssignment,
    MessageNote,
    PanelUser,
    Transcript,
)
from tts_asr.transcript import UNSPACED, Word

from .access import viewers

SHADES = 4
"""Of doubt: the last of them is for words that are doubtful."""


@dataclass(frozen=True, slots=True)
class SaidWord:
    text: str
    start: float
    """Seconds from the beginning."""
    end: float
    shade: int
    """From 0 (sure) to `SHADES` - 1."""
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class One:
    message: Message
    has_sound: bool
    transcript: Transcript | None
    words: Sequence[SaidWord]
    is_spaced: bool
    corrections: Sequence[Correction]
    """The newest first."""
    notes: Sequence[MessageNote]
    deliveries: Sequence[Delivery]
    assignment: MessageAssignment | None
    colleagues: Sequence[PanelUser]
    """Who may be given the message."""
    boxes: Sequence[Mailbox]
    """Where it may be passed on to."""
    forwarded_by: str

    @property
    def text(self) -> str:
        """As it is known best."""
        if self.corrections:
            return str(self.corrections[0].text)
        return self.transcript.text if self.transcript else ""

    @property
    def base(self) -> int:
        """What a correction is made upon: the newest before it."""
        return self.corrections[0].id if self.corrections else 0


def read_one(message: Message) -> One:
    transcript = Transcript.get_or_none(Transcript.message == message)
    corrections = Correction.select().where(Correction.message == message)
    notes = MessageNote.select().where(MessageNote.message == message)
    deliveries = Delivery.select().where(Delivery.message == message)
    others = Mailbox.select().where(Mailbox.id != message.mailbox_id)
    return One(
        message=message,
        has_sound=bool(message.path) and (voicemail_folder() / message.path).is_file(),
        transcript=transcript,
        words=[_word(Word(**word)) for word in transcript.words] if transcript else [],
        is_spaced=_is_spaced(transcript.language if transcript else ""),
        corrections=list(corrections.order_by(Correction.id.desc())),
        notes=list(notes.order_by(MessageNote.id)),
        deliveries=list(deliveries.order_by(Delivery.id)),
        assignment=MessageAssignment.get_or_none(MessageAssignment.message == message),
        colleagues=viewers(message.mailbox),
        boxes=list(others.order_by(Mailbox.title, Mailbox.name)),
        forwarded_by=_title(message.forwarded_by),
    )


def voicemail_folder() -> Path:
    if "voicemail_folder" not in g:
        g.voicemail_folder = (the_panel().home / "voicemail").absolute()
    folder: Path = g.voicemail_folder
    return folder


def _word(word: Word) -> SaidWord:
    sure = 1.0 if word.confidence is None else min(max(word.confidence, 0.0), 1.0)
    shade = SHADES - 1 if word.is_doubtful else min(int((1.0 - sure) * 10), SHADES - 2)
    return SaidWord(word.text, word.start, word.end, shade, word.is_doubtful)


def _is_spaced(language: str) -> bool:
    return language.lower().partition("-")[0] not in UNSPACED


def _title(box: str) -> str:
    found = Mailbox.get_or_none(Mailbox.name == box) if box else None
    return (found.title if found else "") or box
