"""What would happen if flow texts went live: their mistakes, their test calls, others' mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivr_flows.trials import TestResult

from .book import Book
from .flow_files import FlowText, Loaded, load_together, tell_failure, test_calls
from .own_flows import RESERVED
from .settings import Settings
from .world import world_of


@dataclass(frozen=True, slots=True)
class Rehearsed:
    loaded: Loaded
    problems: Sequence[str]
    """While there are any, no test call is made."""
    calls: Mapping[str, Sequence[TestResult]] = field(default_factory=dict)
    """By the name of the flow."""
    broken: Sequence[str] = ()
    """Mistakes that live flows would have beside the new ones."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why nothing of it may go live."""
        failed = [
            tell_failure(self.loaded, name, result)
            for name, results in self.calls.items()
            for result in results
            if not result.passed
        ]
        return [*self.problems, *failed, *self.broken]


def rehearse(texts: Sequence[FlowText], settings: Settings, book: Book) -> Rehearsed:
    loaded = load_together(texts, world_of(settings, book), book.flows)
    problems = [str(problem) for problem in loaded.problems] or _of_the_box(loaded)
    if problems:
        return Rehearsed(loaded, problems)
    calls = test_calls(loaded, book.flows, settings.facts)
    return Rehearsed(loaded, (), calls, _broken_by(loaded, settings, book))


def _of_the_box(loaded: Loaded) -> list[str]:
    return [
        f"{loaded.texts[name].file}: names that begin with {RESERVED!r} are the box's own"
        for name in loaded.flows
        if name.startswith(RESERVED)
    ]


def _broken_by(loaded: Loaded, settings: Settings, book: Book) -> list[str]:
    others = [
        FlowText(f"{name} (live)", text.encode())
        for name, text in book.texts.items()
        if name not in loaded.flows
    ]
    again = load_together(others, world_of(settings, book), {**book.flows, **loaded.flows})
    return [str(problem) for problem in again.problems]
