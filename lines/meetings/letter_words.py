"""The words of mails about meetings, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from store.models.meeting import ErrandKind


@dataclass(frozen=True, slots=True)
class LetterWords:
    locale: str
    """Babel's, for dates."""
    subjects: Mapping[ErrandKind, str]
    openings: Mapping[ErrandKind, str]
    dismissed: str
    """For one guest who is not asked any more: in the subject, and as the opening."""
    meeting: str
    when: str
    room: str
    """Before its name and, in brackets, the number that is keyed for it."""
    organiser: str
    called: str
    dial_in: str


def _by_kind(invited: str, moved: str, cancelled: str, soon: str) -> Mapping[ErrandKind, str]:
    return {
        ErrandKind.INVITATION: invited,
        ErrandKind.MOVED: moved,
        ErrandKind.CANCELLATION: cancelled,
        ErrandKind.MAIL_REMINDER: soon,
    }


WORDS: Final = {
    "en": LetterWords(
        locale="en",
        subjects=_by_kind(
            "Invitation: {title}", "Moved: {title}", "Cancelled: {title}", "Reminder: {title}"
        ),
        openings=_by_kind(
            "You are invited to a meeting by phone.",
            "The meeting has been moved. The new time:",
            "The meeting does not take place.",
            "We remind you of a meeting by phone.",
        ),
        dismissed="You are no longer invited",
        meeting="Meeting",
        when="When",
        room="Conference room",
        organiser="Organiser",
        called="We call you when it begins: press 1 to come in.",
        dial_in="Call us and ask for the conference room; the organiser knows its PIN.",
    ),
    "zh": LetterWords(
        locale="zh_Hans_CN",
        subjects=_by_kind("邀请：{title}", "改期：{title}", "取消：{title}", "提醒：{title}"),
        openings=_by_kind(
            "邀请您参加电话会议。",
            "会议已改期，新的时间：",
            "会议取消。",
            "提醒您参加电话会议。",
        ),
        dismissed="您不再受邀参加",
        meeting="会议",
        when="时间",
        room="会议室",
        organiser="召集人",
        called="会议开始时我们会致电给您，按1即可加入。",
        dial_in="请来电进入会议室，密码请向召集人索取。",
    ),
    "yue": LetterWords(
        locale="yue_Hant_HK",
        subjects=_by_kind("邀請：{title}", "改期：{title}", "取消：{title}", "提提你：{title}"),
        openings=_by_kind(
            "邀請你參加電話會議。",
            "會議改咗時間，新時間係：",
            "會議取消咗。",
            "提提你參加電話會議。",
        ),
        dismissed="你唔使再參加",
        meeting="會議",
        when="時間",
        room="會議室",
        organiser="召集人",
        called="會議開始嗰陣我哋會打畀你，撳1就可以加入。",
        dial_in="請打嚟入會議室，密碼請問召集人。",
    ),
}


def words_of(language: str) -> LetterWords:
    """Those of `language`, else the English ones."""
    return WORDS.get(language, WORDS["en"])
