"""A notice as a mail in the meeting's language."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from lines.meetings.invitation import invitation, method_of
from lines.meetings.letter_words import LetterWords, words_of
from lines.meetings.notice import Notice
from lines.meetings.ports import Letter


def letter(notice: Notice, sender: str, zone: ZoneInfo, now: datetime) -> Letter:
    """`zone` is the paper's; `sender` the address that mails come from."""
    words = words_of(notice.language)
    text = "\n".join(_lines(notice, words, zone))
    return Letter(
        id=notice.id,
        to=notice.to,
        subject=_subject(notice, words),
        text=text,
        calendar=invitation(notice, sender, text, now),
        method=method_of(notice),
        reply_to=notice.organiser_mail,
    )


def _subject(notice: Notice, words: LetterWords) -> str:
    if notice.is_dismissed:
        return f"{words.dismissed}: {notice.title}"
    return words.subjects[notice.kind].format(title=notice.title)


def _lines(notice: Notice, words: LetterWords, zone: ZoneInfo) -> Iterator[str]:
    yield words.dismissed if notice.is_dismissed else words.openings[notice.kind]
    yield ""
    facts = (
        (words.meeting, notice.title),
        (words.when, _when(notice, words, zone)),
        (words.room, _room(notice)),
        (words.organiser, notice.organiser),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    if method_of(notice) != "CANCEL":
        yield ""
        yield words.called if notice.is_called else words.dial_in


def _when(notice: Notice, words: LetterWords, zone: ZoneInfo) -> str:
    starts, ends = notice.starts_at.astimezone(zone), notice.ends_at.astimezone(zone)
    day = format_date(starts, "full", locale=words.locale)
    times = [format_time(moment, "short", locale=words.locale) for moment in (starts, ends)]
    return f"{day}, {'–'.join(times)} ({zone.key})"


def _room(notice: Notice) -> str:
    return f"{notice.room} ({notice.room_number})" if notice.room_number else notice.room
