"""From a file to a flow that can run, or to all of its mistakes at once."""

from collections.abc import Set
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from ivr_flows.checks import check_graph
from ivr_flows.document import Document
from ivr_flows.draft import Draft, DraftStep, Where
from ivr_flows.errors import FlowInvalid
from ivr_flows.exits import exits_of
from ivr_flows.faults import faults_of
from ivr_flows.flow import Flow, Placed
from ivr_flows.head import Frame, Head
from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.quantities import parse_name
from ivr_flows.reading import read_document
from ivr_flows.step import field_keys
from ivr_flows.steps import CORE, Table
from ivr_flows.trial import Trial
from ivr_flows.trial_checks import check_trial
from ivr_flows.world import LoadContext, World

MAX_PROBLEMS = 100
EVERYTHING = World()
"""Nothing outside the flow is checked."""


def load_flow(text: str | bytes, file: str, world: World = EVERYTHING, table: Table = CORE) -> Flow:
    """Raises `FlowInvalid` with every mistake found."""
    return Loader(read_document(text, file), world, table).load()


class Loader:
    """Loads one document; its `draft` holds what was understood, whatever the mistakes."""

    def __init__(self, document: Document, world: World, table: Table) -> None:
        self._document = document
        self._world = world
        self._table = table
        data = document.data
        language = data.get("language") if isinstance(data, dict) else None
        known = isinstance(language, str) and language in world.languages
        self._context = LoadContext.of(world, language if known and language else "en")
        self.draft = Draft(document)

    def load(self) -> Flow:
        draft = self.draft
        head = self._head(self._document.data)
        if head:
            draft.head = head
            for name, raw in head.steps.items():
                self._step(name, raw)
            check_graph(draft, self._world)
            self._trials(head)
        if draft.document.problems or head is None:
            problems = sorted(draft.document.problems, key=lambda p: (p.line, p.column))
            raise FlowInvalid(problems[:MAX_PROBLEMS])
        return self._flow(head)

    def _head(self, data: Any) -> Head | None:
        if not isinstance(data, dict):
            self.draft.report(Fault((), f"expected a flow with steps, given {quoted(data)}"))
            return None
        try:
            return Head.model_validate(data, context=self._context)
        except ValidationError as error:
            self.draft.report(*faults_of(error, Head))
            return self._head_without(data, {details["loc"][0] for details in error.errors()})

    def _head_without(self, data: dict[str, Any], faulty: Set[int | str]) -> Head | None:
        """What can be used of a faulty head, so that the steps' mistakes are found too."""
        if "steps" in faulty:
            return None
        self.draft.complete = False
        sound = {key: value for key, value in data.items() if key not in faulty}
        filled = {"flow": "unnamed", "start": next(iter(data["steps"])), **sound}
        try:
            return Head.model_validate(filled, context=self._context)
        except ValidationError:
            return None

    def _step(self, name: str, raw: Any) -> None:
        place = ("steps", name)
        step = None
        try:
            parse_name(name)
        except PydanticCustomError as error:
            self.draft.report(Fault(place, error.message(), at_key=True))
            self.draft.complete = False
        if not isinstance(raw, dict):
            message = f"expected a verb and its fields, given {quoted(raw)}"
            self.draft.report(Fault(place, message))
        else:
            step = self._parsed(name, raw)
        if step:
            self.draft.steps[name] = step
        else:
            self.draft.complete = False

    def _parsed(self, name: str, raw: dict[str, Any]) -> DraftStep | None:
        verb = self._verb(name, raw)
        frame = self._frame(name, raw)
        if verb is None:
            return None
        kind = self._table[verb]
        fields, shorthand = kind.shape(raw[verb])
        try:
            step = kind.model_validate(fields, context=self._context)
        except ValidationError as error:
            where = Where(name, verb, shorthand)
            self.draft.report_in(where, *faults_of(error, kind))
            return None
        return DraftStep(name, verb, shorthand, step, frame)

    def _verb(self, name: str, raw: dict[str, Any]) -> str | None:
        verbs = [key for key in raw if key in self._table]
        unknown = [key for key in raw if key not in self._table and key not in Frame.model_fields]
        place = ("steps", name)
        if len(verbs) > 1:
            words = " and ".join(quoted(verb) for verb in verbs[:4])
            message = f"{len(verbs)} verbs, {words}, expected one"
            self.draft.report(Fault((*place, verbs[1]), message, at_key=True))
        if not verbs and not unknown:
            message = f"no verb, expected one of {one_of(self._table)}"
            self.draft.report(Fault(place, message, at_key=True))
        for key in unknown:
            known = [*self._table, *Frame.model_fields] if verbs else list(self._table)
            what = "key" if verbs else "verb"
            message = f"unknown {what} {quoted(key)}, expected one of {one_of(known)}"
            hint = nearest(key, known)
            if verbs and key in field_keys(self._table[verbs[0]]):
                hint = f"it belongs inside {quoted(verbs[0])}"
            self.draft.report(Fault((*place, key), message, hint, at_key=True))
        return verbs[0] if len(verbs) == 1 else None

    def _frame(self, name: str, raw: dict[str, Any]) -> Frame:
        given = {key: raw[key] for key in Frame.model_fields if key in raw}
        try:
            return Frame.model_validate(given)
        except ValidationError as error:
            for fault in faults_of(error, Frame):
                self.draft.report(fault.below(("steps", name)))
            self.draft.complete = False
            return Frame()

    def _trials(self, head: Head) -> None:
        for index, raw in enumerate(head.tests):
            try:
                trial = Trial.model_validate(raw)
            except ValidationError as error:
                found = faults_of(error, Trial)
            else:
                found = check_trial(trial, head.steps, self._world)
                self.draft.trials.append(trial)
            self.draft.report(*(fault.below(("tests", index)) for fault in found))

    def _flow(self, head: Head) -> Flow:
        placed = {
            name: Placed(name, drafted.step, exits_of(drafted.step, drafted.frame, head.on))
            for name, drafted in self.draft.steps.items()
        }
        return Flow(
            name=head.flow,
            title=head.title,
            language=head.language,
            start=head.start,
            steps=placed,
            voices=head.voice,
            takes=frozenset(head.takes),
            tests=tuple(self.draft.trials),
            calls=self.draft.calls(),
        )
