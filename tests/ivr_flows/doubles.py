"""Worlds, flows and callers for the tests of the flow language."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ivr_flows.flow import Flow
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import CallEnded, CallFailed, Prompt, SpeechFailed, SwitchLost
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import Simulation, simulate
from ivr_flows.trial import Trial
from ivr_flows.world import FlowFace, QueryFace, World

FLOWS = Path(__file__).parent.parent / "flows"
GOOD = sorted((FLOWS / "good").glob("*.yaml"))
BAD = sorted((FLOWS / "bad").glob("*.yaml"))
BAD_IN_DOMAINS = sorted((FLOWS / "bad").glob("*/*.yaml"))
"""Mistakes in the steps of other packages, a folder for each package."""

WORLD = World(
    queries={"subscription": QueryFace(frozenset({"number"}))},
    flows={
        "hours": FlowFace(takes=frozenset({"desk"})),
        "back": FlowFace(calls=frozenset({"main"})),
        "main": FlowFace(),
    },
    prompts={"jingle"},
    directory={"news-desk"},
    named={"mailbox": {"desk", "200"}},
)
"""What the flows in tests/flows/bad/ live in."""


def flow_of(steps: str, *, head: str = "", world: World = EVERYTHING) -> Flow:
    """A flow from its steps, the first of which is called `a`."""
    body = "\n".join(f"  {line}" for line in steps.strip("\n").splitlines())
    return load_flow(f"flow: main\nstart: a\n{head}\nsteps:\n{body}\n", "main.yaml", world)


def call_of(
    steps: str, *, head: str = "", flows: Mapping[str, Flow] | None = None, **trial: Any
) -> Simulation:
    """What happens when a caller follows the trial's script through these steps."""
    script = Trial.model_validate({"name": "a call", **trial})
    return simulate(flow_of(steps, head=head), script, flows=(flows or {}).get)


class BrokenSpeech:
    """Can say nothing at all."""

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        raise SpeechFailed("no engine")

    def recording(self, name: str, language: str) -> Prompt:
        raise SpeechFailed("no recording")


def breaking(call: SimulatedCall, method: str, error: Exception) -> SimulatedCall:
    """The call, one method of which raises."""

    def broken(*args: Any, **options: Any) -> Any:
        raise error

    setattr(call, method, broken)
    return call


ERRORS: Mapping[str, Callable[[], Exception]] = {
    "ended": CallEnded,
    "failed": lambda: CallFailed("playback", "FILE_NOT_FOUND"),
    "lost": lambda: SwitchLost("end of file"),
    "bug": lambda: ZeroDivisionError("a bug"),
}
