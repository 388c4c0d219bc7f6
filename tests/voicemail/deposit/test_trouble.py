"""Whatever breaks, and wherever: no message is lost, and none is kept twice."""

from collections.abc import Callable, Sequence

import pytest
from gevent import GreenletExit

from ivr_flows.ports import CallFailed, Prompt, SpeechFailed, SwitchLost
from ivr_flows.simulator import SimulatedSpeech
from tests.ivr_flows.doubles import BrokenSpeech
from tests.voicemail.deposit.calls import Left, Strike, leave
from voicemail.simulated import SimulatedMailroom


class SpeechThatFails(SimulatedSpeech):
    """Once: sentence number `at` from 1."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.said = 0

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        self.said += 1
        if self.said == self.at:
            raise SpeechFailed("too late")
        return super().say(text, language, voice)


KEYS = ["0301234567#", "1", "2", "4", "3", "1"]
"""A call that does everything once."""


def busy_call(strike: Strike | None = None, room: SimulatedMailroom | None = None) -> Left:
    return leave("{box: desk, callback: ask}", room, keys=KEYS, strike=strike, speaks=[5.0, 9.0])


OPERATIONS = busy_call().call.operations
LAST = len(OPERATIONS)


def test_the_busy_call_does_everything() -> None:
    assert set(OPERATIONS) == {"listen", "record", "collect", "play"}
    assert OPERATIONS.count("record") == 2


def closed(left: Left) -> int:
    return len(left.room.kept) + len(left.room.discarded)


@pytest.mark.parametrize("at", range(1, LAST + 1))
def test_a_prompt_or_a_recording_that_fails_leaves_one_message(at: int) -> None:
    left = busy_call(Strike(at, lambda: CallFailed("anything", "FAILED")))
    assert closed(left) == 1
    assert len(left.room.kept) == 1
    assert left.event == "done"


@pytest.mark.parametrize("at", range(1, LAST + 1))
@pytest.mark.parametrize("error", [lambda: SwitchLost("end of file"), lambda: OSError("a bug")])
def test_a_lost_switch_keeps_what_is_whole_and_leaves_what_it_may_still_record(
    at: int, error: Callable[[], Exception]
) -> None:
    left = busy_call(Strike(at, error))
    if OPERATIONS[at - 1] == "record":
        assert closed(left) == 0, "found again by its row"
    else:
        whole = OPERATIONS[: at - 1].count("record")
        assert left.takes == ([whole] if whole else [])
        assert closed(left) == 1


@pytest.mark.parametrize("at", range(1, LAST + 1))
def test_a_call_that_is_killed_leaves_its_message_as_a_lost_switch_does(at: int) -> None:
    room = SimulatedMailroom()
    with pytest.raises(GreenletExit):
        busy_call(Strike(at, GreenletExit), room)
    lost = busy_call(Strike(at, lambda: SwitchLost("end of file"))).room
    assert (room.kept, room.discarded) == (lost.kept, lost.discarded)


def test_without_any_speech_there_is_the_tone_and_a_message() -> None:
    left = leave(speech=BrokenSpeech())
    assert left.call.heard == []
    assert left.takes == [1]
    assert left.event == "done"
    assert "no engine" in left.detail["unsaid"]


def test_without_any_speech_a_caller_who_knows_the_keys_can_use_them() -> None:
    left = leave(speech=BrokenSpeech(), keys=["4", "1"])
    assert left.room.kept[0].note.urgent


SENTENCES = SpeechThatFails(0)
leave("{box: desk, callback: ask}", keys=KEYS, speech=SENTENCES)


@pytest.mark.parametrize("number", range(1, SENTENCES.said + 1))
def test_a_sentence_that_cannot_be_said_is_left_out(number: int) -> None:
    speech = SpeechThatFails(number)
    left = leave("{box: desk, callback: ask}", keys=KEYS, speech=speech)
    assert left.event == "done"
    assert len(left.room.kept) == 1
    assert left.room.discarded == []
