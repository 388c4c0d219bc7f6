"""Stand-ins that more than one test uses."""

from typing import Any


class FakeSidecar:
    """Answers every task with `answer`, or raises it; notes what it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[Any, ...]] = []
        self.limits: list[float] = []

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        self.asked.append((task, *arguments))
        self.limits.append(limit)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer
