"""What the callbox counts of its calls. Told by the loop: each telling is a few additions."""

from collections.abc import Iterator

from prometheus_client.core import Metric

from ivr_flows.trace import StepRecord
from store.jobs import CallEnded, CallStarted
from store.quality_jobs import CallMeasured

from .cells import Counted, Measured

LONG = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
SHARES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
JITTERS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25)


class CallFigures:
    """Counters begin with the process and survive nothing; Prometheus knows how to add them up."""

    def __init__(self) -> None:
        self._started = Counted(
            "pressline_calls_started", "Calls that reached the callbox.", "direction", "flow"
        )
        self._ended = Counted(
            "pressline_calls_ended", "Calls that are over, by how they ended.", "end", "flow"
        )
        self._answer = Measured("pressline_call_answer_seconds", "From a call's arrival to answer.")
        self._length = Measured(
            "pressline_call_seconds", "From a call's arrival to its end.", bounds=LONG
        )
        self._steps = Counted("pressline_steps", "Steps that flows took.", "verb")
        self._failed = Counted("pressline_steps_failed", "Steps that ended with an error.", "verb")
        self._waits = Measured(
            "pressline_wait_seconds", "What calls wait for: speech, queries, requests.", "task"
        )
        self._unhappy = Counted(
            "pressline_waits_failed", "Waits that brought nothing: `timeout` or `failed`.",
            "task", "why",
        )  # fmt: skip
        self._loss = Measured(
            "pressline_call_loss_ratio", "Share of a call's sound that was lost.", bounds=SHARES
        )
        self._jitter = Measured(
            "pressline_call_jitter_seconds", "How unevenly a call's sound came.", bounds=JITTERS
        )
        self._bad = Counted("pressline_calls_bad", "Calls that were hard to understand.")

    def started(self, call: CallStarted) -> None:
        self._started.add(call.direction, call.flow)

    def ended(self, call: CallEnded) -> None:
        began = call.started.started_at
        self._ended.add(call.state, call.started.flow)
        self._length.add((call.ended_at - began).total_seconds())
        if call.answered_at is not None and call.started.direction == "in":
            self._answer.add(max(0.0, (call.answered_at - began).total_seconds()))

    def step(self, step: StepRecord) -> None:
        self._steps.add(step.verb)
        if step.error:
            self._failed.add(step.verb)

    def waited(self, task: str, seconds: float, trouble: str) -> None:
        """`trouble`: `timeout`, `failed`, or nothing."""
        self._waits.add(seconds, task)
        if trouble:
            self._unhappy.add(task, trouble)

    def measured(self, call: CallMeasured) -> None:
        self._loss.add(call.loss)
        self._jitter.add(call.jitter)
        if call.is_bad:
            self._bad.add()

    def families(self) -> Iterator[Metric]:
        """Read by another thread."""
        for figure in (
            self._started, self._ended, self._answer, self._length, self._steps, self._failed,
            self._waits, self._unhappy, self._loss, self._jitter, self._bad,
        ):  # fmt: skip
            yield figure.family()
