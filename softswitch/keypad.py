"""Keys that a far end has pressed and no application has taken yet."""

from collections import deque

from softswitch.channel import Channel
from softswitch.media.keys import Key

MAX_KEYS = 100
"""switch_channel.c: a channel keeps 100 keys."""
_MAX_DIALED = 256


class Keypad:
    def __init__(self, channel: Channel) -> None:
        self.dialed: deque[str] = deque(maxlen=_MAX_DIALED)
        """The last keys taken."""
        self._channel = channel
        self._keys: deque[Key] = deque()

    @property
    def waits(self) -> bool:
        return bool(self._keys)

    def press(self, key: Key) -> None:
        if len(self._keys) < MAX_KEYS:
            self._keys.append(key)

    def take(self) -> str:
        """The next key; listeners hear of it now (switch_channel.c, dequeue_dtmf)."""
        key = self._keys.popleft()
        self.dialed.append(key.digit)
        facts = {
            "DTMF-Digit": key.digit,
            "DTMF-Duration": str(key.samples),
            "DTMF-Source": key.source,
        }
        self._channel.fire("DTMF", facts)
        return key.digit

    def flush(self) -> None:
        self._keys.clear()
