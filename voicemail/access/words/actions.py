"""Words for forwarding, calling back, greetings and the PIN."""

from typing import Final

FORWARD_TO: Final = {
    "en": "Please key in the number of the mailbox, then the hash key. To go back, press star.",
    "zh": "请输入对方的信箱号码，按井号键结束。返回请按星号键。",
    "yue": "請輸入對方嘅信箱號碼，再按井字掣。返回請按星字掣。",
}
NO_SUCH_BOX: Final = {
    "en": "There is no mailbox with that number.",
    "zh": "没有这个信箱。",
    "yue": "冇呢個信箱。",
}
SAME_BOX: Final = {
    "en": "That is this mailbox.",
    "zh": "这就是您现在的信箱。",
    "yue": "呢個就係你而家嘅信箱。",
}
CONFIRM_BOX: Final = {
    "en": "{title}. If that is right, press 1. For another mailbox, press 2.",
    "zh": "{title}。正确请按1。选择其他信箱请按2。",
    "yue": "{title}。正確請按1。揀其他信箱請按2。",
}
COMMENT: Final = {
    "en": "To record some words of your own first, press 1. To forward it as it is, press 2. "
    "To go back, press star.",
    "zh": "要先录一段话请按1。直接转发请按2。返回请按星号键。",
    "yue": "想先錄一段說話請按1。直接轉發請按2。返回請按星字掣。",
}
FORWARDED: Final = {"en": "Forwarded.", "zh": "已转发。", "yue": "已經轉發。"}
NOT_FORWARDED: Final = {
    "en": "It was not forwarded.",
    "zh": "没有转发。",
    "yue": "冇轉發。",
}
SPEAK: Final = {
    "en": "Please speak after the tone, then press the hash key.",
    "zh": "请在提示音后讲话，按井号键结束。",
    "yue": "請喺提示音之後講，再按井字掣。",
}
TOO_SHORT: Final = {
    "en": "That was too short.",
    "zh": "录音太短了。",
    "yue": "錄音太短。",
}
NO_NUMBER: Final = {
    "en": "There is no number to call.",
    "zh": "没有可以回拨的号码。",
    "yue": "冇號碼可以打返去。",
}
MAY_NOT_CALL: Final = {
    "en": "That number cannot be called from here.",
    "zh": "这里不能拨打这个号码。",
    "yue": "呢度唔可以打呢個號碼。",
}
CONFIRM_CALL: Final = {
    "en": "The number is {number}. To call it, press 1. To go back, press star.",
    "zh": "号码是{number}。拨打请按1。返回请按星号键。",
    "yue": "號碼係{number}。打出請按1。返回請按星字掣。",
}
BUSY: Final = {
    "en": "The number is busy.",
    "zh": "对方正忙。",
    "yue": "對方忙線。",
}
NO_ANSWER: Final = {
    "en": "Nobody answered.",
    "zh": "没有人接听。",
    "yue": "冇人接聽。",
}
NOT_REACHED: Final = {
    "en": "The number could not be reached.",
    "zh": "无法接通。",
    "yue": "接唔通。",
}
BACK_HERE: Final = {
    "en": "You are back in your mailbox.",
    "zh": "您已回到信箱。",
    "yue": "你已經返到信箱。",
}
GREETING_KEPT: Final = {
    "en": "Your greeting is kept.",
    "zh": "问候语已保存。",
    "yue": "問候語已經儲存。",
}
UNCHANGED: Final = {
    "en": "Nothing was changed.",
    "zh": "没有更改。",
    "yue": "冇更改。",
}
AWAY_ON: Final = {
    "en": "Callers hear your away greeting from now on.",
    "zh": "已启用外出问候语。",
    "yue": "已經啟用外出問候語。",
}
AWAY_OFF: Final = {
    "en": "Your away greeting is off.",
    "zh": "已停用外出问候语。",
    "yue": "已經停用外出問候語。",
}
NEW_PIN: Final = {
    "en": "Please key in your new PIN, then the hash key. To go back, press star.",
    "zh": "请输入新密码，按井号键结束。返回请按星号键。",
    "yue": "請輸入新密碼，再按井字掣。返回請按星字掣。",
}
NEW_PIN_AGAIN: Final = {
    "en": "Please key it in once more, then the hash key.",
    "zh": "请再输入一次，按井号键结束。",
    "yue": "請再輸入一次，再按井字掣。",
}
DIFFERENT: Final = {
    "en": "The two were not the same.",
    "zh": "两次输入的密码不一样。",
    "yue": "兩次輸入嘅密碼唔同。",
}
PIN_CHANGED: Final = {
    "en": "Your PIN is changed.",
    "zh": "密码已更改。",
    "yue": "密碼已經更改。",
}
PIN_LENGTH: Final = {
    "en": "A PIN has four to twelve digits.",
    "zh": "密码要有四到十二位数字。",
    "yue": "密碼要有四至十二個數字。",
}
PIN_SIMPLE: Final = {
    "en": "That PIN is too easy to guess.",
    "zh": "这个密码太容易猜到。",
    "yue": "呢個密碼太容易估到。",
}
PIN_REFUSED: Final = {
    "en": "That PIN cannot be used.",
    "zh": "这个密码不能用。",
    "yue": "呢個密碼唔可以用。",
}
