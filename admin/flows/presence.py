"""Who has which flow's editor open just now: told by the editors themselves, kept in memory."""

import time
from collections import defaultdict
from collections.abc import Sequence

GONE_AFTER = 35.0
"""Seconds without a word: three heartbeats of `flows_editor.js`, and a little."""
MOST_EDITORS = 50
"""Of one flow; more tabs than there are people."""


class Presence:
    def __init__(self) -> None:
        self._seen: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)

    def here(self, flow: str, who: str, tab: str) -> Sequence[str]:
        """`who` edits in `tab`; the others that do, sorted, and `who` again for another tab."""
        editors = self._living(flow)
        if len(editors) < MOST_EDITORS:
            editors[who, tab] = time.monotonic()
        return sorted({name for name, other in editors if (name, other) != (who, tab)})

    def gone(self, flow: str, who: str, tab: str) -> None:
        self._living(flow).pop((who, tab), None)

    def _living(self, flow: str) -> dict[tuple[str, str], float]:
        since = time.monotonic() - GONE_AFTER
        living = {who: at for who, at in self._seen[flow].items() if at > since}
        self._seen[flow] = living
        return living
