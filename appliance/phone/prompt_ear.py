"""Hearing when a prompt has ended: silence after sound."""

import numpy as np

from softswitch.media.g711 import Samples

AUDIBLE = 100.0
"""RMS above which a frame counts as sound, of 32768: 50 dB below full scale. Rendered prompts
lie near -19 dB; comfort noise and the µ-law idle code below -60 dB."""


class PromptEar:
    """Counts prompts. Time is what was heard; frames that never came count as silence."""

    def __init__(self, silence: float) -> None:
        self._needed = silence
        """Seconds of silence that end a prompt."""
        self._sounding_until = -1.0
        self._is_open = False
        self.ended = 0
        """Prompts heard to their end so far."""

    def hear(self, samples: Samples, now: float) -> None:
        """`now`: seconds since the answer."""
        if len(samples) and np.sqrt(np.mean(np.square(samples, dtype=np.float64))) > AUDIBLE:
            self._sounding_until = now
            self._is_open = True

    def tick(self, now: float) -> bool:
        """Whether a prompt has just ended."""
        if not self._is_open or now - self._sounding_until < self._needed:
            return False
        self._is_open = False
        self.ended += 1
        return True

    def forget(self) -> None:
        """What was heard until now is no longer waited for."""
        self._is_open = False
