"""What callers of an expert line hear before the hall and after it."""

from typing import Final

from ivr_flows import number_words
from ivr_flows.sentences import Words

CHOOSE: Final[Words] = {
    "en": "For English, press {key}.",
    "zh": "普通话请按{key}。",
    "yue": "廣東話請按{key}。",
}
"""Each is said in its own language."""
WELCOME: Final[Words] = {
    "en": "Welcome to our hour with an expert.",
    "zh": "欢迎收听专家时间。",
    "yue": "歡迎收聽專家時間。",
}
TOPIC: Final[Words] = {"en": "The topic:", "zh": "主题是：", "yue": "主題係："}
GUEST: Final[Words] = {"en": "Our guest:", "zh": "今天的嘉宾是：", "yue": "今日嘅嘉賓係："}
CONSENT: Final[Words] = {
    "en": "What you say on air is recorded, and may be published by the newspaper. "
    "If you do not agree, please only listen, or hang up.",
    "zh": "您在节目中的发言会被录音，并可能由本报发表。如果您不同意，请只收听，或者挂机。",
    "yue": "你喺節目入面講嘅嘢會錄音，亦可能由本報發表。如果你唔同意，請淨係聽，或者收線。",
}
HOW: Final[Words] = {
    "en": "You can listen now. To ask a question, press 1. For help, press 0.",
    "zh": "您现在可以收听。提问请按1，帮助请按0。",
    "yue": "你而家可以收聽。提問請按1，幫助請按0。",
}
REACH_YOU: Final[Words] = {
    "en": "Your number is not shown to us.",
    "zh": "我们看不到您的号码。",
    "yue": "我哋睇唔到你嘅號碼。",
}

FULL: Final[Words] = {
    "en": "We are sorry, there is no room for more listeners just now.",
    "zh": "对不起，收听人数已满。",
    "yue": "對唔住，收聽人數已經滿咗。",
}
REMOVED: Final[Words] = {
    "en": "You have been taken out of the programme.",
    "zh": "您已被请出节目。",
    "yue": "你已經被請出節目。",
}
OVER: Final[Words] = {
    "en": "The programme is over. Thank you for calling.",
    "zh": "节目已经结束。谢谢您的来电。",
    "yue": "節目已經結束。多謝你嘅來電。",
}
NOT_NOW: Final[Words] = {
    "en": "There is no programme on this line just now.",
    "zh": "这条热线现在没有节目。",
    "yue": "呢條熱線而家冇節目。",
}
NONE_PLANNED: Final[Words] = {
    "en": "The next one is not planned yet.",
    "zh": "下一期的时间还没有确定。",
    "yue": "下一期嘅時間未定。",
}
NEXT: Final[Words] = {
    "en": "The next one is at {time} {day}.",
    "zh": "下一期的时间是{day}，{time}。",
    "yue": "下一期嘅時間係{day}，{time}。",
}
TODAY: Final[Words] = {"en": "today", "zh": "今天", "yue": "今日"}
TOMORROW: Final[Words] = {"en": "tomorrow", "zh": "明天", "yue": "聽日"}
ON_DAY: Final[Words] = {"en": "on {date}", "zh": "{date}", "yue": "{date}"}
LEAVE: Final[Words] = {
    "en": "To leave a question for the expert, press 1. Or just hang up.",
    "zh": "想给专家留下问题，请按1；也可以直接挂机。",
    "yue": "想留低問題畀專家，請按1；或者直接收線。",
}
GOODBYE: Final[Words] = {"en": "Goodbye.", "zh": "再见。", "yue": "再見。"}
AWAY: Final[Words] = {
    "en": "We are sorry, this line cannot be reached just now.",
    "zh": "对不起，暂时无法接通这条热线。",
    "yue": "對唔住，暫時未能夠接通呢條熱線。",
}

CONSTANT: Final = (
    WELCOME, TOPIC, GUEST, CONSENT, HOW, REACH_YOU, FULL, REMOVED, OVER, NOT_NOW, NONE_PLANNED,
    LEAVE, GOODBYE, AWAY, *number_words.CONSTANT,
)  # fmt: skip
"""Those without a gap: they are rendered before anybody calls."""
