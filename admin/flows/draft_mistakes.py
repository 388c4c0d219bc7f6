"""How many mistakes the newest drafts have, for the list; looked up again after a while."""

import time
from collections.abc import Mapping, Sequence

from admin.errors import PanelError
from admin.panel import the_panel
from store.models import Flow, FlowVersion

from .standing import Standing

FRESH = 60.0
"""Seconds: a draft never changes, but the mailboxes and queries that it names do."""
MOST = 1_000


class DraftMistakes:
    def __init__(self) -> None:
        self._seen: dict[int, tuple[float, int]] = {}

    def of(self, standings: Sequence[Standing]) -> Mapping[str, int]:
        """By the name of the flow; a flow whose draft could not be read in time is not in it."""
        drafts = [standing.newest.id for standing in standings if standing.is_ahead]
        unknown = [draft for draft in drafts if not self._is_fresh(draft)]
        if unknown:
            self._look(unknown)
        return {
            standing.name: self._seen[standing.newest.id][1]
            for standing in standings
            if standing.is_ahead and standing.newest.id in self._seen
        }

    def _is_fresh(self, draft: int) -> bool:
        return draft in self._seen and time.monotonic() - self._seen[draft][0] < FRESH

    def _look(self, drafts: Sequence[int]) -> None:
        rows = list(
            FlowVersion.select(FlowVersion, Flow).join(Flow).where(FlowVersion.id << drafts)
        )
        try:
            found = the_panel().flows.mistakes({row.flow.name: row.text for row in rows})
        except PanelError:
            return  # the list is good without
        if len(self._seen) > MOST:
            self._seen.clear()
        at = time.monotonic()
        self._seen.update({row.id: (at, found[row.flow.name]) for row in rows})
