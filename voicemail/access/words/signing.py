"""Words around the PIN. They are the same whether a mailbox exists or not."""

from typing import Final

ASK_BOX: Final = {
    "en": "Please key in your mailbox number, then the hash key.",
    "zh": "请输入您的信箱号码，按井号键结束。",
    "yue": "請輸入你嘅信箱號碼，再按井字掣。",
}
ASK_PIN: Final = {
    "en": "Please key in your PIN, then the hash key.",
    "zh": "请输入密码，按井号键结束。",
    "yue": "請輸入密碼，再按井字掣。",
}
WRONG: Final = {
    "en": "The mailbox number or the PIN is not right.",
    "zh": "信箱号码或密码不对。",
    "yue": "信箱號碼或者密碼唔啱。",
}
LOCKED: Final = {
    "en": "There were too many wrong PINs.",
    "zh": "密码输错的次数太多了。",
    "yue": "密碼輸錯得太多次。",
}
TRY_LATER: Final = {
    "en": "Please call again in {time}.",
    "zh": "请在{time}后再打来。",
    "yue": "請喺{time}之後再打嚟。",
}
GOODBYE: Final = {"en": "Goodbye.", "zh": "再见。", "yue": "再見。"}
AWAY: Final = {
    "en": "Your mailbox cannot be reached just now. Your messages are safe.",
    "zh": "暂时无法打开您的信箱。您的留言不会丢失。",
    "yue": "暫時開唔到你嘅信箱。你嘅留言唔會唔見。",
}
