"""What whoever answers a call of the box hears before they take it."""

from typing import Final

from ivr_flows.sentences import Words

THIS_IS: Final[Words] = {
    "en": "This is {paper}.",
    "zh": "这里是{paper}。",
    "yue": "呢度係{paper}。",
}
PRESS_ONE: Final[Words] = {
    "en": "To take this call, press 1.",
    "zh": "接听请按1。",
    "yue": "想接聽請按1。",
}
