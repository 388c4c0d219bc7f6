"""Recording and bridging, against a scripted switch over a real socket."""

from pathlib import Path

import pytest

from esl.call import EslCall
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    CallFailed,
    DigitRule,
    Party,
    Recording,
    RecordRule,
    Target,
)
from tests.esl import frames
from tests.esl.conftest import Desk
from tests.esl.peer import CallPeer

DESK = Target("user", "200@127.0.0.1")
TRUNK = Target("sip", "5551234@127.0.0.1:5080")


def answered(peer: CallPeer) -> None:
    peer.describe(Answer_State="answered", variable_playback_terminators="any")


def recorded(desk: Desk, into: Path, rule: RecordRule, **completion: str) -> Recording:
    arguments: list[str] = []

    def switch(peer: CallPeer) -> None:
        answered(peer)
        assert peer.application("set")[1] == "enable_file_write_buffering=false"
        assert peer.application("set")[1] == "playback_terminators=#"
        if rule.beep:
            assert peer.application("playback")[1].startswith("tone_stream://")
        uuid, argument = peer.application("record")
        arguments.append(argument)
        if "variable_playback_terminator_used" in completion:
            peer.keys("1#")
        peer.complete(uuid, **completion)
        peer.expect_hangup()

    result = desk.run(switch, lambda call: call.record(into, rule))
    assert isinstance(result, Recording)
    assert arguments == [f"{into} 3 200 2"]
    return result


RULE = RecordRule(max_seconds=3.0, silence_seconds=1.5)


@pytest.mark.parametrize(
    ("completion", "finished_by"),
    [
        ({"variable_playback_terminator_used": "#", "variable_record_ms": "900"}, "key"),
        ({"variable_silence_hits_exhausted": "true", "variable_record_ms": "2900"}, "silence"),
        ({"variable_silence_hits_exhausted": "false", "variable_record_ms": "2900"}, "limit"),
        ({"variable_record_ms": "2000"}, "silence"),
        ({"variable_record_ms": "3100"}, "limit"),
    ],
)
def test_a_recording_says_what_ended_it(
    desk: Desk, tmp_path: Path, completion: dict[str, str], finished_by: str
) -> None:
    result = recorded(desk, tmp_path / "a.wav", RULE, **completion)
    seconds = int(completion["variable_record_ms"]) / 1000
    assert result == Recording(tmp_path / "a.wav", seconds, finished_by)


def test_keys_pressed_in_a_recording_do_not_choose_in_the_next_menu(
    desk: Desk, tmp_path: Path
) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("set")
        peer.application("set")
        uuid, _ = peer.application("record")
        peer.keys("1#")
        peer.complete(uuid, variable_playback_terminator_used="#")
        peer.expect_hangup()

    def program(call: EslCall) -> str:
        call.record(tmp_path / "a.wav", RecordRule(beep=False))
        return call.collect([], DigitRule(first_timeout=0.01)).keys

    assert desk.run(switch, program) == ""


@pytest.mark.parametrize("path", ["missing/a.wav", "a b.wav", "${uuid}.wav", "folder"])
def test_a_path_that_cannot_be_written_fails_before_the_switch_hangs_up_on_it(
    desk: Desk, tmp_path: Path, path: str
) -> None:
    (tmp_path / "folder").mkdir()

    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="record"):
        desk.run(switch, lambda call: call.record(tmp_path / path, RecordRule()))


def test_a_full_disk_fails_before_the_switch_would_hang_up(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    monkeypatch.setattr("esl.call_record.LEAST_SPACE", 10**18)
    with pytest.raises(CallFailed, match="full"):
        desk.run(switch, lambda call: call.record(tmp_path / "a.wav", RecordRule()))


def bridged(desk: Desk, targets: list[Target], rule: BridgeRule, cause: str) -> BridgeResult:
    result, _ = bridged_by(desk, targets, rule, cause)
    return result


def bridged_by(
    desk: Desk, targets: list[Target], rule: BridgeRule, cause: str, taken: str = "0"
) -> tuple[BridgeResult, str]:
    arguments: list[str] = []

    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("multiset")
        uuid, argument = peer.application("bridge")
        arguments.append(argument)
        if cause == "SUCCESS":
            peer.event("CHANNEL_BRIDGE")
            peer.event("CHANNEL_UNBRIDGE")
        peer.complete(uuid, variable_originate_disposition=cause, variable_pressline_taken=taken)
        peer.expect_hangup()

    result = desk.run(switch, lambda call: call.bridge(targets, rule))
    assert isinstance(result, BridgeResult)
    return result, arguments[0]


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        ("SUCCESS", BridgeOutcome.ANSWERED),
        ("USER_BUSY", BridgeOutcome.BUSY),
        ("NO_ANSWER", BridgeOutcome.NO_ANSWER),
        ("ALLOTTED_TIMEOUT", BridgeOutcome.NO_ANSWER),
        ("NO_USER_RESPONSE", BridgeOutcome.NO_ANSWER),
        ("CALL_REJECTED", BridgeOutcome.REFUSED),
        ("USER_NOT_REGISTERED", BridgeOutcome.UNREACHABLE),
        ("SUBSCRIBER_ABSENT", BridgeOutcome.UNREACHABLE),
        ("UNALLOCATED_NUMBER", BridgeOutcome.UNREACHABLE),
        ("CHAN_NOT_IMPLEMENTED", BridgeOutcome.FAILED),
        ("", BridgeOutcome.FAILED),
    ],
)
def test_a_bridge_ends_in_a_plain_outcome(desk: Desk, cause: str, outcome: BridgeOutcome) -> None:
    result = bridged(desk, [DESK], BridgeRule(), cause)
    assert (result.outcome, result.cause) == (outcome, cause)
    assert result.tried == ((DESK, outcome),)


def test_targets_ring_one_after_the_other_until_one_answers(desk: Desk) -> None:
    arguments: list[str] = []

    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("multiset")
        for cause in ("USER_BUSY", "SUCCESS"):
            uuid, argument = peer.application("bridge")
            arguments.append(argument)
            if cause == "SUCCESS":
                peer.event("CHANNEL_BRIDGE")
            peer.complete(uuid, variable_originate_disposition=cause)
        peer.expect_hangup()

    targets = [DESK, TRUNK, DESK]
    result = desk.run(switch, lambda call: call.bridge(targets, BridgeRule()))
    assert [argument.rpartition("]")[2] for argument in arguments] == [
        "user/200@127.0.0.1",
        "sofia/internal/sip:5551234@127.0.0.1:5080",
    ]
    assert result.tried == ((DESK, BridgeOutcome.BUSY), (TRUNK, BridgeOutcome.ANSWERED))


def test_of_targets_that_ring_at_once_it_is_told_who_took_the_call(desk: Desk) -> None:
    rule = BridgeRule(at_once=True)
    result, argument = bridged_by(desk, [TRUNK, DESK], rule, "SUCCESS", taken="1")
    assert argument.count("]") == 2
    assert result.tried == ((TRUNK, BridgeOutcome.NO_ANSWER), (DESK, BridgeOutcome.ANSWERED))


@pytest.mark.parametrize(
    "target",
    [
        Target("user", "200,sofia/external/9"),
        Target("user", "${uuid}"),
        Target("sip", "x@y z"),
        Target("sip", "[x=y]a@b"),
        Target("sip", "a@b\n\napi shutdown"),
        Target("loopback", "9"),
    ],
)
def test_an_address_that_is_none_is_not_dialled(desk: Desk, target: Target) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="no user or SIP address"):
        desk.run(switch, lambda call: call.bridge([target], BridgeRule()))


def test_nobody_to_ring_is_a_failure(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="nobody"):
        desk.run(switch, lambda call: call.bridge([], BridgeRule()))


def test_of_who_hides_the_number_nothing_is_known_though_the_switch_knows_it(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        peer.describe(
            Caller_Caller_ID_Number="+4930555",
            Caller_Caller_ID_Name="Ann",
            Caller_Privacy_Hide_Number="true",
        )
        peer.expect_hangup()

    def program(call: EslCall) -> None:
        assert call.caller == Party("", "", True)

    desk.run(switch, program)


def test_what_the_caller_calls_himself_is_read_whole_and_bounded(desk: Desk) -> None:
    name = "Ann\nUnique-ID: forged\n{{ x }} ${y} '; drop" + "é" * 5000

    def switch(peer: CallPeer) -> None:
        peer.describe(Caller_Caller_ID_Name=name)
        peer.expect_hangup()

    def program(call: EslCall) -> None:
        assert call.id == frames.UUID
        assert call.caller.name == name[:256]
        assert (call.dialed, call.sip_call_id) == ("100", "1-2@127.0.0.1")

    desk.run(switch, program)
