"""The paper's own recordings that a flow names."""

from collections.abc import Iterator

from ivr_flows.flow import Flow
from ivr_flows.steps.play import Play
from ivr_flows.text import Text


def recordings_of(flow: Flow) -> frozenset[str]:
    """By name: those that are played, and those within texts."""
    return frozenset(_named(flow))


def _named(flow: Flow) -> Iterator[str]:
    for placed in flow.steps.values():
        if isinstance(placed.step, Play):
            yield from placed.step.prompt
        for _, leaf in placed.step.compiled():
            if isinstance(leaf, Text):
                yield from leaf.recordings
