"""Into the hall."""

from typing import Final

EXPERT_LOST: Final = {
    "en": "The line to our guest has dropped. We are calling again, please stay on the line.",
    "zh": "嘉宾的电话断线了，我们正在重新拨打，请不要挂机。",
    "yue": "嘉賓嘅電話斷咗線，我哋而家再打過去，請唔好收線。",
}
EXPERT_BACK: Final = {
    "en": "Our guest is back.",
    "zh": "嘉宾已经回来了。",
    "yue": "嘉賓已經返嚟。",
}
FAREWELL: Final = {
    "en": "This hour is over.",
    "zh": "本次节目到此结束。",
    "yue": "今次節目到此為止。",
}
MISSED: Final = {
    "en": "We are sorry, our guest cannot be reached today.",
    "zh": "很抱歉，今天联系不上嘉宾。",
    "yue": "好抱歉，今日聯絡唔到嘉賓。",
}
CANCELLED: Final = {
    "en": "We are sorry, this hour does not take place.",
    "zh": "很抱歉，本次节目取消。",
    "yue": "好抱歉，今次節目取消。",
}
