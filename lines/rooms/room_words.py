"""What is said within a room: to all, or to one member alone."""

from typing import Final

from ivr_flows.sentences import Words

JOINED: Final[Words] = {"en": "has joined.", "zh": "已加入会议。", "yue": "加入咗會議。"}
LEFT: Final[Words] = {"en": "has left.", "zh": "已离开会议。", "yue": "離開咗會議。"}

HAND_UP: Final[Words] = {
    "en": "Your hand is raised.",
    "zh": "您已举手。",
    "yue": "你已經舉手。",
}
PLACE: Final[Words] = {
    "en": "You are number {place}.",
    "zh": "您排在第{place}位。",
    "yue": "你排第{place}位。",
}
HAND_DOWN: Final[Words] = {
    "en": "Your hand is lowered.",
    "zh": "您已取消举手。",
    "yue": "你已經放低手。",
}
MUTED: Final[Words] = {"en": "You are muted.", "zh": "您已静音。", "yue": "你已經靜音。"}
UNMUTED: Final[Words] = {
    "en": "You can be heard.",
    "zh": "大家可以听到您了。",
    "yue": "大家而家聽到你講嘢。",
}
MAY_NOT: Final[Words] = {
    "en": "To ask for the word, press 1.",
    "zh": "申请发言请按1。",
    "yue": "申請發言請按1。",
}
ALONE: Final[Words] = {
    "en": "You are alone here.",
    "zh": "会议中只有您一人。",
    "yue": "會議入面得你一個。",
}
COUNT: Final[Words] = {
    "en": "There are {count} of you here.",
    "zh": "会议中共有{count}人。",
    "yue": "會議入面一共有{count}人。",
}
HANDS: Final[Words] = {
    "en": "Hands raised: {count}.",
    "zh": "举手人数：{count}。",
    "yue": "舉手人數：{count}。",
}
SURE_TO_LEAVE: Final[Words] = {
    "en": "To leave the conference, press the hash key again.",
    "zh": "离开会议请再按一次井号键。",
    "yue": "離開會議請再按一次井字掣。",
}
SURE_TO_END: Final[Words] = {
    "en": "To end the conference for all, press 8 again.",
    "zh": "结束整个会议请再按一次8。",
    "yue": "結束整個會議請再按一次8。",
}
IS_LOCKED: Final[Words] = {
    "en": "The conference is locked.",
    "zh": "会议已锁定。",
    "yue": "會議已經鎖定。",
}
IS_UNLOCKED: Final[Words] = {
    "en": "The conference is open again.",
    "zh": "会议已解锁。",
    "yue": "會議已經解鎖。",
}
ALL_MUTED: Final[Words] = {
    "en": "Everybody is muted. To ask for the word, press 1.",
    "zh": "全体已静音，申请发言请按1。",
    "yue": "全部人已經靜音，申請發言請按1。",
}
ALL_UNMUTED: Final[Words] = {
    "en": "Everybody may speak again.",
    "zh": "大家可以自由发言了。",
    "yue": "大家可以自由發言喇。",
}
YOUR_WORD: Final[Words] = {
    "en": "You have the word.",
    "zh": "请您发言。",
    "yue": "請你發言。",
}
NO_HANDS: Final[Words] = {
    "en": "Nobody has asked for the word.",
    "zh": "没有人举手。",
    "yue": "冇人舉手。",
}
RECORDING: Final[Words] = {
    "en": "This conference is now recorded.",
    "zh": "会议现在开始录音。",
    "yue": "會議而家開始錄音。",
}
NOT_RECORDING: Final[Words] = {
    "en": "The recording has ended.",
    "zh": "录音已结束。",
    "yue": "錄音已經結束。",
}
NOT_DONE: Final[Words] = {
    "en": "That did not work.",
    "zh": "操作没有成功。",
    "yue": "操作冇成功。",
}
HELP: Final[Words] = {
    "en": "To raise or lower your hand, press 1. To mute yourself or to be heard again, press 2. "
    "To hear how many are here, press 3. To leave, press the hash key twice.",
    "zh": "举手或取消举手请按1。静音或取消静音请按2。查询人数请按3。离开会议请按两次井号键。",
    "yue": "舉手或者放低手請按1。靜音或者取消靜音請按2。查詢人數請按3。離開會議請按兩次井字掣。",
}
MODERATOR_HELP: Final[Words] = {
    "en": "To lock or unlock the conference, press 4. To mute everybody or let them speak again, "
    "press 5. To give the word to the next hand, press 6. To begin or end a recording, press 7. "
    "To end the conference for all, press 8 twice.",
    "zh": "锁定或解锁会议请按4。全体静音或取消请按5。请下一位举手者发言请按6。开始或结束录音请按7。"
    "结束整个会议请按两次8。",
    "yue": "鎖定或者解鎖會議請按4。全部人靜音或者取消請按5。請下一位舉手嘅人發言請按6。"
    "開始或者結束錄音請按7。結束整個會議請按兩次8。",
}

CONSTANT: Final = (
    JOINED, LEFT, HAND_UP, HAND_DOWN, MUTED, UNMUTED, MAY_NOT, ALONE, SURE_TO_LEAVE, SURE_TO_END,
    IS_LOCKED, IS_UNLOCKED, ALL_MUTED, ALL_UNMUTED, YOUR_WORD, NO_HANDS, RECORDING, NOT_RECORDING,
    NOT_DONE, HELP, MODERATOR_HELP,
)  # fmt: skip
"""Those without a gap: they are rendered before anybody calls."""
