"""query: ask one of the paper's databases."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call, QueryOutcome
from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.quantities import Name, Variable
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.value import ValueField
from ivr_flows.world import QueryFace, World


class Query(Step):
    """Runs a named query and keeps what it finds."""

    verb: ClassVar[str] = "query"
    example: ClassVar[str] = """\
query: {name: subscription, with: {number: "{{ caller.number }}"}, store: sub}
on: {empty: unknown, stale: sorry, error: sorry}
next: tell
"""
    refers: ClassVar[Mapping[str, str]] = {"name": "query"}
    shorthand: ClassVar[str] = "name"
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "empty": Event("nothing was found"),
        "stale": Event("what was found is older than the query allows"),
    }

    name: Name
    """The query's name."""
    with_: dict[Name, ValueField] = Field(default_factory=dict, alias="with")
    """The query's parameters; they are bound, never pasted into SQL."""
    store: Variable | None = None
    """Variable that takes the first row, column by column (`sub.title`)."""
    rows: Literal["one", "all"] = "one"
    """`all` keeps a list of rows instead, for `{% for %}`."""

    def check(self, world: World) -> list[Fault]:
        if world.queries is None:
            return []
        face = world.queries.get(self.name)
        if face is None:
            hint = nearest(self.name, world.queries)
            return [Fault(("name",), f"there is no query {quoted(self.name)}", hint)]
        return [*self._missing(face), *self._unknown(face)]

    def _missing(self, face: QueryFace) -> list[Fault]:
        return [
            Fault(("with",), f"the query {quoted(self.name)} needs the parameter {quoted(name)}")
            for name in sorted(face.required - self.with_.keys())
        ]

    def _unknown(self, face: QueryFace) -> list[Fault]:
        known = face.required | face.optional
        message = f"the query {quoted(self.name)} has no parameter"
        return [
            Fault(
                ("with", name),
                f"{message} {quoted(name)}, expected one of {one_of(known)}",
                nearest(name, known),
                at_key=True,
            )
            for name in self.with_
            if name not in known
        ]

    def run(self, call: Call, context: Context) -> str:
        given = {name: context.value(value) for name, value in self.with_.items()}
        context.note("asked", f"{self.name} {given}")
        result = context.ports.queries.run(self.name, given)
        context.note("rows", len(result.rows))
        if result.outcome is QueryOutcome.ERROR:
            context.fail(f"query {self.name}: {result.error}")
        if result.outcome is not QueryOutcome.OK:
            return str(result.outcome)
        if not result.rows:
            return "empty"
        rows = [dict(row) for row in result.rows]
        context.store(self.store, rows if self.rows == "all" else rows[0])
        return DONE
