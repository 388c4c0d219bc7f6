"""Where templates run: each operator, filter and loop in it is bounded."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from jinja2 import StrictUndefined, pass_context
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS

from ivr_flows.arithmetic import MAX_SIZE, OPERATORS
from ivr_flows.errors import TextFailed

SPEAKING = "_speaking"
"""Name under which the language of the text being made is found; authors cannot read it."""
BUDGET = "_budget"
MAX_ROUNDS = 1_000
"""Rounds of all loops of one text together."""
MAX_SECONDS = 0.25
"""Time for one text; a caller is waiting."""

_PLAIN_FILTERS = (
    "default", "upper", "lower", "title", "capitalize", "trim", "first", "last", "length",
    "int", "float", "abs", "min", "max", "sort",
)  # fmt: skip
_PLAIN_TESTS = (
    "defined", "undefined", "none", "number", "string", "odd", "even", "in", "sequence", "mapping",
)  # fmt: skip
_MEMBERS: Mapping[type, frozenset[str]] = {
    datetime: frozenset({"year", "month", "day", "hour", "minute", "second"}),
    date: frozenset({"year", "month", "day"}),
    time_of_day: frozenset({"hour", "minute", "second"}),
    LoopContext: frozenset({"index", "index0", "first", "last", "length", "revindex"}),
}


class Budget:
    """Rounds and time left for one text."""

    __slots__ = ("deadline", "rounds")

    def __init__(self) -> None:
        self.rounds = MAX_ROUNDS
        self.deadline = time.monotonic() + MAX_SECONDS

    def spend(self) -> None:
        self.rounds -= 1
        if self.rounds < 0:
            raise TextFailed(f"the loops of a text go round more than {MAX_ROUNDS} times")
        if time.monotonic() > self.deadline:
            raise TextFailed(f"the text took longer than {MAX_SECONDS} s to make")


@pass_context
def rounds(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """The items of a `for`, counted against the text's budget."""
    budget: Budget = context.parent[BUDGET]
    for item in items:
        budget.spend()
        yield item


def join(items: Iterable[Any], separator: str = "") -> str:
    texts = [str(item) for item in items]
    if sum(map(len, texts)) + len(texts) * len(str(separator)) > MAX_SIZE:
        raise TextFailed(f"join would make a text longer than {MAX_SIZE} characters")
    return str(separator).join(texts)


def round_number(value: Any, places: int = 0) -> Any:
    """Rounded to 0 to 6 places: Python works for hours on round(5, -10**9)."""
    return round(value, max(0, min(int(places), 6))) if places else round(value)


def member(value: Any, name: Any) -> Any:
    """`value.name`: a column, or a part of a date. Raises `KeyError` for all else."""
    if isinstance(value, Mapping):
        return value[name]
    for kind, names in _MEMBERS.items():
        if isinstance(value, kind) and name in names:
            return getattr(value, name)
    raise KeyError(name)


def _bound(speak: Callable[..., str]) -> Callable[..., str]:
    """A speech filter that knows the language in which the text is spoken."""

    @pass_context
    def spoken(context: Context, value: Any, *options: Any) -> str:
        return speak(value, context.parent[SPEAKING], *options)

    return spoken


def _nothing_for_none(value: Any) -> Any:
    return "" if value is None else value


class Sandbox(SandboxedEnvironment):
    """Jinja with the filters above, and columns instead of Python's attributes."""

    intercepted_binops = frozenset(OPERATORS)

    def __init__(
        self,
        filters: Mapping[str, Callable[..., str]],
        finalize: Callable[[Any], Any] = _nothing_for_none,
    ) -> None:
        super().__init__(undefined=StrictUndefined, finalize=finalize, cache_size=0)
        plain = {name: JINJA_FILTERS[name] for name in _PLAIN_FILTERS}
        spoken = {name: _bound(speak) for name, speak in filters.items()}
        self.filters = {**plain, "join": join, "round": round_number, **spoken}
        self.public_filters = frozenset(self.filters)
        self.filters[rounds.__name__] = rounds
        self.tests = {name: JINJA_TESTS[name] for name in _PLAIN_TESTS}
        self.globals = {}
        self.binop_table = dict(OPERATORS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return self.binop_table[operator](left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        try:
            if isinstance(obj, list | tuple | str) and isinstance(argument, int | slice):
                return obj[argument]
            return member(obj, argument)
        except (LookupError, TypeError, ValueError):
            return self.undefined(obj=obj, name=str(argument)[:100])
