"""record, dial, http, query, set, random, tag: what steps do and leave behind."""

from typing import Any

import pytest

from ivr_flows.trace import RunEnd
from ivr_flows.value import MAX_TEXT
from tests.ivr_flows.doubles import call_of

HOSTILE = [
    "{{ 7 * 7 }}", "${strepoch()}", "'; drop table calls; --", "%0AEvent-Name: X", "a\r\nb",
    "&park", "sofia/x/sip:a@b", "user/100|user/101", "", " ", "a" * 10_000, "\x00",
]  # fmt: skip


def test_a_recording_gives_its_path_and_length() -> None:
    steps = 'a: {record: {store: m}, next: b}\nb: {say: "{{ m.seconds }} s at {{ m.path }}."}'
    simulation = call_of(steps)
    assert simulation.call.heard == ["5.0 s at /simulated/simulated-1.wav."]
    assert [str(r.path) for r in simulation.run.recordings] == ["/simulated/simulated-1.wav"]


def test_a_short_recording_can_be_told_apart() -> None:
    steps = 'a: {record: {min: 10s}, on: {too_short: b}}\nb: {say: "Too short."}'
    assert call_of(steps).call.heard == ["Too short."]


def test_a_test_call_says_how_long_the_caller_speaks_into_each_recording() -> None:
    steps = """
a: {record: {store: m, min: 0s}, next: b}
b: {say: "{{ m.seconds }} s.", next: c}
c: {if: {when: "m.seconds > 8", then: d, else: a}}
d: {hangup: {}}
"""
    simulation = call_of(steps, speaks=["3s", "9s"])
    assert simulation.call.heard == ["3.0 s.", "9.0 s."]


@pytest.mark.parametrize(("press", "heard"), [("12", "5.0 s."), ("1#", "2.0 s.")])
def test_only_its_own_key_ends_a_recording(press: str, heard: str) -> None:
    steps = 'a: {record: {store: m}, next: b}\nb: {say: "{{ m.seconds }} s."}'
    assert call_of(steps, keys=[{"at": "2s", "press": press}]).call.heard == [heard]


def test_a_message_cut_by_a_hang_up_is_kept_and_silent_steps_still_run() -> None:
    steps = 'a: {record: {}, on: {hangup: b}}\nb: {tag: message, next: c}\nc: {say: "Never."}'
    simulation = call_of(steps, hangs_up="2s")
    assert simulation.run.recordings[0].seconds == 2.0
    assert simulation.run.tags == ["message"]
    assert simulation.run.end is RunEnd.HUNG_UP


@pytest.mark.parametrize("outcome", ["busy", "no_answer", "refused", "unreachable"])
def test_each_outcome_of_a_dialled_call_is_an_event(outcome: str) -> None:
    steps = f'a: {{dial: desk, on: {{{outcome}: b}}}}\nb: {{say: "It was {outcome}."}}'
    assert call_of(steps, answers={"desk": outcome}).call.heard == [f"It was {outcome}."]


def test_after_a_talk_the_flow_goes_on_if_it_says_so() -> None:
    simulation = call_of('a: {dial: desk, next: b}\nb: {say: "Was it helpful?"}')
    assert simulation.call.heard == ["Was it helpful?"]
    assert simulation.run.end is RunEnd.FINISHED


@pytest.mark.parametrize("name", HOSTILE)
def test_nobody_is_dialled_by_a_name_that_is_not_plain(name: str) -> None:
    steps = 'a: {query: {name: q, store: row}, next: b}\nb: {dial: "{{ row.name }}"}'
    simulation = call_of(steps, **{"with": {"q": [{"name": name}]}})
    assert simulation.call.dialled == []
    assert simulation.run.end is RunEnd.FAILED


@pytest.mark.parametrize("name", HOSTILE)
def test_values_are_data_and_never_template_source(name: str) -> None:
    steps = 'a: {query: {name: q, store: row}, next: b}\nb: {say: "Dear {{ row.name }}!"}'
    (heard,) = call_of(steps, **{"with": {"q": [{"name": name[:9000]}]}}).call.heard
    assert heard.startswith("Dear ")
    assert "49" not in heard
    assert "\r" not in heard
    assert "\x00" not in heard


def test_a_value_is_percent_encoded_in_a_url() -> None:
    steps = 'a: {set: {q: "a&b=c/d?"}, next: b}\nb: {http: "https://x.org/?q={{ q }}"}'
    trace = call_of(steps).run.trace
    assert trace[1].detail["asked"] == "GET https://x.org/?q=a%26b%3Dc%2Fd%3F"


@pytest.mark.parametrize(("status", "heard"), [(200, "Ok."), (503, "Error."), (0, "Late.")])
def test_a_request_ends_well_or_in_error_or_too_late(status: int, heard: str) -> None:
    steps = """
a: {http: "https://x.org/", on: {error: e, timeout: t}, next: ok}
ok: {say: "Ok."}
e: {say: "Error."}
t: {say: "Late."}
"""
    assert call_of(steps, replies={"https://x.org/": status}).call.heard == [heard]


def test_a_lone_expression_keeps_its_type() -> None:
    steps = """
a: {set: {n: "{{ 2 + 1 }}", t: "n is {{ 2 + 1 }}"}, next: b}
b: {if: {when: "n == 3 and t == 'n is 3'", then: c, else: d}}
c: {say: "Number."}
d: {say: "Text."}
"""
    assert call_of(steps).call.heard == ["Number."]


def test_a_missing_column_is_a_failed_step_not_an_empty_word() -> None:
    steps = 'a: {query: {name: q, store: row}, next: b}\nb: {say: "Dear {{ row.nmae }}!"}'
    simulation = call_of(steps, **{"with": {"q": [{"name": "Ann"}]}})
    assert simulation.run.end is RunEnd.FAILED
    assert "nmae" in simulation.run.reason


def test_a_column_called_like_a_method_is_a_column() -> None:
    steps = (
        'a: {query: {name: q, store: row}, next: b}\nb: {say: "{{ row.items }} {{ row.count }}"}'
    )
    assert call_of(steps, **{"with": {"q": [{"items": 3, "count": 4}]}}).call.heard == ["3 4"]


def test_nothing_is_said_for_a_null() -> None:
    steps = 'a: {query: {name: q, store: row}, next: b}\nb: {say: "Dear {{ row.name }}."}'
    assert call_of(steps, **{"with": {"q": [{"name": None}]}}).call.heard == ["Dear ."]


def test_a_huge_value_is_cut() -> None:
    steps = """
a: {query: {name: q, store: row}, next: b}
b: {if: {when: "len(row.x) == 10000", then: c}}
c: {say: "Cut."}
"""
    rows: list[dict[str, Any]] = [{"x": "a" * (MAX_TEXT * 10)}]
    assert call_of(steps, **{"with": {"q": rows}}).call.heard == ["Cut."]


@pytest.mark.parametrize(
    ("chance", "heard"), [(0.0, "B."), (0.24, "B."), (0.26, "C."), (0.99, "C.")]
)
def test_chance_follows_the_weights(chance: float, heard: str) -> None:
    steps = 'a: {random: {b: 1, c: 3}}\nb: {say: "B."}\nc: {say: "C."}'
    assert call_of(steps, chance=chance).call.heard == [heard]


def test_tags_are_kept_once_and_short() -> None:
    steps = 'a: {tag: [x, x, "{{ dialed }}"], next: b}\nb: {tag: "%s"}' % ("y" * 400)
    assert call_of(steps).run.tags == ["x", "100", "y" * 64]


def test_a_withheld_caller_has_no_number() -> None:
    steps = 'a: {if: {when: "caller.withheld", then: b}}\nb: {say: "[{{ caller.number }}]"}'
    assert call_of(steps, caller="").call.heard == ["[]"]
