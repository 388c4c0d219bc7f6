"""What is said about the number at which a caller can be reached."""

from typing import Final

from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.sentences import Words

YOUR_NUMBER: Final[Words] = {
    "en": "Your number is {number}.",
    "zh": "您的号码是{number}。",
    "yue": "你嘅號碼係{number}。",
}
SAME_OR_OTHER: Final[Words] = {
    "en": "If we may call you back there, press 1. Or key in another number, then the hash key.",
    "zh": "用这个号码回电请按1；也可以输入别的号码，以井号键结束。",
    "yue": "用呢個號碼回電請按1；亦都可以輸入第二個號碼，以井字掣結束。",
}
KEY_NUMBER: Final[Words] = {
    "en": "Please key in the number where we can call you, then the hash key. "
    "To leave none, press the hash key alone.",
    "zh": "请输入您的回电号码，以井号键结束。不留号码请直接按井号键。",
    "yue": "請輸入你嘅回電號碼，以井字掣結束。唔留號碼請直接按井字掣。",
}
YOU_KEYED: Final[Words] = {
    "en": "You keyed {number}.",
    "zh": "您输入的是{number}。",
    "yue": "你輸入嘅係{number}。",
}
NUMBER_RIGHT: Final[Words] = {
    "en": "If that is right, press 1. To key it again, press 2.",
    "zh": "正确请按1，重新输入请按2。",
    "yue": "啱嘅話請按1，重新輸入請按2。",
}
NUMBER_NOTED: Final[Words] = {
    "en": "Thank you, we have your number.",
    "zh": "谢谢，号码已记下。",
    "yue": "多謝，號碼已經記低。",
}

CONSTANT: Final = (SAME_OR_OTHER, KEY_NUMBER, NUMBER_RIGHT, NUMBER_NOTED, WRONG_NUMBER)
"""Those without a gap."""
