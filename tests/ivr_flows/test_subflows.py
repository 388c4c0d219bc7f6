"""Flows within flows."""

from ivr_flows.loader import load_flow
from ivr_flows.trace import RunEnd
from ivr_flows.walking import MAX_DEPTH
from tests.ivr_flows.doubles import call_of, flow_of

PRICE = load_flow(
    """
flow: price
start: look
takes: size
steps:
  look: {set: {cost: "{{ size * 2 }}"}, next: tell}
  tell: {say: "It costs {{ cost }}."}
""",
    "price.yaml",
)
CALLER = """
a: {set: {n: 21}, next: b}
b: {flow: {name: price, with: {size: "{{ n }}"}, store: found}, next: c}
c: {say: "Back with {{ found.cost }}."}
"""


def test_a_sub_flow_takes_values_and_gives_back_what_it_set() -> None:
    simulation = call_of(CALLER, flows={"price": PRICE})
    assert simulation.call.heard == ["It costs 42.", "Back with 42."]
    assert [record.flow for record in simulation.run.trace] == [
        "main",
        "price",
        "price",
        "main",
        "main",
    ]


def test_a_sub_flow_does_not_see_the_variables_of_its_caller() -> None:
    flow = load_flow("flow: peek\nstart: s\ntakes: n\nsteps: {s: {say: '{{ n }}'}}\n", "peek.yaml")
    simulation = call_of("a: {set: {n: 1}, next: b}\nb: {flow: peek}", flows={"peek": flow})
    assert simulation.run.end is RunEnd.FAILED


def test_a_sub_flow_that_is_gone_is_an_error_of_the_step() -> None:
    simulation = call_of('a: {flow: gone, on: {error: b}}\nb: {say: "Gone."}')
    assert simulation.call.heard == ["Gone."]


def test_an_error_in_a_sub_flow_reaches_the_caller_of_it() -> None:
    broken = flow_of("a: {query: q}")
    simulation = call_of(
        'a: {flow: broken, on: {error: b}}\nb: {say: "Caught."}', flows={"broken": broken}
    )
    assert simulation.call.heard == ["Caught."]
    assert simulation.run.end is RunEnd.FINISHED


def test_a_hangup_in_a_sub_flow_ends_the_call() -> None:
    simulation = call_of(
        'a: {flow: end, next: b}\nb: {say: "Never."}', flows={"end": flow_of("a: {hangup: {}}")}
    )
    assert simulation.call.heard == []
    assert simulation.run.end is RunEnd.FINISHED


def test_flows_that_call_each_other_end_at_a_depth() -> None:
    again = load_flow("flow: again\nstart: s\nsteps: {s: {flow: again2}}\n", "again.yaml")
    again2 = load_flow("flow: again2\nstart: s\nsteps: {s: {flow: again}}\n", "again2.yaml")
    flows = {"again": again, "again2": again2}
    simulation = call_of("a: {flow: again}", flows=flows)
    assert simulation.run.end is RunEnd.FAILED
    assert f"more than {MAX_DEPTH} flows" in simulation.run.reason


def test_a_transfer_in_a_sub_flow_that_ends_there_is_not_the_end_of_the_call() -> None:
    dial = flow_of("a: {dial: desk}")
    simulation = call_of('a: {flow: dial, next: b}\nb: {say: "Back."}', flows={"dial": dial})
    assert simulation.call.heard == ["Back."]
    assert simulation.run.end is RunEnd.FINISHED
