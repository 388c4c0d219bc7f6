"""What is live, at one moment: flows, routes, queries. Each call keeps the book it began with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import structlog

from desk import records
from desk.query import Query
from desk.sources import Source
from ivr_flows.flow import Flow
from ivr_flows.world import World
from lines.experts import records as expert_lines
from lines.people import lookup as people
from lines.rooms import lookup as conferences
from store import flows as store_flows
from store import mailboxes, routes
from store.routes import RouteTable

from .flow_files import FlowText, load_together
from .own_flows import own_flows

log = structlog.get_logger()


class NamedQuery(NamedTuple):
    query: Query
    source: Source


@dataclass(frozen=True, slots=True)
class Book:
    """Read from the store in a thread; asking it touches nothing outside memory."""

    flows: Mapping[str, Flow] = field(default_factory=dict)
    """Those of the paper."""
    own: Mapping[str, Flow] = field(default_factory=dict)
    """Those of the box itself, which only it can start."""
    texts: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    routes: RouteTable = field(default_factory=lambda: RouteTable([]))
    queries: Mapping[str, NamedQuery] = field(default_factory=dict)
    mailboxes: frozenset[str] = frozenset()
    """Names and numbers of the mailboxes."""
    conferences: frozenset[str] = frozenset()
    """Names and numbers of the conference rooms."""
    expert_lines: frozenset[str] = frozenset()
    """Names of the lines on which experts answer."""
    people: frozenset[str] = frozenset()
    """Names of people, and numbers of their desk phones."""
    languages: frozenset[str] = frozenset()
    """Those that the mailboxes, the conference rooms, the expert lines and people speak."""
    exists: bool = True
    """False when there is no store yet."""

    @classmethod
    def empty(cls) -> "Book":
        return cls(exists=False)

    @property
    def all_flows(self) -> Sequence[Flow]:
        return [*self.flows.values(), *self.own.values()]

    def flow(self, name: str) -> Flow | None:
        """One of the paper's, or of the box's own."""
        return self.own.get(name) or self.flows.get(name)


def spoken_languages() -> frozenset[str]:
    """Those in which the steps' own sentences are wanted. Raises `StoreError`."""
    rooms = mailboxes.languages() | conferences.languages() | expert_lines.languages()
    return rooms | people.languages()


def load_book() -> Book:
    """Blocks. What was published is not checked against the world again: it must go on answering.

    Raises `StoreError`.
    """
    live = list(store_flows.live_flows())
    sources = records.sources()
    texts = {version.flow.name: version.text for version in live}
    loaded = load_together(
        [FlowText(f"{name} (live)", text.encode()) for name, text in texts.items()],
        World(),
        None,
    )
    for problem in loaded.problems:  # an older version of the language, perhaps
        log.error("a live flow does not load", problem=str(problem))
    return Book(
        flows=loaded.flows,
        own=own_flows(),
        texts=texts,
        versions={version.flow.name: version.number for version in live},
        routes=routes.load(),
        queries={
            name: NamedQuery(query, sources[query.source])
            for name, query in records.queries().items()
            if query.source in sources
        },
        mailboxes=mailboxes.names(),
        conferences=conferences.names(),
        expert_lines=expert_lines.names(),
        people=people.names(),
        languages=spoken_languages(),
    )
