"""What the switch itself says when the callbox is not there."""

from pathlib import Path

from .home import Home
from .settings import Settings
from .speech import speaker

NOTICE = {  # one sentence each, for it is one file
    "en": "We cannot take your call at the moment, please leave a message after the tone.",
    "zh": "我们暂时无法接听您的电话，请在提示音后留言。",
    "yue": "我哋暫時未能接聽你嘅電話，請喺提示音之後留言。",
}


def make_notice(home: Home, settings: Settings) -> Path:
    """Rendered once, then from the cache. Raises `SpeechFailed`."""
    text = NOTICE.get(settings.language, NOTICE["en"])
    (prompt,) = speaker(settings, home).render(text, settings.language)
    return prompt.path
