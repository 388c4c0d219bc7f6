"""What `pressline doctor` tells of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    ok: bool
    message: str
    """How it is, or how to mend it."""
