"""The box's own flows, for calls that it places itself: `lines/flows/pressline-*.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import structlog

import lines
from ivr_flows.flow import Flow
from ivr_flows.world import World

from .flow_files import FlowText, Loaded, load_together

log = structlog.get_logger()

FOLDER = Path(lines.__file__).parent / "flows"
RESERVED = "pressline-"
"""How the names of the box's own flows begin, and of no others."""


@cache
def own_flows() -> Mapping[str, Flow]:
    """By name, read once."""
    loaded = load_own()
    for problem in loaded.problems:  # in no release; what else there is goes on
        log.error("a flow of the box does not load", problem=str(problem))
    return loaded.flows


def load_own() -> Loaded:
    return load_together(
        [FlowText.read(path) for path in sorted(FOLDER.glob("*.yaml"))], World(), {}
    )
