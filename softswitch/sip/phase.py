"""How far a call has come."""

from enum import Enum, auto


class Phase(Enum):
    EARLY = auto()
    """Neither answered nor refused."""
    ANSWERED = auto()
    ENDED = auto()
    """For its owner; a BYE of ours may still wait for its answer."""
