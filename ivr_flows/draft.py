"""A flow while it is being loaded: its steps, and the mistakes found so far."""

from dataclasses import dataclass, field, replace

from ivr_flows.document import Document
from ivr_flows.head import Frame, Head
from ivr_flows.problem import Fault, Path, Problem, step_of
from ivr_flows.step import Step
from ivr_flows.steps.subflow import SubFlow
from ivr_flows.trial import Trial


@dataclass(frozen=True, slots=True)
class Where:
    """A step's place in the document."""

    name: str
    verb: str
    shorthand: str
    """The field that the verb's value stands for, or empty."""

    def path(self, inside: Path) -> Path:
        """Where a field of the verb stands in the document."""
        if self.shorthand and inside[:1] == (self.shorthand,):
            inside = inside[1:]
        return ("steps", self.name, self.verb, *inside)


@dataclass(frozen=True, slots=True)
class DraftStep(Where):
    step: Step
    frame: Frame


@dataclass(slots=True)
class Draft:
    document: Document
    head: Head = field(default_factory=lambda: Head.model_construct(flow="", start="", steps={}))
    steps: dict[str, DraftStep] = field(default_factory=dict)
    trials: list[Trial] = field(default_factory=list)
    complete: bool = True
    """False when a step is missing here because of a mistake in it."""

    def report(self, *faults: Fault) -> None:
        for fault in faults:
            path = fault.path
            line, column = self.document.place(path, at_key=fault.at_key)
            self.document.problems.append(
                Problem(self.document.file, line, column, fault.message, step_of(path), fault.hint)
            )

    def report_in(self, step: Where, *faults: Fault) -> None:
        """Faults whose paths begin at the verb's value."""
        self.report(*(replace(fault, path=step.path(fault.path)) for fault in faults))

    def calls(self) -> frozenset[str]:
        """The sub-flows that this flow calls."""
        found = (drafted.step for drafted in self.steps.values())
        return frozenset(step.name for step in found if isinstance(step, SubFlow))
