"""What the pages of flows need of the box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ivr_flows.outline import Outline


@dataclass(frozen=True, slots=True)
class TestCall:
    """What became of one of a flow's test calls."""

    flow: str
    name: str
    failures: tuple[str, ...]
    """What was expected and did not happen; empty when it passed."""
    heard: tuple[str, ...]
    steps: tuple[str, ...]

    __test__ = False  # Not one of pytest's, whatever its name.


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would happen if texts went live."""

    problems: tuple[str, ...] = ()
    calls: tuple[TestCall, ...] = ()
    broken: tuple[str, ...] = ()
    """Mistakes that other live flows would have then."""

    @property
    def passed(self) -> bool:
        failed = any(call.failures for call in self.calls)
        return not (self.problems or self.broken or failed)


class FlowDesk(Protocol):
    """Blocks its own greenlet only, and not for ever: each raises `Refused` when it takes too long,
    as hostile texts may."""

    def check(self, name: str, text: str) -> Outline:
        """The text of the flow `name`, beside what is live: its outline with every mistake."""

    def mistakes(self, texts: Mapping[str, str]) -> Mapping[str, int]:
        """How many mistakes there are in each text, by the name of its flow."""

    def words(self) -> Mapping[str, Any]:
        """`ivr_flows.vocabulary`, and in `names` what there is to name, by kind."""

    def rehearse(self, texts: Mapping[str, str]) -> Rehearsal:
        """Check texts that would go live together, by the names of their flows, and run their
        test calls."""

    def announce(self, versions: Sequence[int]) -> str:
        """Have the prompts of what went live (rows of `FlowVersion`) rendered, and the callbox take
        it up; a line that says whether it will."""
