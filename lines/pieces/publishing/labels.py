"""The few words around a piece, in the languages of the box."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts with `{}` take what stands in their name."""

    locale: str
    """Babel's name."""
    tag: str
    """For `lang` (BCP 47)."""
    answered_by: str
    all_of: str
    lines: str
    words: str
    no_words: str
    none_yet: str
    feed: str


ENGLISH = Labels(
    "en",
    "en",
    "Answered by {}",
    "All answers: {}",
    "Ask our experts",
    "In writing",
    "There is no written version of this recording.",
    "Nothing has been published yet.",
    "Subscribe",
)
LABELS: Mapping[str, Labels] = {
    "en": ENGLISH,
    "zh": Labels(
        "zh_Hans",
        "zh-Hans",
        "解答：{}",
        "全部解答：{}",
        "专家热线",
        "文字版",
        "这段录音没有文字版。",
        "尚未发布任何内容。",
        "订阅",
    ),
    "yue": Labels(
        "yue_Hant",
        "yue-Hant",
        "解答：{}",
        "全部解答：{}",
        "專家熱線",
        "文字版",
        "呢段錄音冇文字版。",
        "暫時未有內容。",
        "訂閱",
    ),
}


def labels(language: str) -> Labels:
    """English for languages that we have no words of."""
    return LABELS.get(language.partition("-")[0].lower(), ENGLISH)


def day_in(day: date, language: str) -> str:
    return format_date(day, "long", Locale.parse(labels(language).locale))
