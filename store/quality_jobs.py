"""How well a call could be understood, as the switch measured it."""

from dataclasses import dataclass
from typing import Literal

MOST_LOSS = 0.02
"""Share of lost sound above which speech begins to break up (ITU-T G.113, appendix I, G.711
without concealment)."""
MOST_JITTER = 0.05
"""Seconds; above the 50 ms up to which both switches even things out."""


HEARD_AFTER = 3.0
"""Seconds after the answer by which something must have come: who hangs up at once sends none."""


@dataclass(frozen=True, slots=True)
class CallMeasured:
    """The switch has told of a call that is over; stored with the call's row, if it has one."""

    call: str
    """The switch's id of the call."""
    packets: int
    """Of sound, that came from the far end; 0: nothing was heard of it at all."""
    loss: float
    """Share of what it sent that never came, 0 to 1."""
    jitter: float
    """How unevenly it came, in seconds."""
    seconds: float
    """From the answer to the end."""
    job: Literal["measured"] = "measured"

    @property
    def is_bad(self) -> bool:
        is_mute = self.seconds >= HEARD_AFTER and not self.packets
        return is_mute or self.loss > MOST_LOSS or self.jitter > MOST_JITTER
