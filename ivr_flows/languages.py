"""The languages that flows speak, and the sentences that the engine says by itself."""

from typing import Final

LANGUAGES: Final[tuple[str, ...]] = ("en", "zh", "yue")
"""English, Mandarin, Cantonese: those that the speech filters know."""

WRONG_KEY: Final = {
    "en": "That is not one of the choices.",
    "zh": "没有这个选项。",
    "yue": "冇呢個選項。",
}
WRONG_NUMBER: Final = {
    "en": "That number cannot be right.",
    "zh": "您输入的号码不对。",
    "yue": "你輸入嘅號碼唔啱。",
}
APOLOGY: Final = {
    "en": "We are sorry, something went wrong. Please leave a message after the tone.",
    "zh": "对不起，系统出了问题。请在提示音后留言。",
    "yue": "對唔住，系統出咗問題。請喺提示音之後留言。",
}
THANKS: Final = {"en": "Thank you. Goodbye.", "zh": "谢谢，再见。", "yue": "多謝，再見。"}

BUILT_IN: Final = (WRONG_KEY, WRONG_NUMBER, APOLOGY, THANKS)
