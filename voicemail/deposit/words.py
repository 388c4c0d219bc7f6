"""What the step `voicemail` says by itself."""

from typing import Final

from ivr_flows import number_words as keyed
from ivr_flows.languages import WRONG_KEY
from ivr_flows.sentences import Words
from voicemail.deposit import number_words as said

REACHED: Final[Words] = {
    "en": "You have reached {title}.",
    "zh": "您好，这里是{title}。",
    "yue": "你好，呢度係{title}。",
}
BUSY: Final[Words] = {
    "en": "We are talking to somebody else just now.",
    "zh": "现在正在接听别的电话。",
    "yue": "而家正在傾緊電話。",
}
AWAY: Final[Words] = {
    "en": "There is nobody here at the moment.",
    "zh": "现在没有人在，无法接听您的电话。",
    "yue": "而家冇人喺度，未能夠接聽你嘅電話。",
}
CLOSED: Final[Words] = {
    "en": "We are closed at the moment.",
    "zh": "现在是休息时间。",
    "yue": "而家係休息時間。",
}
INVITATION: Final[Words] = {
    "en": "Please leave a message after the tone. Then press the hash key, or just hang up.",
    "zh": "请在提示音后留言，说完请按井号键，或直接挂机。",
    "yue": "請喺提示音之後留言，講完請按井字掣，或者直接收線。",
}
REASONS: Final = {"busy": BUSY, "away": AWAY, "closed": CLOSED}
"""Why nobody answers, by the kind of greeting."""

FULL: Final[Words] = {
    "en": "We are sorry, this mailbox is full. Please call again another time.",
    "zh": "对不起，这个信箱已满，请改天再来电。",
    "yue": "對唔住，呢個信箱已經滿咗，請第日再打嚟。",
}
NO_ROOM: Final[Words] = {
    "en": "We are sorry, we cannot take messages just now. Please call again later.",
    "zh": "对不起，现在无法留言，请稍后再来电。",
    "yue": "對唔住，而家未能夠留言，請稍後再打嚟。",
}

TOO_SHORT: Final[Words] = {
    "en": "Your message was very short.",
    "zh": "您的留言太短。",
    "yue": "你嘅留言太短。",
}
NOTHING_HEARD: Final[Words] = {
    "en": "We could not hear you.",
    "zh": "没有听到您的声音。",
    "yue": "聽唔到你嘅聲音。",
}
ONCE_MORE: Final[Words] = {
    "en": "Please speak again after the tone.",
    "zh": "请在提示音后再说一次。",
    "yue": "請喺提示音之後再講一次。",
}
AFTER_TONE: Final[Words] = {
    "en": "Please speak after the tone.",
    "zh": "请在提示音后留言。",
    "yue": "請喺提示音之後留言。",
}
AS_BEFORE: Final[Words] = {
    "en": "We keep what you said before.",
    "zh": "我们保留您之前的留言。",
    "yue": "我哋會保留你之前嘅留言。",
}
NO_LONGER: Final[Words] = {
    "en": "There is no room for a longer message.",
    "zh": "留言时间已到。",
    "yue": "留言時間已經到。",
}

SEND: Final[Words] = {
    "en": "To send your message, press 1, or just hang up.",
    "zh": "发送留言请按1，或直接挂机。",
    "yue": "發送留言請按1，或者直接收線。",
}
HEAR: Final[Words] = {
    "en": "To hear it, press 2.",
    "zh": "听留言请按2。",
    "yue": "聽返留言請按2。",
}
AGAIN: Final[Words] = {
    "en": "To record it again, press 3.",
    "zh": "重新录音请按3。",
    "yue": "重新錄音請按3。",
}
MARK: Final[Words] = {
    "en": "To mark it urgent, press 4.",
    "zh": "标为紧急请按4。",
    "yue": "標記為緊急請按4。",
}
UNMARK: Final[Words] = {
    "en": "To mark it not urgent, press 4.",
    "zh": "取消紧急请按4。",
    "yue": "取消緊急請按4。",
}
LEAVE_NUMBER: Final[Words] = {
    "en": "To leave a number where we can call you, press 5.",
    "zh": "留下回电号码请按5。",
    "yue": "留低回電號碼請按5。",
}
MARKED: Final[Words] = {
    "en": "Your message is urgent.",
    "zh": "留言已标为紧急。",
    "yue": "留言已經標記為緊急。",
}
UNMARKED: Final[Words] = {
    "en": "Your message is not urgent.",
    "zh": "留言已不再标为紧急。",
    "yue": "留言已經唔再係緊急。",
}

SENT: Final[Words] = {
    "en": "Thank you. Your message is on its way.",
    "zh": "谢谢，您的留言已发送。",
    "yue": "多謝，你嘅留言已經發送。",
}

CONSTANT: Final = (
    *REASONS.values(), INVITATION, FULL, NO_ROOM, TOO_SHORT, NOTHING_HEARD, ONCE_MORE, AFTER_TONE,
    AS_BEFORE, NO_LONGER, SEND, HEAR, AGAIN, MARK, UNMARK, LEAVE_NUMBER, MARKED, UNMARKED,
    WRONG_KEY, SENT, *keyed.CONSTANT, *said.CONSTANT,
)  # fmt: skip
"""Those without a gap: they are rendered before anybody calls."""
