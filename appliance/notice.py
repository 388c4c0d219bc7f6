"""What the switch itself says when the callbox is not there."""

from collections.abc import Sequence
from pathlib import Path

from .book import Book
from .dialplan import LineNotice
from .home import Home
from .line_facts import languages
from .settings import Settings
from .speech import speaker

NOTICE = {  # one sentence each, for it is one file
    "en": "We cannot take your call at the moment, please leave a message after the tone.",
    "zh": "我们暂时无法接听您的电话，请在提示音后留言。",
    "yue": "我哋暫時未能接聽你嘅電話，請喺提示音之後留言。",
}


def make_notice(home: Home, settings: Settings, language: str = "") -> Path:
    """In the box's own language, or another. Rendered once, then from the cache.

    Raises `SpeechFailed`.
    """
    spoken = language or settings.language
    spoken = spoken if spoken in NOTICE else "en"
    (prompt,) = speaker(settings, home).render(NOTICE[spoken], spoken)
    return prompt.path


def line_notices(home: Home, settings: Settings, book: Book) -> Sequence[LineNotice]:
    """For the lines that speak another language than the box's own. Raises `SpeechFailed`."""
    return [
        LineNotice(line.numbers, make_notice(home, settings, line.language))
        for line in languages(book, settings.language)
    ]
