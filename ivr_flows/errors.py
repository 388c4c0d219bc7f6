"""What goes wrong in a flow.

FlowError
├── FlowInvalid    the file has mistakes; `.problems` holds all of them
├── TextFailed     a text or a condition could not be worked out during a call
├── StepFailed     a step could not do what it was asked; goes to `on.error`
└── FlowFinished   not an error: a step has ended the call, in however deep a sub-flow

What a call raises (`CallEnded`, `CallFailed`, `SwitchLost`) is in `ivr_flows.ports`.
"""

from collections.abc import Sequence

from ivr_flows.problem import Problem


class FlowError(Exception):
    """Base of what this package raises."""


class FlowInvalid(FlowError):
    """The flow cannot be used; every mistake found is in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


class TextFailed(FlowError):
    """A template or a condition failed with the values of this call."""


class StepFailed(FlowError):
    """A step could not do its work; the message is for the trace, never spoken."""


class FlowFinished(FlowError):
    """A step has ended the run; caught by the engine."""
