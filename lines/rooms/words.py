"""What the step `conference` says before and after a room."""

from typing import Final

from ivr_flows.sentences import Words

ASK_ROOM: Final[Words] = {
    "en": "Please key in the number of the conference, then the hash key.",
    "zh": "请输入会议号码，按井号键结束。",
    "yue": "請輸入會議號碼，按井字掣結束。",
}
ASK_PIN: Final[Words] = {
    "en": "Please key in your PIN, then the hash key.",
    "zh": "请输入密码，按井号键结束。",
    "yue": "請輸入密碼，按井字掣結束。",
}
OR_WITHOUT: Final[Words] = {
    "en": "To come in without a PIN, press just the hash key.",
    "zh": "如无密码，请直接按井号键。",
    "yue": "如果冇密碼，請直接按井字掣。",
}
WRONG_PIN: Final[Words] = {
    "en": "The conference number or the PIN is not right.",
    "zh": "会议号码或密码不正确。",
    "yue": "會議號碼或者密碼唔啱。",
}
LOCKED_PIN: Final[Words] = {
    "en": "There were too many wrong PINs. Please call again later.",
    "zh": "密码错误次数过多，请稍后再打。",
    "yue": "密碼錯得太多次，請稍後再打嚟。",
}
ASK_NAME: Final[Words] = {
    "en": "Please say your name after the tone, then press the hash key.",
    "zh": "请在提示音后说出您的姓名，然后按井号键。",
    "yue": "請喺提示音之後講出你嘅名，然後按井字掣。",
}
WELCOME: Final[Words] = {
    "en": "Welcome to {title}.",
    "zh": "欢迎加入{title}。",
    "yue": "歡迎加入{title}。",
}
WELCOME_UNNAMED: Final[Words] = {
    "en": "Welcome to the conference.",
    "zh": "欢迎加入会议。",
    "yue": "歡迎加入會議。",
}
RECORDED: Final[Words] = {
    "en": "This conference is recorded.",
    "zh": "本次会议将被录音。",
    "yue": "呢個會議會錄音。",
}
WAIT: Final[Words] = {
    "en": "The conference begins when the moderator comes.",
    "zh": "主持人到达后会议开始。",
    "yue": "主持人嚟到之後會議就會開始。",
}
LISTENING: Final[Words] = {
    "en": "You are listening in.",
    "zh": "您现在是旁听。",
    "yue": "你而家係旁聽。",
}
MUTED: Final[Words] = {
    "en": "You are muted. To speak, press 2.",
    "zh": "您已静音，发言请按2。",
    "yue": "你已經靜音，發言請按2。",
}
HELP_KEY: Final[Words] = {
    "en": "For help, press 0.",
    "zh": "如需帮助请按0。",
    "yue": "如需幫助請按0。",
}
FULL: Final[Words] = {
    "en": "We are sorry, the conference is full.",
    "zh": "对不起，会议人数已满。",
    "yue": "對唔住，會議人數已滿。",
}
LOCKED: Final[Words] = {
    "en": "We are sorry, the conference is closed to newcomers.",
    "zh": "对不起，会议已锁定，无法加入。",
    "yue": "對唔住，會議已經鎖定，唔可以加入。",
}
ENDED: Final[Words] = {
    "en": "The conference has ended.",
    "zh": "会议已结束。",
    "yue": "會議已經結束。",
}
KICKED: Final[Words] = {
    "en": "The moderator has ended your part in the conference.",
    "zh": "主持人已将您移出会议。",
    "yue": "主持人已經請你離開會議。",
}
LEFT: Final[Words] = {
    "en": "You have left the conference.",
    "zh": "您已离开会议。",
    "yue": "你已經離開會議。",
}
AWAY: Final[Words] = {
    "en": "The conference cannot be reached just now. Please call again later.",
    "zh": "暂时无法接入会议，请稍后再打。",
    "yue": "暫時未能夠接入會議，請稍後再打嚟。",
}

CONSTANT: Final = (
    ASK_ROOM, ASK_PIN, OR_WITHOUT, WRONG_PIN, LOCKED_PIN, ASK_NAME, WELCOME_UNNAMED, RECORDED, WAIT,
    LISTENING, MUTED, HELP_KEY, FULL, LOCKED, ENDED, KICKED, LEFT, AWAY,
)  # fmt: skip
"""Those without a gap: they are rendered before anybody calls."""
