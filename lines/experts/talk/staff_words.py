"""What hosts, screeners and experts hear before the hall, and with late questions."""

from typing import Final

from ivr_flows.sentences import Words

ASK_PIN: Final[Words] = {
    "en": "Please key in your PIN, then the hash key.",
    "zh": "请输入密码，按井号键结束。",
    "yue": "請輸入密碼，再按井字掣。",
}
WRONG: Final[Words] = {
    "en": "The PIN is not right.",
    "zh": "密码不对。",
    "yue": "密碼唔啱。",
}
LOCKED: Final[Words] = {
    "en": "There were too many wrong PINs. Please call again later.",
    "zh": "密码输错的次数太多了，请稍后再打来。",
    "yue": "密碼輸錯得太多次，請遲啲再打嚟。",
}
IS_OVER: Final[Words] = {
    "en": "The programme is over. Thank you.",
    "zh": "节目已经结束。谢谢您。",
    "yue": "節目已經結束。多謝你。",
}
NO_QUESTIONS: Final[Words] = {
    "en": "There are no questions that wait for an answer.",
    "zh": "没有等待回答的问题。",
    "yue": "冇等緊回答嘅問題。",
}
WAITING: Final[Words] = {
    "en": "Questions that wait for an answer: {number}.",
    "zh": "等待回答的问题有{number}个。",
    "yue": "等緊回答嘅問題有{number}個。",
}
QUESTION: Final[Words] = {
    "en": "Question {number}.",
    "zh": "第{number}个问题。",
    "yue": "第{number}個問題。",
}
LAST: Final[Words] = {
    "en": "That was the last question.",
    "zh": "问题听完了。",
    "yue": "問題聽完喇。",
}
CHOICES: Final[Words] = {
    "en": "To answer, press 1. To hear it again, press 2. To keep it for later, press 3. "
    "To drop it, press 4.",
    "zh": "回答请按1，再听一次请按2，以后再说请按3，不回答请按4。",
    "yue": "回答請按1，再聽一次請按2，遲啲先答請按3，唔回答請按4。",
}
CHOICES_NO_ANSWER: Final[Words] = {
    "en": "Who asked cannot be called back, so there is no answer to record. "
    "To hear it again, press 2. To keep it for later, press 3. To drop it, press 4.",
    "zh": "无法给提问者回电，所以不能录音回答。再听一次请按2，以后再说请按3，不回答请按4。",
    "yue": "未能夠打返畀提問嘅人，所以唔可以錄音回答。再聽一次請按2，遲啲先答請按3，唔回答請按4。",
}
SPEAK: Final[Words] = {
    "en": "Please speak your answer after the tone, then press the hash key.",
    "zh": "请在提示音后回答，说完请按井号键。",
    "yue": "請喺提示音之後回答，講完請按井字掣。",
}
TOO_SHORT: Final[Words] = {
    "en": "Your answer was very short. Once more, please.",
    "zh": "您的回答太短，请再说一次。",
    "yue": "你嘅回答太短，請再講一次。",
}
REVIEW: Final[Words] = {
    "en": "To send your answer, press 1. To record it again, press 2. To hear it, press 3. "
    "To give it up, press star.",
    "zh": "发送回答请按1，重新录音请按2，听录音请按3，放弃请按星号键。",
    "yue": "發送回答請按1，重新錄音請按2，聽返錄音請按3，放棄請按星字掣。",
}
SENT: Final[Words] = {
    "en": "Thank you. We call the person who asked.",
    "zh": "谢谢。我们会给提问者回电。",
    "yue": "多謝。我哋會打返畀提問嘅人。",
}
ANSWERED_ALREADY: Final[Words] = {
    "en": "Somebody has answered it meanwhile.",
    "zh": "这个问题已有人回答。",
    "yue": "呢個問題已經有人回答咗。",
}
NOT_KEPT: Final[Words] = {
    "en": "That could not be kept just now. Please try again later.",
    "zh": "暂时无法保存，请稍后再试。",
    "yue": "暫時儲存唔到，請遲啲再試。",
}
DROPPED: Final[Words] = {
    "en": "It will not be answered.",
    "zh": "这个问题不再回答。",
    "yue": "呢個問題唔會再回答。",
}
LATER: Final[Words] = {
    "en": "It waits for your next call.",
    "zh": "这个问题留到下次。",
    "yue": "呢個問題留返下次。",
}
UNPLAYABLE: Final[Words] = {
    "en": "This question cannot be played just now.",
    "zh": "这个问题暂时无法播放。",
    "yue": "呢個問題暫時播唔到。",
}

YOU_ASKED: Final[Words] = {
    "en": "You have asked our expert a question. This was your question.",
    "zh": "您向我们的专家提过一个问题。这是您的问题。",
    "yue": "你問過我哋嘅專家一個問題。呢個係你嘅問題。",
}
THE_ANSWER: Final[Words] = {
    "en": "And this is the answer.",
    "zh": "下面是回答。",
    "yue": "以下係回答。",
}
ANSWER_GONE: Final[Words] = {
    "en": "We are sorry, the answer cannot be played any more.",
    "zh": "对不起，回答已无法播放。",
    "yue": "對唔住，回答已經播唔到。",
}
HEAR_AGAIN: Final[Words] = {
    "en": "To hear the answer again, press 2. Thank you for asking.",
    "zh": "再听一次回答请按2。谢谢您的提问。",
    "yue": "再聽一次回答請按2。多謝你嘅提問。",
}

CONSTANT: Final = (
    ASK_PIN, WRONG, LOCKED, IS_OVER, NO_QUESTIONS, LAST, CHOICES, CHOICES_NO_ANSWER, SPEAK,
    TOO_SHORT, REVIEW, SENT, ANSWERED_ALREADY, NOT_KEPT, DROPPED, LATER, UNPLAYABLE,
    YOU_ASKED, THE_ANSWER, ANSWER_GONE, HEAR_AGAIN,
)  # fmt: skip
"""Those without a gap."""
