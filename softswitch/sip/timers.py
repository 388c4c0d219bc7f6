"""The clock of the transactions (RFC 3261, table 4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timers:
    t1: float = 0.5
    """Estimate of a round trip, in seconds."""
    t2: float = 4.0
    """Longest pause between retransmissions, in seconds."""
    t4: float = 5.0
    """How long a datagram may stay in the network, in seconds."""

    @property
    def give_up(self) -> float:
        """Timers B, D, F, H, J, L and M: 64 × T1 (D is 32 s at least, which this is)."""
        return 64 * self.t1
