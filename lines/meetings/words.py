"""What meetings say on the phone beside their flows."""

from typing import Final

from ivr_flows.sentences import Words

BEGINS: Final[Words] = {
    "en": "The meeting {title} begins.",
    "zh": "会议{title}现在开始。",
    "yue": "會議{title}而家開始。",
}
