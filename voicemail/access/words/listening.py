"""Words around a message: which one it is, from whom, and what became of it."""

from typing import Final

NUMBER: Final = {
    "en": "Message {number}.",
    "zh": "第{number}条留言。",
    "yue": "第{number}個留言。",
}
URGENT: Final = {
    "en": "It is urgent.",
    "zh": "这是紧急留言。",
    "yue": "呢個係緊急留言。",
}
IS_DELETED: Final = {
    "en": "You have deleted it.",
    "zh": "这条留言已删除。",
    "yue": "呢個留言已經刪除。",
}
FORWARDED: Final = {
    "en": "Forwarded by {title}.",
    "zh": "由{title}转来。",
    "yue": "由{title}轉嚟。",
}
FORWARDED_UNNAMED: Final = {
    "en": "It was forwarded to you.",
    "zh": "这是转来的留言。",
    "yue": "呢個係轉嚟嘅留言。",
}
RECEIVED: Final = {
    "en": "Received at {time} {day}.",
    "zh": "收到的时间是{day}，{time}。",
    "yue": "收到嘅時間係{day}，{time}。",
}
TODAY: Final = {"en": "today", "zh": "今天", "yue": "今日"}
YESTERDAY: Final = {"en": "yesterday", "zh": "昨天", "yue": "琴日"}
ON_DAY: Final = {"en": "on {date}", "zh": "{date}", "yue": "{date}"}
FROM: Final = {
    "en": "From {number}.",
    "zh": "来电号码是{number}。",
    "yue": "來電號碼係{number}。",
}
WITHHELD: Final = {
    "en": "The caller's number was withheld.",
    "zh": "来电者隐藏了号码。",
    "yue": "來電者隱藏咗號碼。",
}
UNKNOWN_NUMBER: Final = {
    "en": "The caller's number is not known.",
    "zh": "来电号码不明。",
    "yue": "唔知道來電號碼。",
}
CALL_BACK_AT: Final = {
    "en": "To be called back at {number}.",
    "zh": "请回电到{number}。",
    "yue": "請打返去{number}。",
}
NO_NEW: Final = {
    "en": "There are no new messages.",
    "zh": "没有新留言。",
    "yue": "冇新留言。",
}
NO_SAVED: Final = {
    "en": "There are no saved messages.",
    "zh": "没有已保存的留言。",
    "yue": "冇已儲存嘅留言。",
}
NO_DELETED: Final = {
    "en": "You have deleted no messages.",
    "zh": "没有删除的留言。",
    "yue": "冇刪除過留言。",
}
FIRST: Final = {
    "en": "This is the first message.",
    "zh": "这是第一条留言。",
    "yue": "呢個係第一個留言。",
}
LAST: Final = {
    "en": "That was the last message.",
    "zh": "留言听完了。",
    "yue": "留言聽完喇。",
}
ONE_MORE: Final = {
    "en": "One more message has come in.",
    "zh": "又收到一条新留言。",
    "yue": "又收到一個新留言。",
}
MORE_CAME: Final = {
    "en": "{number} more messages have come in.",
    "zh": "又收到{number}条新留言。",
    "yue": "又收到{number}個新留言。",
}
PAUSED: Final = {
    "en": "Paused. To go on, press 2.",
    "zh": "已暂停。继续请按2。",
    "yue": "已經暫停。繼續請按2。",
}
UNPLAYABLE: Final = {
    "en": "This message cannot be played just now.",
    "zh": "这条留言暂时无法播放。",
    "yue": "呢個留言暫時播唔到。",
}
DELETED: Final = {"en": "Deleted.", "zh": "已删除。", "yue": "已經刪除。"}
UNDELETED: Final = {"en": "It is kept.", "zh": "已恢复。", "yue": "已經恢復。"}
SAVED: Final = {"en": "Saved.", "zh": "已保存。", "yue": "已經儲存。"}
NOT_DONE: Final = {
    "en": "That could not be done just now. Please try again later.",
    "zh": "暂时无法办到，请稍后再试。",
    "yue": "暫時做唔到，請遲啲再試。",
}
