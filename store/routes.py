"""From a dialled number to the flow that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import holidays
from store.database import translated, writing
from store.holidays import Days, is_holiday
from store.hours import is_open, parse
from store.models import Route
from store.positions import last


@dataclass(frozen=True, slots=True)
class RouteTable:
    """All routes at one moment. Asking it touches no database: safe in the callbox's loop."""

    routes: Sequence[Route]
    holidays: Days = frozenset()

    def route_for(self, number: str, at: datetime) -> str | None:
        """The flow for `number` at `at` (local time of the paper); None when nothing fits."""
        closed = is_holiday(self.holidays, at.date())
        flows = (_flow(route, at, closed) for route in self.routes if _fits(route.number, number))
        return next((flow for flow in flows if flow), None)


@translated()
def load() -> RouteTable:
    """The table as it stands, in order of position."""
    return RouteTable(list(Route.select().order_by(Route.position, Route.id)), holidays.load())


def route_for(number: str, at: datetime) -> str | None:
    """`RouteTable.route_for` on the table as it stands."""
    return load().route_for(number, at)


@translated()
def replace(routes: Sequence[Mapping[str, Any]]) -> None:
    """Put `routes` (fields of `Route` but for the position) in place of the whole table.

    Raises `HoursInvalid`; the table is then unchanged.
    """
    for route in routes:
        parse(route.get("hours") or {})
    with writing():
        Route.delete().execute()
        for position, route in enumerate(routes):
            Route.create(position=position, **route)


@translated()
def save(row: Route | None, facts: Mapping[str, Any]) -> Route:
    """Add a route behind the others, or change `row`. Raises `HoursInvalid`."""
    parse(facts.get("hours") or {})
    with writing():
        if row is None:
            return Route.create(position=last(Route), **facts)
        Route.update(dict(facts)).where(Route.id == row.id).execute()
    return row


def _fits(pattern: str, number: str) -> bool:
    if pattern.endswith("*"):
        return number.startswith(pattern[:-1])
    return pattern == number


def _flow(route: Route, at: datetime, closed: bool) -> str:
    """`closed`: whether it is a holiday, which only matters to what has hours."""
    if not route.hours or (not closed and is_open(parse(route.hours), at)):
        return route.flow
    return route.closed
