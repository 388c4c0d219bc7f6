"""The choices of each menu, and how many messages there are."""

from typing import Final

MAIN: Final = {
    "en": "For new messages, press 1. For saved messages, press 2. For options, press 5. "
    "To hear this again, press 9. To end, press the hash key.",
    "zh": "听新留言请按1。听已保存的留言请按2。设置信箱请按5。重听请按9。结束请按井号键。",
    "yue": "聽新留言請按1。聽已儲存嘅留言請按2。設定信箱請按5。重聽請按9。完結請按井字掣。",
}
MAIN_DELETED: Final = {
    "en": "For the messages that you have just deleted, press 3.",
    "zh": "听刚才删除的留言请按3。",
    "yue": "聽頭先刪除咗嘅留言請按3。",
}
AFTER: Final = {
    "en": "To hear it again, press 1. To delete it, press 7. To save it, press 8. "
    "For the next message, press 6. For more choices, press 0.",
    "zh": "重听请按1。删除请按7。保存请按8。听下一条请按6。其他选择请按0。",
    "yue": "重聽請按1。刪除請按7。儲存請按8。聽下一個請按6。其他選擇請按0。",
}
AFTER_DELETED: Final = {
    "en": "To keep it after all, press 7. For the next message, press 6.",
    "zh": "取消删除请按7。听下一条请按6。",
    "yue": "取消刪除請按7。聽下一個請按6。",
}
HELP: Final = {
    "en": "To go back five seconds, press 1. To pause, press 2. To go forward, press 3. "
    "For the previous message, press 4. For the date and the caller, press 5. "
    "For the next message, press 6. To delete, press 7. To save, press 8. "
    "For more choices, press 0. For the menu, press star. To go to the end, press the hash key.",
    "zh": "后退五秒请按1。暂停请按2。前进请按3。听上一条请按4。听时间和来电号码请按5。"
    "听下一条请按6。删除请按7。保存请按8。其他选择请按0。回到菜单请按星号键。跳到结尾请按井号键。",
    "yue": "後退五秒請按1。暫停請按2。前進請按3。聽上一個請按4。聽時間同來電號碼請按5。"
    "聽下一個請按6。刪除請按7。儲存請按8。其他選擇請按0。返去選單請按星字掣。跳到結尾請按井字掣。",
}
MORE: Final = {
    "en": "To forward the message, press 1. To call the sender, press 2. To go back, press star.",
    "zh": "转发留言请按1。给留言人回电请按2。返回请按星号键。",
    "yue": "轉發留言請按1。打返畀留言人請按2。返回請按星字掣。",
}
OPTIONS: Final = {
    "en": "To record a greeting, press 1. To change your PIN, press 2. "
    "For your away greeting, press 3. To go back, press star.",
    "zh": "录制问候语请按1。更改密码请按2。设置外出问候语请按3。返回请按星号键。",
    "yue": "錄問候語請按1。改密碼請按2。設定外出問候語請按3。返回請按星字掣。",
}
GREETINGS: Final = {
    "en": "For your usual greeting, press 1. For the one when you are busy, press 2. "
    "For the one when you are away, press 3. For the one outside of office hours, press 4. "
    "To go back, press star.",
    "zh": "平常的问候语请按1。忙线时的问候语请按2。外出时的问候语请按3。"
    "下班时间的问候语请按4。返回请按星号键。",
    "yue": "平時嘅問候語請按1。忙線嗰陣嘅問候語請按2。外出嗰陣嘅問候語請按3。"
    "收工之後嘅問候語請按4。返回請按星字掣。",
}
SWITCH_AWAY: Final = {
    "en": "To switch your away greeting on, press 1. To switch it off, press 2. "
    "To go back, press star.",
    "zh": "启用外出问候语请按1。停用请按2。返回请按星号键。",
    "yue": "啟用外出問候語請按1。停用請按2。返回請按星字掣。",
}
REVIEW: Final = {
    "en": "To keep it, press 1. To hear it, press 2. To record it again, press 3. "
    "To give up, press star.",
    "zh": "确定请按1。试听请按2。重录请按3。放弃请按星号键。",
    "yue": "確定請按1。試聽請按2。重新錄音請按3。放棄請按星字掣。",
}
