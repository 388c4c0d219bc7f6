"""What the panel's records need of the box: the door to outside numbers, reloads, queries."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from admin.records.ports import Setting
from desk.query import Query
from desk.sources import Source
from ivr_flows.named_recordings import recordings_of
from ivr_flows.ports import QueryOutcome, QueryResult
from ivr_flows.world import World
from lines.dialling import Dialling
from lines.experts.ports import EXPERT_LINE
from lines.rooms.ports import CONFERENCE
from store.database import disconnect
from voicemail.ports import MAILBOX

from ..book import Book, load_book
from ..bus import announce
from ..dialling import dialling
from ..errors import BoxSilent, SidecarError
from ..flow_files import FlowText, load_together
from ..settings import Settings
from ..sidecar import Sidecar
from ..threads import in_pool
from ..world import world_of
from .settings_shown import shown

log = structlog.get_logger()

SLACK = 2.0
"""Seconds beside a query's own limit, for the way there and back."""
NAMED = {"mailbox": MAILBOX, "room": CONFERENCE, "expert_line": EXPERT_LINE}


class BoxRecords:
    """Implements `admin.records.ports.Records`."""

    def __init__(self, settings: Settings, sidecar: Sidecar) -> None:
        self._settings = settings
        self._sidecar = sidecar

    @property
    def country(self) -> str:
        return self._settings.country

    @property
    def phones(self) -> Mapping[str, str]:
        return self._settings.phones

    @property
    def dialling(self) -> Dialling:
        return dialling(self._settings)

    @property
    def last_resort(self) -> str:
        return self._settings.last_resort_box

    def aside(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return in_pool(_with_connection, work, arguments)

    def announce(self) -> bool:
        from ..jobs import configure_switch  # opens the queue in the home

        configure_switch()
        try:
            announce(self._settings)
        except BoxSilent as error:
            log.info("a change waits for the box", reason=str(error))
            return False
        return True

    def flows_needing(self, kind: str, names: Collection[str]) -> Sequence[str]:
        book = load_book()
        world = world_of(self._settings, book)
        before, after = _wrong(book, world), _wrong(book, _without(world, kind, set(names)))
        return sorted(name for name in book.texts if after.get(name, 0) > before.get(name, 0))

    def recordings_named(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for name, flow in load_book().flows.items():
            for recording in sorted(recordings_of(flow)):
                found.setdefault(recording, []).append(name)
        return found

    def ask(self, query: Query, source: Source, given: Mapping[str, Any]) -> QueryResult:
        limit = query.time_limit * 2 + SLACK  # its freshness may be a query of its own
        try:
            found = self._sidecar.run("query", query, source, dict(given), limit=limit)
        except SidecarError as error:
            return QueryResult(QueryOutcome.ERROR, (), str(error))
        assert isinstance(found, QueryResult)
        return found

    def settings(self) -> Sequence[Setting]:
        return shown(self._settings)


def _with_connection(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The thread's own, if it needs one; it is closed, for threads come and go."""
    try:
        return work(*arguments)
    finally:
        disconnect()


def _wrong(book: Book, world: World) -> Mapping[str, int]:
    """How many problems each live flow would have in such a world."""
    texts = [FlowText(name, text.encode()) for name, text in book.texts.items()]
    found: dict[str, int] = {}
    for problem in load_together(texts, world, book.flows).problems:
        found[problem.file] = found.get(problem.file, 0) + 1
    return found


def _without(world: World, kind: str, names: set[str]) -> World:
    if kind == "person":
        return replace(world, directory=set(world.directory or ()) - names)
    if kind == "prompt":
        return replace(world, prompts=set(world.prompts or ()) - names)
    if kind == "query":
        left = {name: face for name, face in (world.queries or {}).items() if name not in names}
        return replace(world, queries=left)
    named = {**world.named, NAMED[kind]: set(world.named.get(NAMED[kind], ())) - names}
    return replace(world, named=named)
