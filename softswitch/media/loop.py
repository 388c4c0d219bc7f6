"""Audio that comes back or goes across: a sink at one end, a source at the other."""

from collections import deque

from softswitch.media.frame import SILENCE, Samples


class Loop:
    """Gives back what it is given: a source and a sink."""

    def __init__(self) -> None:
        self._frames: deque[Samples] = deque(maxlen=5)

    def push(self, frame: Samples) -> None:
        self._frames.append(frame)

    def pull(self) -> Samples | None:
        return self._frames.popleft() if self._frames else SILENCE
