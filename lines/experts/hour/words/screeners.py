"""To the screener alone."""

from typing import Final

NOBODY: Final = {
    "en": "Nobody is left to be spoken with.",
    "zh": "没有需要通话的来电者。",
    "yue": "冇來電者需要傾。",
}
WITH_NUMBER: Final = {
    "en": "You speak with the caller from {number}.",
    "zh": "您正在和号码{number}通话。",
    "yue": "你而家同號碼{number}傾緊。",
}
WITH_WITHHELD: Final = {
    "en": "You speak with a caller who shows no number.",
    "zh": "您正在和一位没有显示号码的来电者通话。",
    "yue": "你而家同一位冇顯示號碼嘅來電者傾緊。",
}
NOT_ASIDE: Final = {
    "en": "You speak with nobody. For the next caller, press 1.",
    "zh": "您现在没有和来电者通话。下一位请按1。",
    "yue": "你而家冇同來電者傾。下一位請按1。",
}
FIRST_BACK: Final = {
    "en": "You speak with somebody. To go back to the hall, press 2.",
    "zh": "您正在和来电者通话。返回请按2。",
    "yue": "你而家同來電者傾緊。返回請按2。",
}
IN_HALL: Final = {
    "en": "You are listening again.",
    "zh": "您现在继续收听。",
    "yue": "你而家繼續收聽。",
}
NOW_NUMBER: Final = {
    "en": "The caller is number {place} now.",
    "zh": "来电者现在排在第{place}位。",
    "yue": "來電者而家排第{place}位。",
}
CANNOT_MOVE: Final = {
    "en": "After a restart of the box, these lines cannot be led aside.",
    "zh": "系统重启后，这些通话无法转到一旁。",
    "yue": "系統重啟之後，呢啲通話唔可以轉到一邊。",
}
HELP: Final = {
    "en": "1, speak with the next caller. 2, back. 3, further up. 4, further down. "
    "5, back and the next one.",
    "zh": "1，和下一位通话。2，返回。3，往前排。4，往后排。5，返回并接下一位。",
    "yue": "1，同下一位傾。2，返回。3，排前啲。4，排後啲。5，返回再接下一位。",
}
