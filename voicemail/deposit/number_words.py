"""What is said about a number for calling back that the caller says."""

from typing import Final

from ivr_flows.sentences import Words

SAY_IT: Final[Words] = {
    "en": "To say the number instead, press the star key.",
    "zh": "想说出号码，请按星号键。",
    "yue": "想講出號碼，請按星字掣。",
}
DIGIT_BY_DIGIT: Final[Words] = {
    "en": "Please say the number digit by digit after the tone.",
    "zh": "请在提示音后逐位说出号码。",
    "yue": "請喺提示音之後逐個字講出號碼。",
}
ONE_MOMENT: Final[Words] = {"en": "One moment.", "zh": "请稍等。", "yue": "請等一等。"}
NOT_MADE_OUT: Final[Words] = {
    "en": "We could not make out the number.",
    "zh": "没有听清您的号码。",
    "yue": "聽唔清楚你嘅號碼。",
}
YOU_SAID: Final[Words] = {
    "en": "We heard {number}.",
    "zh": "我们听到的是{number}。",
    "yue": "我哋聽到嘅係{number}。",
}
SAID_RIGHT: Final[Words] = {
    "en": "If that is right, press 1. If not, press 2.",
    "zh": "正确请按1，不对请按2。",
    "yue": "啱嘅話請按1，唔啱請按2。",
}

CONSTANT: Final = (SAY_IT, DIGIT_BY_DIGIT, ONE_MOMENT, NOT_MADE_OUT, SAID_RIGHT)
"""Those without a gap."""
