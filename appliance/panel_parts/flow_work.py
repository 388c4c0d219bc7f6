"""What the panel's pages of flows need of the box, done where it stands: it blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from admin.flows.ports import FlowDesk, Rehearsal, TestCall
from ivr_flows.outline import Outline, outline
from ivr_flows.problem import Problem, quoted
from ivr_flows.trials import TestResult
from ivr_flows.vocabulary import vocabulary
from ivr_flows.world import World
from lines.experts.ports import EXPERT_LINE
from lines.rooms.ports import CONFERENCE
from voicemail.ports import MAILBOX

from ..book import Book, load_book
from ..flow_files import FlowText
from ..publishing import announce
from ..rehearsal import Rehearsed, rehearse
from ..settings import Settings
from ..steps import TABLE
from ..world import world_of
from .kept_book import KeptBook

MOST_HEARD = 100
"""Sentences of one test call that are told."""


class FlowWork:
    """Implements `FlowDesk` in this process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept = KeptBook(load_book)

    def check(self, name: str, text: str) -> Outline:
        return self._checked(name, text, self._kept.read())

    def mistakes(self, texts: Mapping[str, str]) -> Mapping[str, int]:
        book = self._kept.read()
        return {name: len(self._checked(name, text, book).problems) for name, text in texts.items()}

    def words(self) -> Mapping[str, Any]:
        book = self._kept.read()
        world = world_of(self._settings, book)
        kinds: Mapping[str, Any] = {
            "query": world.queries,
            "prompt": world.prompts,
            "person": world.directory,
            "flow": book.flows,
            "language": world.languages,
            **{kind: world.named.get(kind) for kind in (MAILBOX, CONFERENCE, EXPERT_LINE)},
        }
        names = {kind: sorted(found or ()) for kind, found in kinds.items()}
        return {**vocabulary(TABLE), "names": names}

    def rehearse(self, texts: Mapping[str, str]) -> Rehearsal:
        book = load_book()
        misnamed = [
            problem
            for name, text in texts.items()
            for problem in _misnamed(name, outline(text.encode(), name, table=TABLE))
        ]
        if misnamed:
            return Rehearsal(problems=tuple(map(str, misnamed)))
        written = [FlowText(name, text.encode()) for name, text in texts.items()]
        return _told(rehearse(written, self._settings, book))

    def announce(self, versions: Sequence[int]) -> str:
        return announce(self._settings, versions)

    def _checked(self, name: str, text: str, book: Book) -> Outline:
        found = outline(text.encode(), name, self._world(book), TABLE)
        return replace(found, problems=[*found.problems, *_misnamed(name, found)])

    def _world(self, book: Book) -> World:
        faces = {name: flow.face for name, flow in book.flows.items()}
        return replace(world_of(self._settings, book), flows=faces)


def _misnamed(name: str, found: Outline) -> list[Problem]:
    """A text that would go live as another flow than the one whose page it stands on."""
    if not found.flow or found.flow == name:
        return []
    message = f"this is the flow {quoted(name)}, given {quoted(found.flow)}"
    hint = "make a new flow for another name"
    return [Problem(name, *found.name_at, message, hint=hint)]


def _told(found: Rehearsed) -> Rehearsal:
    return Rehearsal(
        problems=tuple(found.problems),
        calls=tuple(
            _call(flow, result) for flow, results in found.calls.items() for result in results
        ),
        broken=tuple(found.broken),
    )


def _call(flow: str, result: TestResult) -> TestCall:
    simulation = result.simulation
    return TestCall(
        flow,
        result.name,
        result.failures,
        tuple(simulation.call.heard[:MOST_HEARD]),
        tuple(record.step for record in simulation.run.trace[:MOST_HEARD]),
    )


def _is_a_desk(work: FlowWork) -> FlowDesk:
    """Held to the port by the type checker."""
    return work
