"""The caller hangs up, or the switch dies, at every moment of a call."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esl.call import EslCall
from ivr_flows.ports import (
    BridgeRule,
    CallEnded,
    DigitRule,
    Prompt,
    RecordRule,
    Role,
    SwitchLost,
    Target,
)
from tests.esl import frames
from tests.esl.conftest import Desk, wait_until
from tests.esl.peer import CallPeer, calling

WELCOME = Prompt(Path("/prompts/welcome.wav"))
PATIENT = DigitRule(first_timeout=30)

Verb = Callable[[EslCall, Path], object]
VERBS: dict[str, tuple[str, Verb]] = {
    "in play": ("playback", lambda call, folder: call.play([WELCOME])),
    "in collect, during the prompt": (
        "playback",
        lambda call, folder: call.collect([WELCOME], PATIENT),
    ),
    "in bridge, ringing": (
        "bridge",
        lambda call, folder: call.bridge([Target("user", "200")], BridgeRule()),
    ),
    "in conference": ("conference", lambda call, folder: call.conference("room", Role.SPEAKER)),
}


def answered(peer: CallPeer) -> None:
    peer.describe(Answer_State="answered", variable_playback_terminators="any")


def application(peer: CallPeer, name: str) -> str:
    """Skips what is set before it."""
    if name == "bridge":
        settings = peer.application("multiset")[1].split("|")
        assert {"continue_on_fail=true", "hangup_after_bridge=false"} < set(settings)
    if name == "conference":
        peer.application("multiset")
    return peer.application(name)[0]


@pytest.mark.parametrize("moment", VERBS)
def test_a_caller_who_hangs_up_ends_the_call_with_his_cause(
    desk: Desk, moment: str, tmp_path: Path
) -> None:
    name, verb = VERBS[moment]

    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid = application(peer, name)
        peer.hang_up("ORIGINATOR_CANCEL")
        peer.complete(uuid, Answer_State="hangup")
        assert peer.command() == ""  # nothing is sent to a call that is gone

    with pytest.raises(CallEnded) as ended:
        desk.run(switch, lambda call: verb(call, tmp_path))
    assert ended.value.cause == "ORIGINATOR_CANCEL"


@pytest.mark.parametrize("spoke", [False, True])
def test_a_caller_who_hangs_up_on_somebody_has_been_connected(desk: Desk, spoke: bool) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid = application(peer, "bridge")
        if spoke:
            peer.event("CHANNEL_BRIDGE")
        peer.hang_up("NORMAL_CLEARING")
        peer.complete(uuid, Answer_State="hangup")

    with pytest.raises(CallEnded) as ended:
        desk.run(switch, lambda call: call.bridge([Target("user", "200")], BridgeRule()))
    assert ended.value.connected is spoke


@pytest.mark.parametrize("moment", VERBS)
def test_a_switch_that_dies_is_told_from_a_caller_who_hangs_up(
    desk: Desk, moment: str, tmp_path: Path
) -> None:
    name, verb = VERBS[moment]

    def switch(peer: CallPeer) -> None:
        answered(peer)
        application(peer, name)

    with pytest.raises(SwitchLost):
        desk.run(switch, lambda call: verb(call, tmp_path))


def test_a_switch_that_dies_before_it_describes_the_call_brings_no_call(desk: Desk) -> None:
    calling(desk.server.address, lambda peer: None).finish()
    wait_until(lambda: not desk.server.calls)
    answers = desk.run(_one_prompt, lambda call: call.play([WELCOME]))
    assert answers is None


def _one_prompt(peer: CallPeer) -> None:
    answered(peer)
    peer.played(peer.application("playback")[0])
    peer.expect_hangup()


def test_a_caller_who_cancels_before_the_answer_ends_the_call(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        peer.describe()
        peer.hang_up("ORIGINATOR_CANCEL")
        assert peer.command() == ""

    def program(call: EslCall) -> str:
        wait_until(lambda: bool(call.hangup_cause))
        with pytest.raises(CallEnded):
            call.answer()
        with pytest.raises(CallEnded):
            call.play([WELCOME])
        call.hangup()
        return call.hangup_cause

    assert desk.run(switch, program) == "ORIGINATOR_CANCEL"


def test_a_caller_who_hangs_up_while_keys_are_awaited_ends_the_call(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.played(peer.application("playback")[0])
        peer.keys("1")
        peer.hang_up()
        assert peer.command() == ""

    rule = DigitRule(min_digits=4, max_digits=4, first_timeout=30, digit_timeout=30)
    with pytest.raises(CallEnded):
        desk.run(switch, lambda call: call.collect([WELCOME], rule))


def test_a_caller_who_hangs_up_in_a_pause_ends_it(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.hang_up()

    with pytest.raises(CallEnded):
        desk.run(switch, lambda call: call.pause(3600))


def test_a_recording_ends_with_the_hang_up_and_is_kept(desk: Desk, tmp_path: Path) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("set")
        peer.application("set")
        peer.application("playback")
        uuid, _ = peer.application("record")
        peer.hang_up()
        peer.complete(uuid, Answer_State="hangup", variable_record_ms="2500")

    recording = desk.run(switch, lambda call: call.record(tmp_path / "a.wav", RecordRule()))
    assert (recording.seconds, recording.finished_by) == (2.5, "hangup")


def test_a_recording_survives_a_notice_before_its_completion(desk: Desk, tmp_path: Path) -> None:
    """As after uuid_kill: the linger notice overtakes the last completions."""

    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("set")
        peer.application("set")
        uuid, _ = peer.application("record")
        peer.hang_up("MANAGER_REQUEST")
        peer.send(frames.notice("linger"))
        peer.complete(uuid, Answer_State="hangup", variable_record_ms="700")

    rule = RecordRule(beep=False)
    recording = desk.run(switch, lambda call: call.record(tmp_path / "a.wav", rule))
    assert (recording.seconds, recording.finished_by) == (0.7, "hangup")


def test_a_caller_who_hangs_up_in_mid_talk_ends_the_bridge(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid = application(peer, "bridge")
        peer.event("CHANNEL_BRIDGE")
        peer.hang_up()
        peer.event("CHANNEL_UNBRIDGE")
        peer.complete(uuid)

    with pytest.raises(CallEnded):
        desk.run(switch, lambda call: call.bridge([Target("user", "200")], BridgeRule()))


def test_after_the_end_every_verb_says_so_and_hangup_is_harmless(
    desk: Desk, tmp_path: Path
) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()
        assert peer.command() == ""

    def program(call: EslCall) -> int:
        call.hangup("USER_BUSY")
        ended = 0
        for _, verb in VERBS.values():
            with pytest.raises(CallEnded):
                verb(call, tmp_path)
            ended += 1
        with pytest.raises(CallEnded):
            call.record(tmp_path / "a.wav", RecordRule())
        call.hangup()
        return ended

    assert desk.run(switch, program) == len(VERBS)


def test_a_switch_that_closes_before_it_has_agreed_to_linger_had_a_caller_who_left(
    desk: Desk,
) -> None:
    def switch(peer: CallPeer) -> None:
        peer.expect("connect")
        peer.send(frames.connect_reply())

    with pytest.raises(CallEnded):
        desk.run(switch, lambda call: call.play([WELCOME]))
