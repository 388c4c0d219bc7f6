"""Listens to a call from sentence to sentence, as the person on the phone does."""

import time
from dataclasses import dataclass

from tests.contract.phone import Phone
from tests.end_to_end.spoken import ALIKE, POLL, Spoken
from tests.end_to_end.waiting import LIMIT
from tests.listening import RATE, Samples, heard_at, loudness, read_wav

GLIMPSE = RATE // 2
"""Samples by which a place in a recording is known again."""
AUDIBLE = 0.01
"""Loudness of a stretch that can be told from another."""


@dataclass(slots=True)
class Ear:
    """Each thing is sought after what was heard before it."""

    phone: Phone
    spoken: Spoken
    language: str = "en"
    at: int = 0
    """Samples of the call that are over."""

    def press(self, keys: str) -> "Ear":
        """What was said until now is over."""
        self.at = len(self.phone.line.heard())
        self.phone.press(keys)
        return self

    def hears(self, *texts: str, limit: float = LIMIT) -> "Ear":
        """Each sentence of the texts, one after the other."""
        for text in texts:
            deadline = time.monotonic() + limit
            while not (files := self.spoken.files(text, self.language)):
                assert time.monotonic() < deadline, f"nobody has spoken in {limit:g} s: {text}"
                time.sleep(POLL)
            for path in files:
                self.hears_sound(read_wav(path), f"{text} ({path.name})", limit)
        return self

    def hears_sound(self, sound: Samples, what: str, limit: float = LIMIT) -> "Ear":
        deadline = time.monotonic() + limit
        while True:
            likeness, place = heard_at(sound, self.phone.line.heard()[self.at :])
            if likeness > ALIKE:
                self.at += place + len(sound)
                return self
            assert time.monotonic() < deadline, f"heard with {likeness:.2f} in {limit:g} s: {what}"
            time.sleep(POLL)

    def place_in(self, recording: Samples, limit: float = LIMIT) -> "Place":
        """Where in a recording the call is, by what was just heard of it."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            heard = self.phone.line.heard()
            glimpse = heard[max(self.at, len(heard) - GLIMPSE) :]
            if len(glimpse) == GLIMPSE and loudness(glimpse) > AUDIBLE:
                likeness, place = heard_at(glimpse, recording)
                if likeness > ALIKE:
                    return Place(place + GLIMPSE, len(heard))
            time.sleep(POLL / 4)
        raise AssertionError(f"the recording was not heard in {limit:g} s")


@dataclass(frozen=True, slots=True)
class Place:
    """Both in samples."""

    in_recording: int
    in_call: int

    def jump_to(self, later: "Place") -> float:
        """Seconds by which the recording went on more, or less, than the call."""
        moved, passed = later.in_recording - self.in_recording, later.in_call - self.in_call
        return (moved - passed) / RATE
