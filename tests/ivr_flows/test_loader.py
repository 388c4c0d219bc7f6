"""Loading as a whole: every mistake at once, and none that is not there."""

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.steps import CORE, table_of
from ivr_flows.steps.say import Say
from tests.ivr_flows.doubles import flow_of


def mistakes(text: str) -> list[str]:
    with pytest.raises(FlowInvalid) as caught:
        load_flow(text, "main.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_mistakes_at_the_top_do_not_hide_those_in_the_steps() -> None:
    told = mistakes(
        "flow: main\ntitel: x\ntakes: n\nstart: a\nsteps: {a: {say: '{{ n }}', nxt: b}}\n"
    )
    assert len(told) == 2
    assert "titel" in told[0]
    assert "nxt" in told[1]


@pytest.mark.parametrize("start", ["[a]", "{a: b}", "1", "~", "2027-05-03", "'a b'"])
def test_a_start_that_is_no_name_is_told(start: str) -> None:
    (told,) = mistakes(f"flow: main\nstart: {start}\nsteps: {{a: {{say: Hello.}}}}\n")
    assert "bad name" in told


@pytest.mark.parametrize("steps", ["[]", "hello", "~", "3"])
def test_steps_that_are_no_steps_are_told(steps: str) -> None:
    (told,) = mistakes(f"flow: main\nstart: a\nsteps: {steps}\n")
    assert "expected fields and values" in told


def test_mistakes_come_in_the_order_of_their_lines() -> None:
    told = mistakes("flow: main\nstart: z\nsteps:\n  a: {pause: soon}\n  b: {sya: x}\n")
    assert [line.split(":")[1] for line in told] == ["2", "4", "5"]


def test_other_packages_add_their_own_verbs() -> None:
    class Shout(Say):
        """Speaks louder."""

        verb = "shout"

    text = "flow: main\nstart: a\nsteps: {a: {shout: Hello.}}\n"
    assert "unknown verb" in mistakes(text)[0]
    table = table_of(*CORE.values(), Shout)
    assert load_flow(text, "main.yaml", table=table).steps["a"].step.verb == "shout"


def test_a_variable_that_only_one_way_sets_is_not_a_mistake() -> None:
    flow_of("""
a: {menu: {say: "1 or 2.", options: {"1": b, "2": c}, noinput: c}}
b: {set: {n: 1}, next: c}
c: {say: "{{ n | default('nothing') }}"}
""")
