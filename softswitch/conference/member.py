"""One caller in a room: what it says, what it hears, whether it talks."""

import asyncio
from collections import deque

import numpy as np
from numpy.typing import NDArray

from softswitch.conference.programme import Programme
from softswitch.media.frame import SILENCE, Samples
from softswitch.media.recorder import energy
from softswitch.session import Session

Wide = NDArray[np.int32]

_HANGOVER = 40
"""Quiet frames after which talking is over: 0.8 s, as seen."""
MAX_LEVEL = 4
"""mod_conference: volumes go from -4 to 4."""


class Member:
    """A sink for its caller's audio and the source of what the caller hears."""

    def __init__(self, number: int, session: Session, energy_level: int) -> None:
        """`energy_level`: mean height above which it talks and is heard; 0 for always."""
        self.number = number
        self.session = session
        self.left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.can_speak = True
        self.can_hear = True
        self.is_moderator = False
        self.ends_room = False
        """Flag `endconf`: the room ends when this member leaves."""
        self.wants_music = True
        self.energy_level = energy_level
        self.volume_out = 0
        self.volume_in = 0
        self.talking = False
        self.score = 0
        self.joined = session.switch.now()
        self.last_talking = 0.0
        self.prompts = Programme(session.switch.engine.post)
        """Played to this member alone, one after the other."""
        self._said: Samples = SILENCE
        self._hears: deque[Samples] = deque(maxlen=3)
        self._quiet = 0

    # The media thread.

    def push(self, frame: Samples) -> None:
        self._said = frame

    def pull(self) -> Samples | None:
        return self._hears.popleft() if self._hears else SILENCE

    def said(self) -> Samples:
        """What it adds to the room in this tick."""
        frame, self._said = self._said, SILENCE
        if not self.can_speak:
            return SILENCE
        return amplified(frame, self.volume_in)

    def lets_in(self) -> bool:
        """Whether what it says is loud enough to be mixed (conference_loop.c)."""
        return self.talking or not self.energy_level

    def listen(self, mixed: Samples) -> None:
        frame = mixed if self.can_hear else SILENCE
        prompt = self.prompts.pull()
        if prompt is not None:
            both = frame.astype(np.int32) + prompt
            frame = np.clip(both, -32768, 32767).astype(np.int16)
        self._hears.append(amplified(frame, self.volume_out))

    def notice_talk(self, frame: Samples) -> bool:
        """True when it begins or ends to talk."""
        if not self.can_speak:
            return False
        self.score = 0 if frame is SILENCE else energy(frame)
        if self.score >= self.energy_level:
            self._quiet = 0
            changed, self.talking = not self.talking, True
            return changed
        self._quiet += 1
        if self.talking and self._quiet >= _HANGOVER:
            self.talking = False
            return True
        return False

    # The control loop.

    def take_flags(self, flags: frozenset[str]) -> None:
        """conference_utils.c, conference_utils_set_mflags."""
        self.can_speak = "mute" not in flags
        self.can_hear = "deaf" not in flags
        self.is_moderator = "moderator" in flags
        self.ends_room = "endconf" in flags
        self.wants_music = "nomoh" not in flags

    def mute(self) -> None:
        """Nobody is told that it ceases to talk (conference_api.c, conference_api_sub_mute)."""
        self.can_speak = self.talking = False
        self.score = 0

    def leave(self) -> None:
        if not self.left.done():
            self.left.set_result(None)

    def headers(self, *, has_floor: bool) -> dict[str, str]:
        return {
            "Floor": _word(has_floor),
            "Video": "false",
            "Hear": _word(self.can_hear),
            "See": "true",
            "Speak": _word(self.can_speak),
            "Talking": _word(self.talking),
            "Mute-Detect": "false",
            "Hold": "false",
            "Member-ID": str(self.number),
            "Member-Type": "moderator" if self.is_moderator else "member",
            "Member-Ghost": "false",
            "Energy-Level": str(self.energy_level),
            "Current-Energy": str(self.score),
        }


def _word(value: bool) -> str:
    return "true" if value else "false"


def amplified(frame: Samples, level: int) -> Samples:
    """Louder or softer by steps of some 2.5 dB."""
    if not level or frame is SILENCE:
        return frame
    louder: Samples = np.clip(frame * (4 / 3) ** level, -32768, 32767).astype(np.int16)
    return louder
