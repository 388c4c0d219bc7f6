"""How the step ends, and what the flow learns of it."""

import pytest

from ivr_flows.simulator import simulate
from ivr_flows.trace import RunEnd
from ivr_flows.trial import Trial
from tests.voicemail.deposit.calls import flow_of, leave
from voicemail.deposit.words import CONSTANT, FULL, NO_ROOM
from voicemail.ports import Box, Door, Refusal
from voicemail.simulated import SimulatedMailroom


def closed(refusal: Refusal) -> SimulatedMailroom:
    return SimulatedMailroom(doors={"desk": Door(Box(1, "desk"), refusal=refusal)})


@pytest.mark.parametrize(
    ("refusal", "event", "words"),
    [(Refusal.FULL, "full", FULL), (Refusal.DISK, "refused", NO_ROOM)],
)
def test_a_box_that_takes_no_message_says_so_and_nothing_is_begun(
    refusal: Refusal, event: str, words: dict[str, str]
) -> None:
    left = leave("desk", closed(refusal), to=f"on: {{{event}: z}}", then='{say: "Goodbye."}')
    assert left.call.heard == [words["en"], "Goodbye."]
    assert left.event == event
    assert left.room.begun == []


def test_a_box_that_does_not_exist_is_an_event() -> None:
    left = leave("desk", closed(Refusal.UNKNOWN), to="on: {unknown: z}", then='{say: "Goodbye."}')
    assert left.call.heard == ["Goodbye."]


def test_a_box_that_does_not_exist_is_a_failure_where_the_flow_says_nothing() -> None:
    left = leave("desk", closed(Refusal.UNKNOWN))
    assert left.run.end is RunEnd.FAILED
    assert left.call.recordings, "the apology takes a message"


def test_the_flow_learns_what_was_left() -> None:
    left = leave(
        "{box: desk, store: m}",
        keys=["4", "5", "0301234567#", "1", "1"],
        to="next: z",
        then='{say: "{{ m.id }}, {{ m.box }}, {{ m.seconds }}, {{ m.urgent }}, {{ m.callback }}."}',
    )
    assert left.call.heard[-1] == "message-1, desk, 5.0, True, 0301234567."


def test_the_number_to_call_is_the_callers_where_no_other_was_left() -> None:
    left = leave(
        "{box: desk, store: m, review: false}", to="next: z", then='{say: "{{ m.callback }}"}'
    )
    assert left.call.heard[-1] == "5550100"


def test_the_box_may_be_a_number_from_the_call() -> None:
    left = leave('"{{ dialed }}"')
    assert left.room.kept[0].draft.box.name == "100"


def test_a_long_name_of_a_box_is_cut() -> None:
    room = SimulatedMailroom()
    leave(f'"{{% if true %}}{"x" * 900}{{% endif %}}"', room)
    assert room.begun[0].box.name == "x" * 64


def test_a_flow_in_a_box_without_mailboxes_fails_with_a_reason() -> None:
    run = simulate(flow_of("desk", "on: {}", ""), Trial(name="a call")).run
    assert run.end is RunEnd.FAILED
    assert "Mailroom" in run.reason


def test_the_trace_shows_what_happened() -> None:
    detail = leave(keys=["4", "1"]).detail
    assert detail["box"] == "desk"
    assert detail["message"] == "message-1"
    assert detail["recorded"] == "5.0 s, spoken 5.0 s, ended by silence"
    assert detail["keyed"] == "4 | 1"


def test_every_sentence_exists_in_every_language_and_none_has_a_gap() -> None:
    for versions in CONSTANT:
        assert set(versions) == {"en", "zh", "yue"}
        assert not any("{" in words for words in versions.values())
