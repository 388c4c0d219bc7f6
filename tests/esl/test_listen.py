"""Listening to a recording from any place, against a scripted switch over a real socket."""

from pathlib import Path

import pytest

from esl.call import EslCall
from ivr_flows.ports import CallEnded, CallFailed, DigitRule, Digits, Heard, Prompt
from tests.esl.conftest import Desk
from tests.esl.peer import CallPeer

MESSAGE = Prompt(Path("/messages/one.wav"))
HASTY = DigitRule(first_timeout=0.01)


def answered(peer: CallPeer) -> None:
    peer.describe(Answer_State="answered", variable_playback_terminators="any")


def test_a_recording_is_played_from_its_start_in_samples_to_its_end(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, argument = peer.application("playback")
        assert argument == "/messages/one.wav@@20000"
        peer.complete(uuid, variable_playback_last_offset_pos="64000")
        peer.expect_hangup()

    assert desk.run(switch, lambda call: call.listen(MESSAGE, 2.5)) == Heard(8.0)


def test_a_key_stops_it_is_taken_and_the_place_is_told(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("56")
        peer.complete(
            uuid,
            variable_playback_terminator_used="5",
            variable_playback_last_offset_pos="12000",
        )
        peer.expect_hangup()

    def program(call: EslCall) -> tuple[Heard, Digits]:
        return call.listen(MESSAGE), call.collect([], HASTY)

    assert desk.run(switch, program) == (Heard(1.5, "5"), Digits("6"))


def test_a_key_whose_event_comes_after_the_end_is_not_left_for_the_next_menu(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.complete(
            uuid,
            variable_playback_terminator_used="5",
            variable_playback_last_offset_pos="8000",
        )
        peer.keys("5")
        peer.expect_hangup()

    def program(call: EslCall) -> tuple[Heard, Digits]:
        return call.listen(MESSAGE), call.collect([], HASTY)

    assert desk.run(switch, program) == (Heard(1.0, "5"), Digits("", timed_out=True))


def test_a_key_that_waits_stops_it_before_it_begins(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("7")
        peer.played(uuid)
        peer.expect_hangup()

    def program(call: EslCall) -> Heard:
        call.play([MESSAGE])
        return call.listen(MESSAGE, 3.0)

    assert desk.run(switch, program) == Heard(3.0, "7")


@pytest.mark.parametrize("told", ["-1", ""])
def test_a_recording_without_sound_ends_at_its_beginning(desk: Desk, told: str) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.complete(uuid, variable_playback_last_offset_pos=told)
        peer.expect_hangup()

    assert desk.run(switch, lambda call: call.listen(MESSAGE, 1.0)) == Heard(0.0)


def test_a_missing_recording_fails(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.complete(uuid, Application_Response="FILE NOT FOUND")
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="FILE NOT FOUND"):
        desk.run(switch, lambda call: call.listen(MESSAGE))


def test_a_caller_who_hangs_up_while_listening_ends_the_call(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("playback")
        peer.hang_up()

    with pytest.raises(CallEnded):
        desk.run(switch, lambda call: call.listen(MESSAGE))
