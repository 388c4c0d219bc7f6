"""What the loader says of the step `expert`."""

import pytest

from appliance.steps import TABLE
from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.world import World
from lines.experts.ports import EXPERT_LINE

WORLD = World(named={EXPERT_LINE: {"science", "garden"}})


def faults(step: str) -> str:
    text = f"flow: main\nstart: a\nsteps:\n  a: {{expert: {step}}}\n  z: {{say: Speak}}\n"
    with pytest.raises(FlowInvalid) as caught:
        load_flow(text, "main.yaml", WORLD, TABLE)
    return str(caught.value)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{line: sience, question: z}", 'there is no expert line "sience", did you mean "science"'),
        ("{question: z}", "given none of them"),
        ('{line: science, session: "1", question: z}', "given line and session"),
        ("{line: science, seat: host, question: z}", '"seat: host" beside "line"'),
        ('{session: "1", question: z}', '"seat: caller" beside "session"'),
        ("{line: science, question: y}", 'there is no step "y"'),
        ("{line: science, seat: king, question: z}", 'given "king"'),
    ],
)
def test_a_mistake_is_told_with_what_was_expected(step: str, said: str) -> None:
    assert said in faults(step)


def test_a_line_that_a_variable_names_is_left_to_the_call() -> None:
    text = "flow: main\nstart: a\nsteps:\n  a: {expert: '{{ dialed }}'}\n"
    assert load_flow(text, "main.yaml", WORLD, TABLE).steps["a"]
