"""The box, for tests of the records."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from admin.records.ports import Setting
from desk.breaker import Breaker
from desk.pool import Pool
from desk.queries import run_query
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import QueryResult
from lines.dialling import Dialling, House

ZONE = ZoneInfo("Europe/Berlin")


class NoonClock:
    """Always Wednesday noon."""

    def now(self) -> datetime:
        return datetime(2027, 5, 5, 12, 0, tzinfo=ZONE)


@dataclass
class FakeRecords:
    """Keeps what it is asked for; queries really run."""

    country: str = "DE"
    phones: Mapping[str, str] = field(default_factory=lambda: {"200": "Desk"})
    running: bool = True
    needed: dict[str, Sequence[str]] = field(default_factory=dict)
    """Flows that need a name."""
    recordings: dict[str, Sequence[str]] = field(default_factory=dict)
    """Flows that name a recording."""
    announced: int = 0
    shown: Sequence[Setting] = ()

    @property
    def dialling(self) -> Dialling:
        return Dialling(House(NoonClock(), self.country, self.phones))

    @property
    def last_resort(self) -> str:
        return "desk"

    def aside(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    def announce(self) -> bool:
        self.announced += 1
        return self.running

    def flows_needing(self, kind: str, names: Collection[str]) -> Sequence[str]:
        return sorted({flow for name in names for flow in self.needed.get(name, ())})

    def recordings_named(self) -> Mapping[str, Sequence[str]]:
        return self.recordings

    def ask(self, query: Query, source: Source, given: Mapping[str, Any]) -> QueryResult:
        # A pool of its own: in another test a source of the same name may be broken.
        return run_query(query, source, given, datetime.now(ZONE), Pool(Breaker()))

    def settings(self) -> Sequence[Setting]:
        return self.shown
