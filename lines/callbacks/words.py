"""What is said about being called back."""

from typing import Final

from ivr_flows import number_words
from ivr_flows.sentences import Words

YOU_ASKED: Final[Words] = {
    "en": "You asked to be called back.",
    "zh": "您之前要求我们回电。",
    "yue": "你之前要求我哋回電。",
}
WE_CALL: Final[Words] = {
    "en": "Thank you. We will call you back.",
    "zh": "谢谢，我们会给您回电。",
    "yue": "多謝，我哋會打返畀你。",
}
NOT_THERE: Final[Words] = {
    "en": "We cannot call that number.",
    "zh": "这个号码我们无法拨打。",
    "yue": "呢個號碼我哋打唔到。",
}
TOO_MANY: Final[Words] = {
    "en": "We cannot promise more calls just now. Please try again later.",
    "zh": "目前要求回电的人太多，请稍后再试。",
    "yue": "而家要求回電嘅人太多，請遲啲再試。",
}

CONSTANT: Final = (*number_words.CONSTANT, WE_CALL, NOT_THERE, TOO_MANY)
"""What the step says by itself, without a gap."""
