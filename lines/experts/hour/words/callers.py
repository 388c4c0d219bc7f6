"""To one caller alone."""

from typing import Final

PLACE: Final = {
    "en": "You are number {place}.",
    "zh": "您排在第{place}位。",
    "yue": "你排第{place}位。",
}
STAY: Final = {
    "en": "Stay on the line, you will be called on.",
    "zh": "请不要挂机，轮到您时会请您发言。",
    "yue": "請唔好收線，輪到你嗰陣會請你發言。",
}
WITHDRAWN: Final = {
    "en": "You no longer wait. To ask a question after all, press 1.",
    "zh": "您已取消提问。想再提问请按1。",
    "yue": "你已經取消發問。想再發問請按1。",
}
NOT_WAITING: Final = {
    "en": "You have not asked to speak. To ask a question, press 1.",
    "zh": "您还没有申请提问。想提问请按1。",
    "yue": "你仲未申請發問。想發問請按1。",
}
HELP: Final = {
    "en": "To ask a question, press 1. To withdraw it, press 2. To hear your place, press 3.",
    "zh": "提问请按1。取消请按2。查询排位请按3。",
    "yue": "發問請按1。取消請按2。查詢排位請按3。",
}
TOO_MANY: Final = {
    "en": "Too many are waiting already. Please try again later.",
    "zh": "等候提问的人太多，请稍后再试。",
    "yue": "等緊發問嘅人太多，請遲啲再試。",
}
ON_AIR: Final = {"en": "You are on air.", "zh": "请讲。", "yue": "請講。"}
STILL_ON_AIR: Final = {
    "en": "You are on air now.",
    "zh": "您正在发言。",
    "yue": "你而家喺度發言。",
}
OFF_AIR: Final = {
    "en": "Thank you for your question. You are listening again.",
    "zh": "谢谢您的提问。您现在继续收听。",
    "yue": "多謝你嘅提問。你而家繼續收聽。",
}
ASIDE: Final = {
    "en": "An editor speaks with you now. Nobody else hears you.",
    "zh": "现在由编辑和您通话，其他人听不到。",
    "yue": "而家由編輯同你傾，其他人聽唔到。",
}
BACK: Final = {
    "en": "You are listening again.",
    "zh": "您现在继续收听。",
    "yue": "你而家繼續收聽。",
}
