"""What both steps say, in every language of the box."""

from collections.abc import Mapping
from typing import Final

Words = Mapping[str, str]
"""A sentence by language."""

NUMBER_RIGHT: Final[Words] = {
    "en": "If that is right, press 1. To key it again, press 2.",
    "zh": "正确请按1，重新输入请按2。",
    "yue": "啱嘅話請按1，重新輸入請按2。",
}
