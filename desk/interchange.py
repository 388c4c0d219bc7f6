"""Sources, queries and routes as YAML: taken in with every mistake named at once, given out.

sources:
  paper: {url: "postgresql://reader@db.example/paper", password_env: PAPER_PASSWORD}
queries:
  subscription:
    source: paper
    sql: SELECT name, ends_on FROM subscription WHERE number = :number
    parameters: {number: {type: digits, max_length: 8}}
    time_limit: 2s
    fresh: {column: changed_at, max_age: 26h}
routes:
  - {number: "100", flow: main, hours: {mon-fri: "08:00-18:00"}, closed: night}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.scalarstring import LiteralScalarString

from desk import reading, records
from desk.durations import written
from desk.query import Query
from desk.sources import Source
from store import flows, routes
from store.database import writing
from store.errors import ImportRefused
from store.models import Route
from store.yaml_text import read, write


@dataclass(frozen=True, slots=True)
class Report:
    """What was taken in."""

    sources: int
    queries: int
    routes: int | None
    """None when the text has none: the table then stays as it was."""
    notes: tuple[str, ...] = ()
    """What is odd and no mistake: a route to a flow that is not live yet."""


def import_text(text: str, file: str, base: Path | None = None) -> Report:
    """Keep what `text` holds, all of it or, with a mistake, nothing.

    SQLite files are sought from `base`, or else from the folder of `file`. Sources and queries
    that are not named stay; the table of routes is replaced as a whole. Raises `ImportRefused`
    with every mistake.
    """
    content = gather(read(text, file), file, base or Path(file).parent)
    if content.mistakes:
        raise ImportRefused(content.mistakes)
    with writing():
        return keep(content)


def gather(document: Any, file: str, base: Path, beside: Sequence[str] = ()) -> reading.Content:
    """What `document` holds for the desk, with its mistakes; sections `beside` are others'."""
    return reading.content(document, file, records.sources(), base, beside)


def keep(content: reading.Content) -> Report:
    """Within the caller's transaction."""
    records.keep_sources(content.sources.values())
    records.keep_queries(content.queries.values())
    if content.routes is not None:
        routes.replace([route.model_dump() for route in content.routes])
    return Report(
        len(content.sources),
        len(content.queries),
        None if content.routes is None else len(content.routes),
        tuple(_notes(content)),
    )


def export() -> str:
    """All sources, queries and routes; `***` stands for a password that is kept here."""
    return write(sections())


def sections() -> Mapping[str, Any]:
    """The same as data; what is empty is left out."""
    document = {
        "sources": {name: _source(source) for name, source in records.sources().items()},
        "queries": {name: _query(query) for name, query in records.queries().items()},
        "routes": [_route(route) for route in routes.load().routes],
    }
    return {key: value for key, value in document.items() if value}


def _notes(content: reading.Content) -> list[str]:
    live = flows.live_numbers()
    return [
        f'route {route.number}: flow "{flow}" is not live yet'
        for route in content.routes or []
        for flow in (route.flow, route.closed)
        if flow and flow not in live
    ]


def _source(source: Source) -> Mapping[str, Any]:
    shown = {"url": source.shown_url}
    return shown | ({"password_env": source.password_env} if source.password_env else {})


def _query(query: Query) -> Mapping[str, Any]:
    shown = query.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
    if "\n" in query.sql:
        shown["sql"] = LiteralScalarString(query.sql)
    if "time_limit" in shown:
        shown["time_limit"] = written(query.time_limit)
    if query.fresh:
        shown["fresh"]["max_age"] = written(query.fresh.max_age)
    return shown


def _route(route: Route) -> Mapping[str, Any]:
    shown = {"number": route.number, "flow": route.flow, "hours": route.hours}
    return {key: value for key, value in (shown | {"closed": route.closed}).items() if value}
