"""What a notice says, line by line: the same in a mail's text, its HTML and on the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tts_asr.transcript import Word, written
from voicemail.delivery.notice import Notice, Wording
from voicemail.delivery.wording import Words, words_of

DIALLED = re.compile(r"\+?[0-9]{3,20}")
"""Only these become links to dial: the rest of what callers send is shown, not used."""

NOTHING = Word("", 0.0, 0.0, None)


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    value: str
    number: str = ""
    """What to dial; empty: nothing."""


def who(notice: Notice) -> str:
    """The caller in a few words."""
    words = words_of(notice.language)
    if notice.withheld:
        return words.withheld
    return notice.name or notice.number or words.unknown


def subject(notice: Notice) -> str:
    words = words_of(notice.language)
    line = words.subject.format(who=who(notice), box=notice.title)
    return f"{words.urgent}: {line}" if notice.urgent else line


def lines(notice: Notice, zone: ZoneInfo) -> list[Line]:
    """Who, where to call back, when, how long, which box."""
    words = words_of(notice.language)
    return [line for line in _lines(notice, words, zone) if line.value]


def _lines(notice: Notice, words: Words, zone: ZoneInfo) -> Iterator[Line]:
    both = notice.name and notice.number
    caller = f"{notice.name} · {notice.number}" if both else who(notice)
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


def heading(wording: Wording, words: Words) -> str:
    """Above what was said: a machine's words, or whose they are."""
    if wording.corrected_by:
        return words.corrected.format(author=wording.corrected_by)
    return words.said


def stand_in(wording: Wording, words: Words) -> str:
    """What stands in place of the words; empty when there are some, or none were asked for."""
    if wording.state == "done":
        return "" if wording.text.strip() else words.silent
    return {"waiting": words.waiting, "failed": words.failed}.get(wording.state, "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was said."""

    text: str
    is_doubtful: bool = False


def pieces(notice: Notice) -> list[Piece]:
    """What was said, to be set one after the other; doubtful words apart. Empty: no words."""
    wording = notice.wording
    if not wording.words:
        return [Piece(wording.text)] if wording.text.strip() else []
    gap = written([NOTHING, NOTHING], notice.language)
    each = [Piece(word.text, word.is_doubtful) for word in wording.words]
    return [piece for one in each for piece in (Piece(gap), one) if piece.text][bool(gap) :]


def remarks(notice: Notice) -> list[str]:
    """What limits the words."""
    words = words_of(notice.language)
    doubtful = any(word.is_doubtful for word in notice.wording.words)
    return [line for line in (doubtful and words.doubtful, notice.wording.note) if line]
