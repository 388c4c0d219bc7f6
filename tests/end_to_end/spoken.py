"""What the box's prompts sound like, and whether a caller has heard them."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from appliance.home import Home
from appliance.settings import load
from appliance.speech import speaker
from tests.end_to_end.box import Box
from tests.end_to_end.waiting import LIMIT
from tests.listening import Samples, heard_in, heard_in_parts, read_wav

ALIKE = 0.9
POLL = 0.4
"""Seconds; longer than elsewhere, since each look compares a whole call."""


class Spoken:
    """The sentences of a text as this box has rendered them.

    The files of the box's own cache, and never a rendering of the test's: espeak says a text a
    little differently each time.
    """

    def __init__(self, box: Box) -> None:
        settings = load(box.environment)
        self._speaker = speaker(settings, Home(settings.home))

    def files(self, text: str, language: str = "en") -> list[Path]:
        """Empty while the box has not rendered them."""
        self._speaker.refresh()
        return [prompt.path for prompt in self._speaker.known(text, language) or ()]

    def make(self, text: str, language: str = "en") -> Samples:
        """A text in a machine's voice, for a caller to say."""
        files = self._speaker.render(text, language)
        return np.concatenate([read_wav(prompt.path) for prompt in files])

    def likeness(self, text: str, heard: Samples, language: str = "en") -> float:
        """Of the sentence that was heard worst; 0 while it is not even rendered."""
        files = self.files(text, language)
        return min((heard_in(read_wav(path), heard) for path in files), default=0.0)

    def likeness_in_parts(self, text: str, heard: Samples, language: str = "en") -> float:
        """The same of 200 ms at a time, for sound that was laid out by its time stamps.

        FreeSWITCH's jump by 20 ms, mostly soon after it begins to send.
        """
        files = self.files(text, language)
        return min((heard_in_parts(read_wav(path), heard) for path in files), default=0.0)

    def wait_heard(
        self, text: str, heard: Callable[[], Samples], language: str = "en", limit: float = LIMIT
    ) -> None:
        """Until `heard` holds the whole text. Raises AssertionError after the limit."""
        deadline = time.monotonic() + limit
        while (score := self.likeness(text, heard(), language)) <= ALIKE:
            assert time.monotonic() < deadline, f"heard with {score:.2f} in {limit:g} s: {text}"
            time.sleep(POLL)
