"""How many messages there are: "You have three new messages, one of them urgent, and …"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from voicemail.access.words.amounts import counted
from voicemail.ports import Counts


def spoken_counts(counts: Counts, language: str) -> str:
    """`language` is one of those of `ivr_flows.languages`."""
    return _english(counts) if language == "en" else _chinese(counts, CHINESE[language], language)


def _english(counts: Counts) -> str:
    if not counts.new and not counts.saved:
        return "You have no messages."
    saved = f"{counted(counts.saved, 'en')} saved message{'' if counts.saved == 1 else 's'}"
    if not counts.new:
        return f"You have no new messages and {saved}."
    new = f"You have {counted(counts.new, 'en')} new message{'' if counts.new == 1 else 's'}"
    urgent = _urgent_english(counts)
    if not counts.saved:
        return f"{new}{urgent}."
    return f"{new}{urgent}{',' if urgent else ''} and {saved}."


def _urgent_english(counts: Counts) -> str:
    if not counts.urgent_new:
        return ""
    if counts.urgent_new >= counts.new:
        return ", which is urgent" if counts.new == 1 else ", all of them urgent"
    return f", {counted(counts.urgent_new, 'en')} of them urgent"


@dataclass(frozen=True, slots=True)
class Phrases:
    none: str
    new: str
    no_new: str
    saved_only: str
    saved_too: str
    is_urgent: str
    all_urgent: str
    some_urgent: str


CHINESE: Final[Mapping[str, Phrases]] = {
    "zh": Phrases(
        none="您没有留言。",
        new="您有{}条新留言",
        no_new="您没有新留言",
        saved_only="，有{}条已保存的留言",
        saved_too="，还有{}条已保存的留言",
        is_urgent="，是紧急的",
        all_urgent="，全部是紧急的",
        some_urgent="，其中{}条是紧急的",
    ),
    "yue": Phrases(
        none="你冇留言。",
        new="你有{}個新留言",
        no_new="你冇新留言",
        saved_only="，有{}個已儲存嘅留言",
        saved_too="，仲有{}個已儲存嘅留言",
        is_urgent="，係緊急嘅",
        all_urgent="，全部係緊急嘅",
        some_urgent="，其中{}個係緊急嘅",
    ),
}


def _chinese(counts: Counts, phrases: Phrases, language: str) -> str:
    if not counts.new and not counts.saved:
        return phrases.none
    saved = counted(counts.saved, language)
    if not counts.new:
        return f"{phrases.no_new}{phrases.saved_only.format(saved)}。"
    new = phrases.new.format(counted(counts.new, language))
    after = phrases.saved_too.format(saved) if counts.saved else ""
    return f"{new}{_urgent_chinese(counts, phrases, language)}{after}。"


def _urgent_chinese(counts: Counts, phrases: Phrases, language: str) -> str:
    if not counts.urgent_new:
        return ""
    if counts.urgent_new >= counts.new:
        return phrases.is_urgent if counts.new == 1 else phrases.all_urgent
    return phrases.some_urgent.format(counted(counts.urgent_new, language))
