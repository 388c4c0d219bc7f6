"""Whenever the caller hangs up, there is one message or one reason why there is none."""

from typing import Any

import pytest

from ivr_flows.ports import Party, Recording
from ivr_flows.trace import RunEnd
from tests.voicemail.deposit.calls import Left, leave
from voicemail.ports import Box, Door
from voicemail.simulated import SimulatedMailroom

STEP = 0.5
"""Seconds between two moments that are tried."""
LIVES: dict[str, dict[str, Any]] = {
    "plain": {"step": "{box: desk, review: false}"},
    "with the choices": {"keys": ["2", "4", "1"]},
    "recorded again": {"keys": ["3", "1"], "speaks": [6.0, 8.0]},
    "recorded again, too short": {"keys": ["3", "1"], "speaks": [6.0, 1.0]},
    "too short, then well": {"speaks": [1.0, 1.5, 7.0]},
    "never a word": {"speaks": [0.0]},
    "with another number": {
        "step": "{box: desk, callback: ask}",
        "keys": ["0301234567#", "2", "0307654321#", "1", "1"],
    },
    "number withheld": {"caller": Party("", withheld=True), "keys": ["0301234567#", "1", ""]},
    "number said": {
        "caller": Party("", withheld=True),
        "keys": ["*", "2", "*", "1", ""],
        "numbers": ["5552106", "5552107"],
        "speaks": [6.0, 3.0],
    },
    "number not made out": {
        "step": "{box: desk, callback: ask}",
        "keys": ["*", "0301234567#", "1", ""],
        "numbers": ["", ""],
    },
    "up to the limit": {"step": "{box: desk, max: 10s, review: false}", "speaks": [60.0]},
}


def moments(life: dict[str, Any]) -> list[float]:
    """Over the whole call, and the time after its end."""
    length = leave(**life).call.seconds + 2 * STEP
    return [number * STEP for number in range(int(length / STEP))]


def attempts(left: Left) -> list[Recording]:
    """At the message; a number that was said is recorded elsewhere."""
    return [one for one in left.call.recordings if "scratch" not in one.path.name]


def best_take(left: Left) -> list[int]:
    """Number of the last recording with two seconds of speech, if there is one."""
    numbered = enumerate(attempts(left), 1)
    return [number for number, recording in numbered if recording.seconds >= 2.0][-1:]


def uncertain(left: Left) -> bool:
    """Just below two seconds it may be kept: measuring is not that exact."""
    return any(1.75 <= recording.seconds < 2.0 for recording in attempts(left))


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_one_message_or_one_reason_at_every_moment(life: dict[str, Any]) -> None:
    for moment in moments(life):
        left = leave(**life, hangs_up=moment)
        begun, closed = len(left.room.begun), len(left.room.kept) + len(left.room.discarded)
        assert begun == closed, moment
        assert uncertain(left) or left.takes == best_take(left), moment
        assert all(none.reason for none in left.room.discarded), moment


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_a_hang_up_with_a_message_is_an_event_and_one_without_ends_the_call(
    life: dict[str, Any],
) -> None:
    whole = leave(**life)
    last = whole.call.seconds
    for moment in moments(life):
        left = leave(**life, to="on: {hangup: z, nothing: z}", then="{tag: after}", hangs_up=moment)
        if moment >= last:
            assert left.event == whole.event, moment
        elif left.takes:
            assert (left.event, left.run.tags) == ("hangup", ["after"]), moment
        else:
            assert left.run.end is RunEnd.HUNG_UP, moment


def test_what_was_noted_before_the_hang_up_is_part_of_the_message() -> None:
    asked = leave(keys=["4", ""]).call.moment_of("collect", 2)
    left = leave(keys=["4", ""], hangs_up=asked + 0.1)
    assert left.room.kept[0].note.urgent


@pytest.mark.parametrize(("shortest", "kept"), [(1.0, [1]), (5.0, [])])
def test_a_box_may_take_shorter_messages_but_a_hang_up_never_needs_more_than_two_seconds(
    shortest: float, kept: list[int]
) -> None:
    room = SimulatedMailroom(doors={"desk": Door(Box(1, "desk", min_seconds=shortest))})
    step = "{box: desk, greeting: none}"
    assert leave(step, room, speaks=[60.0], hangs_up=1.2).takes == kept
    assert leave(step, room, speaks=[60.0], hangs_up=2.2).takes == [1, *kept]
