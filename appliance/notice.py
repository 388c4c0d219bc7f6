"""What the switch itself says when the callbox is not there."""

from pathlib import Path

from .home import Home
from .settings import Settings
from .speech import speaker

NOTICE = {  # one sentence each, for it is one file
    "en": "We cannot take your call at the moment, please call again in a few minutes.",
    "zh": "我们暂时无法接听您的电话，请过几分钟再打。",
    "yue": "我哋暫時未能接聽你嘅電話，請過幾分鐘再打嚟。",
}


def make_notice(home: Home, settings: Settings) -> Path:
    """Rendered once, then from the cache. Raises `SpeechFailed`."""
    text = NOTICE.get(settings.language, NOTICE["en"])
    (prompt,) = speaker(settings, home).render(text, settings.language)
    return prompt.path
