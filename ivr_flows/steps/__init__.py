"""The verbs of the core, one file each, and the one table that holds them."""

from collections.abc import Mapping
from types import MappingProxyType

from ivr_flows.step import Step
from ivr_flows.steps.dial import Dial
from ivr_flows.steps.gather import Gather
from ivr_flows.steps.goto import Goto
from ivr_flows.steps.hangup import Hangup
from ivr_flows.steps.hours import Hours
from ivr_flows.steps.http import Http
from ivr_flows.steps.if_ import If
from ivr_flows.steps.language import Language
from ivr_flows.steps.menu import Menu
from ivr_flows.steps.pause import Pause
from ivr_flows.steps.play import Play
from ivr_flows.steps.query import Query
from ivr_flows.steps.random import Random
from ivr_flows.steps.record import Record
from ivr_flows.steps.say import Say
from ivr_flows.steps.set import Set
from ivr_flows.steps.subflow import SubFlow
from ivr_flows.steps.tag import Tag

Table = Mapping[str, type[Step]]
"""Verb to step. A package adds its own with `table_of(*CORE.values(), Voicemail, …)`."""


def table_of(*steps: type[Step]) -> Table:
    """Raises `ValueError` where two steps have one verb."""
    table: dict[str, type[Step]] = {}
    for step in steps:
        if step.verb in table:
            raise ValueError(f"two steps are called {step.verb!r}: {table[step.verb]}, {step}")
        table[step.verb] = step
    return MappingProxyType(table)


CORE: Table = table_of(
    Say, Play, Menu, Gather, Record, Query, Set, If, Goto, SubFlow, Hours, Language, Dial,
    Pause, Tag, Http, Random, Hangup,
)  # fmt: skip
