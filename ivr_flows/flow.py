"""A flow, loaded and ready to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ivr_flows.step import Step
from ivr_flows.world import FlowFace

if TYPE_CHECKING:
    from ivr_flows.trial import Trial


@dataclass(frozen=True, slots=True)
class Placed:
    """A step in its place, with every way out worked out beforehand."""

    name: str
    step: Step
    exits: Mapping[str, str | None]
    """Event to step, or to None for the end of the flow; what is not in it is a failure."""


@dataclass(frozen=True, slots=True)
class Flow:
    name: str
    title: str
    language: str
    start: str
    steps: Mapping[str, Placed]
    voices: Mapping[str, str] = field(default_factory=dict)
    """Language to voice, where not the usual one."""
    takes: frozenset[str] = frozenset()
    tests: "tuple[Trial, ...]" = ()
    calls: frozenset[str] = frozenset()

    @property
    def face(self) -> FlowFace:
        return FlowFace(self.takes, self.calls)
