"""Trying flows out: the simulator on the box's own flows, queries and voices."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from admin.errors import Refused
from ivr_flows.flow import Flow
from ivr_flows.ports import Queries, SpeechFailed
from ivr_flows.steps.query import Query
from ivr_flows.trial import Trial
from ivr_flows.trying_out import Said, TryOut, try_out
from store import database

from ..adapters import SidecarQueries, SidecarSpeech
from ..book import Book, load_book
from ..flow_files import FlowText, load_together
from ..settings import Settings
from ..sidecar import Sidecar
from ..steps import simulated_services
from ..threads import in_pool
from ..world import world_of
from .kept_book import KeptBook


class FlowTrying:
    """Implements `TryDesk`. `sidecar` runs queries and voices, each with a time limit."""

    def __init__(self, settings: Settings, sidecar: Sidecar) -> None:
        self._settings = settings
        self._sidecar = sidecar
        self._speech = SidecarSpeech(sidecar)
        self._book = KeptBook(partial(in_pool, _read))

    def attempt(self, text: str, trial: Trial, *, typing: bool, really_ask: bool) -> TryOut:
        book = self._book.read()
        flow, flows = self._flow(text, book)
        world = world_of(self._settings, book)
        queries: Queries | None = None
        if really_ask:
            queries = SidecarQueries(self._sidecar, book.queries)
        return try_out(
            flow,
            trial,
            typing=typing,
            flows=flows,
            facts=self._settings.facts,
            services=simulated_services(),
            prompts=world.prompts,
            directory=world.directory,
            queries=queries,
        )

    def queries_of(self, text: str) -> Sequence[str]:
        flow, _ = self._flow(text, self._book.read())
        steps = (placed.step for placed in flow.steps.values())
        return sorted({step.name for step in steps if isinstance(step, Query)})

    def sound(self, said: Said) -> Sequence[Path]:
        try:
            if said.recording:
                return [self._speech.recording(said.recording, said.language).path]
            found = self._speech.say(said.text, said.language, said.voice)
        except SpeechFailed as error:
            raise Refused(str(error)) from error
        return [prompt.path for prompt in found]

    def _flow(self, text: str, book: Book) -> tuple[Flow, Callable[[str], Flow | None]]:
        """The flow, and where it finds others. Raises `Refused`."""
        written = FlowText("the draft", text.encode())
        world = world_of(self._settings, book)
        loaded = in_pool(load_together, [written], world, book.flows)
        if not loaded.flows:
            raise Refused("\n".join(str(problem) for problem in loaded.problems))
        (flow,) = loaded.flows.values()
        return flow, {**book.flows, **loaded.flows}.get


def _read() -> Book:
    try:
        return load_book()
    finally:
        database.disconnect()
