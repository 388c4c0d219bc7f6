"""Who hears whom: every caller hums a tone of its own, and is asked whose tones it hears.

    choir = Choir()
    expert = choir.add("expert", phone)      # any phone, before or after it is connected
    expert.hum()
    choir.hears({"expert": set(), "ann": {"expert"}})

What comes before and behind the hum (prompts, keys) does not disturb it: nobody else has a pure
tone of that pitch for half a second.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import gevent
import numpy as np

from tests.contract.phone import Phone
from tests.contract.rtp import PCMU
from tests.listening import from_mulaw, tone, tones_in

LOWEST, STEP, HIGHEST = 350, 74, 3200
"""Hertz, whole, so that a second of each can be repeated without a break. Far apart for a window
of 0.4 s, no octaves among neighbours, and all within what a telephone carries."""
PITCHES = tuple(float(pitch) for pitch in range(LOWEST, HIGHEST, STEP))
WINDOW = 20
"""Packets of 20 ms by which is judged."""
STEADY = 2
"""Windows in a row, none shared, that must agree: a change under way is not what is."""
LIMIT = 30.0
"""Seconds until what is expected must be heard; a busy machine is slow."""


@dataclass(slots=True)
class Voice:
    """A caller with a tone of its own."""

    name: str
    phone: Phone
    pitch: float

    def hum(self) -> None:
        """From now on."""
        self.phone.line.hum(tone(self.pitch, 1.0))

    def hush(self) -> None:
        self.phone.line.hum(np.zeros(0))


@dataclass(slots=True)
class _Judging:
    """What one voice has heard since it was asked."""

    voice: Voice
    wanted: frozenset[str]
    at: int
    """Packets of its line that are judged already."""
    right: int = 0
    """Windows in a row."""
    heard: "frozenset[str] | None" = None
    """In the last window; None before there was one."""

    def look(self, voices: Iterable[Voice]) -> None:
        packets = self.voice.phone.line.packets
        fresh = [each for each in packets[self.at :] if each.payload_type == PCMU]
        if len(fresh) < WINDOW:
            return
        self.at = len(packets)
        samples = from_mulaw(b"".join(each.payload for each in fresh[-WINDOW:]))
        names = {voice.pitch: voice.name for voice in voices}
        self.heard = frozenset(names[pitch] for pitch in tones_in(samples, names))
        self.right = self.right + 1 if self.heard == self.wanted else 0

    @property
    def is_sure(self) -> bool:
        return self.right >= STEADY

    def __str__(self) -> str:
        heard = "nothing at all" if self.heard is None else sorted(self.heard)
        return f"{self.voice.name} hears {heard}, not {sorted(self.wanted)}"


@dataclass(slots=True)
class Choir:
    """Callers, each with a tone of its own, up to 39."""

    voices: dict[str, Voice] = field(default_factory=dict)

    def add(self, name: str, phone: Phone) -> Voice:
        """The phone stays its maker's, who closes it."""
        assert name not in self.voices, f"there is a {name} already"
        voice = Voice(name, phone, PITCHES[len(self.voices)])
        self.voices[name] = voice
        return voice

    def hum(self, *names: str) -> None:
        for name in names:
            self.voices[name].hum()

    def hears(self, expected: Mapping[str, Collection[str]], limit: float = LIMIT) -> None:
        """Waits until each named voice hears the tones of exactly these, and steadily.

        Judges only what comes from now on. In-process greenlets go on meanwhile. Raises
        AssertionError that tells who hears whom.
        """
        judged = [self._judging(name, wanted) for name, wanted in expected.items()]
        deadline = time.monotonic() + limit
        while wrong := [each for each in judged if not each.is_sure]:
            assert time.monotonic() < deadline, "; ".join(map(str, wrong))
            for each in wrong:
                each.look(self.voices.values())
            gevent.sleep(0.02)

    def _judging(self, name: str, wanted: Collection[str]) -> _Judging:
        unknown = set(wanted) - set(self.voices)
        assert not unknown, f"nobody is called {sorted(unknown)}"
        voice = self.voices[name]
        return _Judging(voice, frozenset(wanted), len(voice.phone.line.packets))
