"""Who publishes, and where."""

from dataclasses import dataclass
from datetime import tzinfo


@dataclass(frozen=True, slots=True)
class Imprint:
    paper: str
    """The paper's name."""
    url: str
    """Where readers find what lies in the folder; without a slash at its end."""
    zone: tzinfo
    """The paper's, for dates."""
