"""Frames as they come, given out one a tick: a little late, so that late ones are in time."""

from collections import deque

from softswitch.media.frame import SILENCE, Samples

_DEPTH = 2
"""Frames gathered before the first is given: 20 to 40 ms."""
_LIMIT = 25
"""Frames held at most: 0.5 s; older ones are dropped."""
_QUIET = 200
"""Height below which a frame can be left out unheard."""
_PATIENCE = 2
"""Ticks after which a lone frame is given all the same."""
_SHRINK = 50
"""Ticks of a queue deeper than needed after which one frame is left out: 1 s."""


class JitterBuffer:
    def __init__(self) -> None:
        self._frames: deque[Samples] = deque(maxlen=_LIMIT)
        self._gathering = True
        self._waited = 0
        self._deep = 0

    def push(self, frame: Samples) -> None:
        self._frames.append(frame)

    def pull(self) -> Samples:
        """The next frame; silence when there is none."""
        if not self._frames:
            self._gathering, self._waited = True, 0
            return SILENCE
        if self._gathering and len(self._frames) < _DEPTH and self._waited < _PATIENCE:
            self._waited += 1
            return SILENCE
        self._gathering = False
        self._shrink()
        return self._frames.popleft()

    def _shrink(self) -> None:
        """After a burst the delay goes down again, a frame a second, in pauses if it can wait."""
        self._deep = self._deep + 1 if len(self._frames) > _DEPTH + 1 else 0
        far_too_deep = len(self._frames) > _LIMIT // 2
        if self._deep >= _SHRINK and (far_too_deep or self._frames[0].max() < _QUIET):
            self._deep = 0
            self._frames.popleft()
