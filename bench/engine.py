"""Flows without a switch: loading one, and taking its steps in the simulator."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from ivr_flows.flow import Flow
from ivr_flows.loader import load_flow
from ivr_flows.simulator import simulate
from ivr_flows.world import World

from .report import Report

FLOW = Path(__file__).parent.parent / "tests" / "flows" / "good" / "subscription.yaml"
SECONDS = 3.0
"""How long each figure is measured."""


def run(quick: bool) -> Iterable[Report]:
    seconds = SECONDS / 5 if quick else SECONDS
    text = FLOW.read_bytes()
    flow = load_flow(text, FLOW.name, World())
    yield _loading(text, flow, seconds)
    yield _running(flow, seconds)


def _loading(text: bytes, flow: Flow, seconds: float) -> Report:
    base = per_second(lambda: _yaml_alone(text), seconds)
    ours = per_second(lambda: load_flow(text, FLOW.name, World()), seconds)
    found = Report(f"engine: loading a flow of {len(flow.steps)} steps and {len(text)} bytes")
    found.add("flows loaded and checked", ours, "flows/s", base)
    found.add("steps", ours * len(flow.steps), "steps/s", base * len(flow.steps))
    found.notes.append("baseline: ruamel.yaml alone, with positions, checking nothing")
    return found


def _yaml_alone(text: bytes) -> object:
    return YAML(typ="rt", pure=True).load(StringIO(text.decode()))


def _running(flow: Flow, seconds: float) -> Report:
    trial = flow.tests[0]
    steps = len(simulate(flow, trial).run.trace)
    ours = per_second(lambda: simulate(flow, trial), seconds)
    base = per_second(lambda: by_hand("1", "1234"), seconds)
    found = Report(f"engine: a call of {steps} steps in the simulator")
    found.add("calls", ours, "calls/s", base)
    found.add("steps", ours * steps, "steps/s", base * steps)
    found.add("time of a step", 1e6 / (ours * steps), "µs")
    found.notes.append("baseline: the same journey through a dictionary of functions by hand")
    return found


def by_hand(choice: str, number: str) -> list[tuple[datetime, str, str]]:
    """What the flow says and does, for one subscriber, without a language or a simulator."""
    said: list[str] = []
    name, title, ends_on = "Ann", "The Daily", date(2027, 5, 3)

    def say(text: str, then: str) -> str:
        said.append(text)
        return then

    steps: dict[str, Callable[[], str]] = {
        "welcome": lambda: say("Welcome.", {"1": "number"}.get(choice, "bye")),
        "number": lambda: say("Key in your number.", "look" if number.isdigit() else "bye"),
        "look": lambda: "tell" if name else "bye",
        "tell": lambda: say(f"Dear {name}, {title} until {ends_on:%A %d %B}.", "bye"),
        "bye": lambda: "",
    }
    trace = []
    step = "welcome"
    while step:
        before = datetime.now(UTC)
        following = steps[step]()
        trace.append((before, step, following))
        step = following
    return trace


def per_second(work: Callable[[], object], seconds: float) -> float:
    """How often `work` can be done in a second, measured for `seconds`."""
    work()
    done, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        work()
        done += 1
    return done / spent
