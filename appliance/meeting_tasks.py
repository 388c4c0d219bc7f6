"""What of meetings blocks: tasks of the switchboard's sidecar."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from lines.meetings import errands
from lines.meetings.calls import Caller
from lines.meetings.wanted import Wanted
from lines.outgoing import Outcome


def meeting_tasks(zone: ZoneInfo) -> Mapping[str, Callable[..., Any]]:
    """`zone` is the paper's."""

    def take(life: str, most: int, held: Collection[int]) -> Sequence[Wanted]:
        return Caller(life, zone).take(most, held)

    def report(
        life: str, errand: int, outcome: Outcome, reason: str, tags: Collection[str]
    ) -> None:
        Caller(life, zone).report(errand, outcome, reason, tags)

    return {
        "meetings_take": take,
        "meetings_report": report,
        "meetings_withdrawn": errands.withdrawn,
    }
