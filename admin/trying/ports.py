"""What trying a flow out needs of the box."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ivr_flows.trial import Trial
from ivr_flows.trying_out import Said, TryOut


class TryDesk(Protocol):
    """Blocks its own greenlet only."""

    def attempt(self, text: str, trial: Trial, *, typing: bool, really_ask: bool) -> TryOut:
        """Run the flow of `text` beside the live ones. `really_ask`: queries for which the trial
        gives no result are asked of the paper's databases.

        Raises `Refused` with the flow's mistakes.
        """

    def queries_of(self, text: str) -> Sequence[str]:
        """The names of the queries that the flow may ask. Raises `Refused`."""

    def sound(self, said: Said) -> Sequence[Path]:
        """The files that say it, one after the other. Raises `Refused`."""
