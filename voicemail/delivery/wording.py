"""The words of mails and pages, by language."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says besides the caller's own words."""

    locale: str
    """Babel's, for dates."""
    subject: str
    urgent: str
    withheld: str
    unknown: str
    caller: str
    callback: str
    unconfirmed: str
    """After a number that the caller did not confirm."""
    when: str
    length: str
    box: str
    forwarded: str
    said: str
    """Above the transcript."""
    doubtful: str
    corrected: str
    silent: str
    """In place of a transcript without words."""
    waiting: str
    failed: str
    listen: str
    until: str
    attached: str
    gone: str
    comment: str


WORDS: Final = {
    "en": Words(
        locale="en",
        subject="New message from {who} for {box}",
        urgent="Urgent",
        withheld="a withheld number",
        unknown="an unknown number",
        caller="From",
        callback="Call back",
        unconfirmed="not confirmed by the caller",
        when="When",
        length="Length",
        box="Mailbox",
        forwarded="Forwarded by",
        said="What a machine heard",
        doubtful="Marked words are doubtful: listen before you rely on them.",
        corrected="Written by {author}",
        silent="No words.",
        waiting="The words are not ready yet.",
        failed="The words could not be had.",
        listen="Listen to the message",
        until="The link is good for {days} days.",
        attached="The recording is attached.",
        gone="The recording is not there any more.",
        comment="Comment",
    ),
    "zh": Words(
        locale="zh_Hans_CN",
        subject="{box}收到来自{who}的新留言",
        urgent="紧急",
        withheld="隐藏号码",
        unknown="未知号码",
        caller="来电",
        callback="回电号码",
        unconfirmed="来电者未确认",
        when="时间",
        length="时长",
        box="信箱",
        forwarded="转发者",
        said="机器听写",
        doubtful="带标记的词不确定，请先听录音再采用。",
        corrected="由{author}改写",
        silent="没有听到话语。",
        waiting="文字还没有准备好。",
        failed="无法得到文字。",
        listen="收听留言",
        until="链接{days}天内有效。",
        attached="录音见附件。",
        gone="录音已不存在。",
        comment="附言",
    ),
    "yue": Words(
        locale="yue_Hant_HK",
        subject="{box}收到{who}嘅新留言",
        urgent="緊急",
        withheld="隱藏號碼",
        unknown="未知號碼",
        caller="來電",
        callback="回電號碼",
        unconfirmed="來電者未確認",
        when="時間",
        length="長度",
        box="信箱",
        forwarded="轉寄者",
        said="機器聽寫",
        doubtful="有標記嘅字唔肯定，請聽過錄音先好採用。",
        corrected="由{author}改寫",
        silent="聽唔到說話。",
        waiting="文字未準備好。",
        failed="攞唔到文字。",
        listen="收聽留言",
        until="連結{days}日內有效。",
        attached="錄音喺附件。",
        gone="錄音已經唔喺度。",
        comment="附言",
    ),
}


def words_of(language: str) -> Words:
    """Those of `language` (`zh-TW` counts as `zh`), else the English ones."""
    return WORDS.get(language.replace("_", "-").partition("-")[0].lower(), WORDS["en"])
