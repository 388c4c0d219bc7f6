"""To the host alone, and to the expert."""

from typing import Final

LIVE: Final = {
    "en": "The guest is on the line. The hour begins.",
    "zh": "嘉宾已接通，节目开始。",
    "yue": "嘉賓已經接通，節目開始。",
}
NOBODY_WAITS: Final = {"en": "Nobody waits.", "zh": "没有人在等候。", "yue": "冇人等緊。"}
ONE_WAITS: Final = {"en": "One waits.", "zh": "有一位在等候。", "yue": "有一位等緊。"}
MANY_WAIT: Final = {"en": "{count} wait.", "zh": "有{count}位在等候。", "yue": "有{count}位等緊。"}
NEXT_FROM: Final = {
    "en": "The next one calls from {number}.",
    "zh": "下一位的号码是{number}。",
    "yue": "下一位嘅號碼係{number}。",
}
NEXT_WITHHELD: Final = {
    "en": "The next one shows no number.",
    "zh": "下一位没有显示号码。",
    "yue": "下一位冇顯示號碼。",
}
SOMEBODY_ON_AIR: Final = {
    "en": "Somebody is on air. To take them off, press 2.",
    "zh": "已有人在发言，结束发言请按2。",
    "yue": "已經有人發言緊，結束發言請按2。",
}
NOBODY_ON_AIR: Final = {
    "en": "Nobody is on air.",
    "zh": "没有人在发言。",
    "yue": "冇人發言緊。",
}
ALL_ASIDE: Final = {
    "en": "Whoever waits is being spoken with just now.",
    "zh": "等候的人正在和编辑通话。",
    "yue": "等緊嘅人正同編輯傾緊。",
}
CALLER_GONE: Final = {
    "en": "The caller has hung up.",
    "zh": "来电者已挂机。",
    "yue": "來電者已經收線。",
}
MUTED: Final = {"en": "Muted.", "zh": "已静音。", "yue": "已經靜音。"}
UNMUTED: Final = {"en": "No longer muted.", "zh": "已取消静音。", "yue": "已經取消靜音。"}
NO_JINGLE: Final = {
    "en": "This hour has no jingle.",
    "zh": "本次节目没有片花。",
    "yue": "今次節目冇片頭音樂。",
}
EXTENDED: Final = {
    "en": "{count} minutes more.",
    "zh": "延长{count}分钟。",
    "yue": "延長{count}分鐘。",
}
NOT_LONGER: Final = {
    "en": "It cannot last longer.",
    "zh": "不能再延长了。",
    "yue": "唔可以再延長。",
}
CLOSE_AGAIN: Final = {
    "en": "To close the hour, press 9 once more.",
    "zh": "结束节目请再按一次9。",
    "yue": "結束節目請再撳一次9。",
}
THROWN_OUT: Final = {
    "en": "The caller is out.",
    "zh": "来电者已被请出。",
    "yue": "來電者已經請咗出去。",
}
FIVE_LEFT: Final = {
    "en": "Five minutes are left.",
    "zh": "还剩五分钟。",
    "yue": "仲有五分鐘。",
}
ONE_LEFT: Final = {"en": "One minute is left.", "zh": "还剩一分钟。", "yue": "仲有一分鐘。"}
CALLING_EXPERT: Final = {
    "en": "The guest is being called.",
    "zh": "正在拨打嘉宾的电话。",
    "yue": "而家打緊畀嘉賓。",
}
NO_EXPERT: Final = {
    "en": "Nobody is entered as the guest.",
    "zh": "没有登记嘉宾。",
    "yue": "冇登記嘉賓。",
}
EXPERT_HERE: Final = {
    "en": "The guest is here.",
    "zh": "嘉宾已在线。",
    "yue": "嘉賓已經喺度。",
}
EXPERT_LOST: Final = {
    "en": "The guest's line has dropped.",
    "zh": "嘉宾断线了。",
    "yue": "嘉賓斷咗線。",
}
EXPERT_BUSY: Final = {
    "en": "The guest's number is busy.",
    "zh": "嘉宾的电话占线。",
    "yue": "嘉賓嘅電話忙線。",
}
EXPERT_NO_ANSWER: Final = {
    "en": "The guest does not answer.",
    "zh": "嘉宾没有接听。",
    "yue": "嘉賓冇聽電話。",
}
EXPERT_REFUSED: Final = {
    "en": "The guest has not taken the call.",
    "zh": "嘉宾没有接受来电。",
    "yue": "嘉賓冇接受來電。",
}
EXPERT_UNREACHABLE: Final = {
    "en": "The guest cannot be reached.",
    "zh": "无法接通嘉宾。",
    "yue": "接唔通嘉賓。",
}
EXPERT_FORBIDDEN: Final = {
    "en": "The guest's number may not be dialled.",
    "zh": "不允许拨打嘉宾的号码。",
    "yue": "唔准打嘉賓嘅號碼。",
}
AGAIN_SOON: Final = {
    "en": "We try again in half a minute.",
    "zh": "半分钟后再试。",
    "yue": "半分鐘後再試。",
}
PRESS_SEVEN: Final = {
    "en": "To have the guest called again, press 7.",
    "zh": "要再拨打嘉宾请按7。",
    "yue": "想再打畀嘉賓請按7。",
}
HOST_LEFT: Final = {
    "en": "The host has gone. Your keys steer the hour now; press 0 to hear them.",
    "zh": "主持人已离开，现在由您的按键控制节目。收听说明请按0。",
    "yue": "主持人已經離開，而家由你嘅按鍵控制節目。聽說明請按0。",
}
HOST_STEERS: Final = {
    "en": "The host steers the hour.",
    "zh": "节目由主持人控制。",
    "yue": "節目由主持人控制。",
}
HELP: Final = {
    "en": "1, next caller on air. 2, off air. 3, mute. 4, jingle. 5, five minutes more. "
    "6, who waits. 7, call the guest. 8, throw the caller out. 9 twice, close the hour.",
    "zh": "1，下一位。2，结束发言。3，静音。4，片花。5，延长五分钟。6，谁在等候。"
    "7，拨打嘉宾。8，请出来电者。9按两次，结束节目。",
    "yue": "1，下一位。2，結束發言。3，靜音。4，片頭音樂。5，延長五分鐘。6，邊個等緊。"
    "7，打畀嘉賓。8，請走來電者。9撳兩次，結束節目。",
}
