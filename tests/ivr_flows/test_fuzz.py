"""Whatever a file holds and whatever a caller keys, nothing breaks."""

from io import StringIO
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from appliance.steps import TABLE, simulated_services
from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.simulator import simulate
from ivr_flows.trace import RunEnd
from ivr_flows.trial import Trial
from tests.ivr_flows.doubles import BAD, BAD_IN_DOMAINS, GOOD, WORLD

SOURCES = [path.read_text(errors="replace") for path in (*GOOD, *BAD, *BAD_IN_DOMAINS)]
FLOWS = [load_flow(path.read_bytes(), path.name, table=TABLE) for path in GOOD]
QUERIES = ("subscription", "prices")
RESULTS = ("empty", "stale", "error", [{"size": "x", "cost": 1}], [{}], [{"name": None}], [])

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(),
    st.text(max_size=12), st.sampled_from(["a", "b", "{{ x }}", "{{", "5s", "4..8", "en", "1"]),
)  # fmt: skip
WORDS = st.sampled_from(
    ["next", "on", "note", "store", "text", "options", "digits", "name", "with", "a", "b", "1",
     "when", "then", "offer", "weekly", "mon", "to", "url", "prompt", "en", "zh", "attempts"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(WORDS, st.text(max_size=5)), inner, max_size=4),
    ),
    max_leaves=12,
)
STEPS = st.dictionaries(
    st.one_of(st.sampled_from(["a", "b", "c"]), st.text(max_size=4)),
    st.one_of(VALUES, st.dictionaries(st.one_of(st.sampled_from(sorted(TABLE)), WORDS), VALUES)),
    max_size=4,
)
FLOW_LIKE = st.fixed_dictionaries(
    {"flow": SCALARS, "start": st.sampled_from(["a", "b"]), "steps": st.one_of(STEPS, VALUES)},
    optional={"on": VALUES, "tests": VALUES, "language": SCALARS, "takes": VALUES, "voice": VALUES},
)
KEYS = st.text(alphabet="0123456789*#", max_size=12)
PRESSES = st.fixed_dictionaries(
    {"at": st.integers(0, 60).map(lambda n: f"{n}s"), "press": KEYS},
)
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def load_or_refuse(text: str | bytes) -> None:
    try:
        load_flow(text, "fuzz.yaml", WORLD, TABLE)
    except FlowInvalid as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.line >= 1
            assert "\n" not in str(problem)


@given(st.one_of(st.text(), st.binary()))
@PATIENT
def test_any_bytes_load_or_are_refused(text: str | bytes) -> None:
    load_or_refuse(text)


@given(FLOW_LIKE)
@PATIENT
def test_anything_like_a_flow_loads_or_is_refused(data: dict[str, Any]) -> None:
    stream = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.dump(data, stream)
    load_or_refuse(stream.getvalue())


@given(st.sampled_from(SOURCES), st.data())
@PATIENT
def test_a_flow_with_a_piece_changed_loads_or_is_refused(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 40)))
    piece = data.draw(st.one_of(st.just(""), st.text(max_size=8), st.sampled_from(SOURCES)))
    load_or_refuse(source[:start] + piece[:400] + source[end:])


@given(
    st.sampled_from(FLOWS),
    st.lists(st.one_of(KEYS, PRESSES), max_size=8),
    st.one_of(st.none(), st.integers(0, 90).map(lambda n: f"{n}s")),
    st.fixed_dictionaries({name: st.sampled_from(RESULTS) for name in QUERIES}),
    st.sampled_from(["answered", "busy", "no_answer", "refused", "unreachable", "failed"]),
    st.lists(st.integers(0, 90).map(lambda n: f"{n}s"), max_size=4),
)
@PATIENT
def test_whatever_a_caller_keys_the_call_ends_in_a_named_state(
    flow: Any,
    keys: list[Any],
    hangs_up: str | None,
    results: dict[str, Any],
    outcome: str,
    speaks: list[str],
) -> None:
    script = {
        "name": "fuzz", "keys": keys, "hangs_up": hangs_up, "with": results,
        "given": {"desk": "news"}, "answers": {"news": outcome}, "speaks": speaks,
    }  # fmt: skip
    trial = Trial.model_validate(script)
    simulation = simulate(flow, trial, flows=known, services=simulated_services())
    assert simulation.run.end in set(RunEnd) - {RunEnd.LOST}
    assert simulation.call.hung_up
    assert simulation.run.trace


def known(name: str) -> Any:
    return next((flow for flow in FLOWS if flow.name == name), None)
