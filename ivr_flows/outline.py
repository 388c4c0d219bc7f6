"""A flow text as a picture needs it: its steps, where they stand, where they lead, its mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ivr_flows.document import Document, Place
from ivr_flows.draft import Draft
from ivr_flows.errors import FlowInvalid
from ivr_flows.exits import exits_of
from ivr_flows.head import Frame
from ivr_flows.loader import EVERYTHING, Loader
from ivr_flows.problem import Problem
from ivr_flows.reading import read_document
from ivr_flows.step import ERROR
from ivr_flows.steps import CORE, Table
from ivr_flows.world import World


@dataclass(frozen=True, slots=True)
class Way:
    """Out of a step."""

    event: str
    to: str
    """The step that follows; empty: the flow ends."""


@dataclass(frozen=True, slots=True)
class OutlinedStep:
    name: str
    verb: str
    """Empty where none is to be recognised."""
    line: int
    """Its first line, from 1."""
    last: int
    """Its last line."""
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    flow: str = ""
    title: str = ""
    start: str = ""
    rescue: str = ""
    """Where failures lead that a step says nothing about."""
    name_at: Place = (1, 1)
    """Where the flow's name stands."""
    steps: tuple[OutlinedStep, ...] = ()
    tests: int = 0
    problems: Sequence[Problem] = ()


def outline(text: bytes, file: str, world: World = EVERYTHING, table: Table = CORE) -> Outline:
    """Of what can be understood, however much is wrong."""
    try:
        document = read_document(text, file)
    except FlowInvalid as error:
        return Outline(problems=error.problems)
    loader = Loader(document, world, table)
    try:
        loader.load()
    except FlowInvalid as error:
        return _outline(document, loader.draft, table, error.problems)
    return _outline(document, loader.draft, table, ())


def _outline(
    document: Document, draft: Draft, table: Table, problems: Sequence[Problem]
) -> Outline:
    data = document.data if isinstance(document.data, dict) else {}
    raw = data.get("steps")
    steps = raw if isinstance(raw, dict) else {}
    lasts = _last_lines(document)
    return Outline(
        flow=str(data.get("flow") or ""),
        title=draft.head.title if draft.head.flow else "",
        start=str(data.get("start") or ""),
        rescue=draft.head.on.get(ERROR, ""),
        name_at=document.place(("flow",)),
        steps=tuple(
            OutlinedStep(
                name,
                _verb(step, table),
                line := document.place(("steps", name), at_key=True)[0],
                lasts.get(line, line),
                tuple(_ways(name, step, draft, steps)),
            )
            for name, step in steps.items()
        ),
        tests=len(draft.trials),
        problems=problems,
    )


def _last_lines(document: Document) -> Mapping[int, int]:
    """First line of a step to its last: the one before whatever begins next."""
    begins = [
        place[0]
        for path, place in document.keys.items()
        if len(path) == 1 or (len(path) == 2 and path[0] == "steps")
    ]
    end = max((place[0] for place in document.values.values()), default=1)
    return {line: max(line, after - 1) for line, after in pairwise([*sorted(begins), end + 1])}


def _verb(step: Any, table: Table) -> str:
    return next((key for key in step if key in table), "") if isinstance(step, dict) else ""


def _ways(name: str, raw: Any, draft: Draft, steps: Mapping[str, Any]) -> Iterator[Way]:
    found = draft.steps.get(name)
    if found:
        exits = exits_of(found.step, found.frame, draft.head.on)
        yield from (Way(event, to or "") for event, to in exits.items())
    elif isinstance(raw, dict):
        yield from _guessed(raw, steps)


def _guessed(raw: Mapping[str, Any], steps: Mapping[str, Any]) -> Iterator[Way]:
    """Of a step with mistakes: whatever names a step, so that the picture keeps its lines."""
    for key, value in raw.items():
        if isinstance(value, str) and value in steps:
            yield Way("" if key in Frame.model_fields else key, value)
        elif isinstance(value, dict):
            yield from _guessed(value, steps)
