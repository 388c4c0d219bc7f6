"""What a notice says, line by line: the same in a mail's text, its HTML and on the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tts_asr.transcript import Word, written
from voicemail.delivery.notice import Notice, Wording
from voicemail.delivery.wording import Words, words_of

DIALLED = re.compile(r"\+?[0-9]{3,20}")
"""Only these become links to dial: the rest of what callers send is shown, not used."""

NOTHING = Word("", 0.0, 0.0, None)
"""Two of them, written down, are what stands between words."""


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    value: str
    number: str = ""
    """What to dial; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was said."""

    text: str
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said, in the language of the box."""

    words: Words
    language: str
    subject: str
    lines: Sequence[Line]
    """Who, where to call back, when, how long, which box."""
    heading: str
    """Above what was said: a machine's words, or whose they are."""
    pieces: Sequence[Piece]
    """What was said, to be set one after the other; doubtful words apart. Empty: no words."""
    stand_in: str
    """What stands in place of the words; empty when there are some, or none were asked for."""
    remarks: Sequence[str]
    """What limits the words."""


def tell(notice: Notice, zone: ZoneInfo) -> Told:
    words = words_of(notice.language)
    return Told(
        words=words,
        language=notice.language,
        subject=_subject(notice, words),
        lines=[line for line in _lines(notice, words, zone) if line.value],
        heading=_heading(notice.wording, words),
        pieces=_pieces(notice),
        stand_in=_stand_in(notice.wording, words),
        remarks=list(_remarks(notice.wording, words)),
    )


def _who(notice: Notice, words: Words) -> str:
    """The caller in a few words."""
    if notice.withheld:
        return words.withheld
    return notice.name or notice.number or words.unknown


def _subject(notice: Notice, words: Words) -> str:
    line = words.subject.format(who=_who(notice, words), box=notice.title)
    return f"{words.urgent}: {line}" if notice.urgent else line


def _lines(notice: Notice, words: Words, zone: ZoneInfo) -> Iterator[Line]:
    both = notice.name and notice.number
    caller = f"{notice.name} · {notice.number}" if both else _who(notice, words)
    yield Line(words.caller, caller, _dialled(notice.number))
    yield Line(words.callback, _callback(notice, words), _dialled(notice.callback))
    yield Line(words.when, _when(notice, words, zone))
    yield Line(words.length, _length(notice.seconds))
    yield Line(words.box, notice.title)
    yield Line(words.forwarded, notice.forwarded_by)


def _dialled(number: str) -> str:
    return number if DIALLED.fullmatch(number) else ""


def _callback(notice: Notice, words: Words) -> str:
    if not notice.callback or notice.callback_confirmed:
        return notice.callback
    return f"{notice.callback} ({words.unconfirmed})"


def _when(notice: Notice, words: Words, zone: ZoneInfo) -> str:
    local = notice.started_at.astimezone(zone)
    day = format_date(local, "full", locale=words.locale)
    return f"{day}, {format_time(local, 'short', locale=words.locale)}"


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _heading(wording: Wording, words: Words) -> str:
    if wording.corrected_by:
        return words.corrected.format(author=wording.corrected_by)
    return words.said


def _stand_in(wording: Wording, words: Words) -> str:
    if wording.state == "done":
        return "" if wording.text.strip() else words.silent
    return {"waiting": words.waiting, "failed": words.failed}.get(wording.state, "")


def _pieces(notice: Notice) -> list[Piece]:
    wording = notice.wording
    if not wording.words:
        return [Piece(wording.text)] if wording.text.strip() else []
    gap = written([NOTHING, NOTHING], notice.language)
    each = [Piece(word.text, word.is_doubtful) for word in wording.words]
    return [piece for one in each for piece in (Piece(gap), one) if piece.text][bool(gap) :]


def _remarks(wording: Wording, words: Words) -> Iterator[str]:
    if any(word.is_doubtful for word in wording.words):
        yield words.doubtful
    if wording.note:
        yield wording.note
