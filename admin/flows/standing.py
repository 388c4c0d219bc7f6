"""How each flow stands: what is live, what is newer, who reaches it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from store.database import translated
from store.fields import now
from store.models import Call, Flow, FlowVersion, Route
from store.models.flow import State

TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.M)
HEAD = 600
"""Characters of a text in which its title is looked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    name: str
    title: str
    newest: FlowVersion
    """Without its text."""
    live: FlowVersion | None
    numbers: Sequence[str]
    """That lead here when dialled."""
    calls: int
    """Today."""

    @property
    def is_ahead(self) -> bool:
        """Whether there is a draft that is newer than what is live."""
        return self.live is None or self.newest.number > self.live.number


@translated()
def standings(zone: ZoneInfo) -> list[Standing]:
    """By the flows' names."""
    live = {row.flow.name: row for row in _rows().where(FlowVersion.state == State.LIVE)}
    numbers, calls = _numbers(), _calls_today(zone)
    return [
        Standing(
            row.flow.name,
            _title(row.head),
            row,
            live.get(row.flow.name),
            numbers.get(row.flow.name, ()),
            calls.get(row.flow.name, 0),
        )
        for row in _rows().where(FlowVersion.id.in_(_newest()))
    ]


def _rows() -> Any:
    fields = (
        FlowVersion.id, FlowVersion.number, FlowVersion.state, FlowVersion.author,
        FlowVersion.created_at, FlowVersion.published_at, Flow.name,
    )  # fmt: skip
    head = fn.SUBSTR(FlowVersion.text, 1, HEAD).alias("head")
    return FlowVersion.select(*fields, head).join(Flow).order_by(Flow.name)


def _newest() -> Any:
    return FlowVersion.select(fn.MAX(FlowVersion.id)).group_by(FlowVersion.flow)


def _title(head: str) -> str:
    found = TITLE.search(head)
    return found.group(1).strip("\"'")[:200] if found else ""


def _numbers() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for route in Route.select().order_by(Route.position, Route.id):
        for flow in {route.flow, route.closed} - {""}:
            found[flow].append(route.number)
    return found


def _calls_today(zone: ZoneInfo) -> Mapping[str, int]:
    """The first flow of each call that came or was placed today, by the paper's clock."""
    today = now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    chosen = Call.select(Call.flow, fn.COUNT(Call.uuid)).where(Call.started_at >= today)
    counted: Any = chosen.group_by(Call.flow).tuples()
    return dict(counted)
