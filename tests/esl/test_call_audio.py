"""Playing and collecting, against a scripted switch over a real socket."""

from pathlib import Path
from threading import Event as Flag

import pytest

from esl.call import EslCall
from ivr_flows.ports import CallFailed, DigitRule, Digits, Prompt
from tests.esl import frames
from tests.esl.conftest import Desk, wait_until
from tests.esl.peer import CallPeer

WELCOME = Prompt(Path("/prompts/welcome.wav"))
MENU = Prompt(Path("/prompts/menu.wav"))
HASTY = DigitRule(first_timeout=0.01, digit_timeout=0.01)
PATIENT = DigitRule(first_timeout=30, digit_timeout=30)
FOUR = DigitRule(min_digits=4, max_digits=4, first_timeout=30, digit_timeout=30)


def answered(peer: CallPeer) -> None:
    peer.describe(Answer_State="answered", variable_playback_terminators="any")


def test_the_answer_and_the_first_prompt_leave_in_one_write(desk: Desk) -> None:
    written: list[str] = []

    def switch(peer: CallPeer) -> None:
        peer.describe()
        data = peer.sock.recv(65536).decode()
        written.append(data)
        uuid = data.rpartition("Event-UUID: ")[2].strip()
        peer.send(*[frames.reply()] * data.count("sendmsg"))
        peer.played(uuid)
        peer.expect_hangup()

    def program(call: EslCall) -> None:
        call.answer()
        call.play([WELCOME])

    desk.run(switch, program)
    names = [line for line in written[0].split("\n") if line.startswith("execute-app-name")]
    assert names == [f"execute-app-name: {name}" for name in ("answer", "set", "playback")]


def test_an_answer_leaves_by_itself_when_the_program_waits_for_something_else(desk: Desk) -> None:
    seen = Flag()

    def switch(peer: CallPeer) -> None:
        peer.describe()
        peer.application("answer")
        seen.set()
        peer.expect_hangup()

    def program(call: EslCall) -> str:
        call.answer()
        wait_until(seen.is_set)  # as for a query: no verb of the call is used
        return "answered meanwhile"

    assert desk.run(switch, program) == "answered meanwhile"


def test_a_call_that_the_dialplan_answered_is_not_answered_again(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, argument = peer.application("playback")
        assert argument == "/prompts/welcome.wav"
        peer.played(uuid)
        assert peer.expect_hangup() == "NORMAL_CLEARING"

    def program(call: EslCall) -> bool:
        call.answer()
        call.play([WELCOME])
        return call.answered

    assert desk.run(switch, program) is True


def test_several_prompts_are_one_playback(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / "a.wav", tmp_path / "b.wav"]
    for path in paths:
        path.touch()

    def switch(peer: CallPeer) -> None:
        answered(peer)
        settings = [peer.application("set")[1] for _ in range(2)]
        assert settings == ["playback_delimiter=!", "playback_sleep_val=0"]
        uuid, argument = peer.application("playback")
        assert argument == f"{paths[0]}!{paths[1]}"
        peer.played(uuid)
        peer.expect_hangup()

    desk.run(switch, lambda call: call.play([Prompt(path) for path in paths]))


def test_a_list_with_a_missing_prompt_is_not_played_at_all(desk: Desk, tmp_path: Path) -> None:
    """FreeSWITCH would leave the missing one out and report success."""

    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    (tmp_path / "a.wav").touch()
    both = [Prompt(tmp_path / "a.wav"), Prompt(tmp_path / "missing.wav")]
    with pytest.raises(CallFailed, match=r"missing\.wav"):
        desk.run(switch, lambda call: call.play(both))


@pytest.mark.parametrize(("key", "playbacks"), [("", 3), ("5", 1)])
def test_a_long_list_is_played_in_parts_until_a_key(
    desk: Desk, tmp_path: Path, key: str, playbacks: int
) -> None:
    (tmp_path / "a.wav").touch()
    many = [Prompt(tmp_path / "a.wav")] * 250

    def switch(peer: CallPeer) -> None:
        answered(peer)
        for _ in range(2):
            peer.application("set")
        for _ in range(playbacks):
            uuid, argument = peer.application("playback")
            assert argument.count("!") < 127
            peer.keys(key)
            peer.complete(uuid, variable_playback_terminator_used=key)
        peer.expect_hangup()

    desk.run(switch, lambda call: call.play(many))


def test_what_may_not_be_interrupted_is_played_without_terminators(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        assert peer.application("set")[1] == "playback_terminators=none"
        peer.played(peer.application("playback")[0])
        peer.played(peer.application("playback")[0])  # no second set: nothing has changed
        peer.expect_hangup()

    def program(call: EslCall) -> None:
        call.play([WELCOME], barge_in=False)
        call.play([WELCOME], barge_in=False)

    desk.run(switch, program)


def test_a_prompt_that_does_not_exist_fails_and_the_call_goes_on(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.complete(uuid, Application_Response="FILE NOT FOUND")
        peer.played(peer.application("playback")[0])
        peer.expect_hangup()

    def program(call: EslCall) -> str:
        with pytest.raises(CallFailed, match="FILE NOT FOUND"):
            call.play([MENU])
        call.play([WELCOME])
        return "went on"

    assert desk.run(switch, program) == "went on"


def test_a_playback_that_the_switch_refuses_fails_at_once(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.application("playback", "-ERR invalid session handle")
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="invalid session"):
        desk.run(switch, lambda call: call.play([WELCOME]))


@pytest.mark.parametrize("name", ["a!b.wav", "a\nb.wav", "${uuid}.wav", "a@@5.wav", "{x=1}a.wav"])
def test_a_path_that_would_mean_something_else_never_reaches_the_switch(
    desk: Desk, name: str
) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="cannot use it"):
        desk.run(switch, lambda call: call.play([Prompt(Path("/prompts") / name)]))


def test_the_end_of_an_earlier_playback_does_not_end_this_one(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.complete("another", Application="playback", Application_Response="FILE NOT FOUND")
        peer.played(uuid)
        peer.expect_hangup()

    desk.run(switch, lambda call: call.play([WELCOME]))


def test_a_key_stops_the_prompt_and_is_the_choice(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("2")
        peer.played(uuid)
        peer.expect_hangup()

    assert desk.run(switch, lambda call: call.collect([MENU], PATIENT)) == Digits("2")


def test_a_key_during_a_prompt_waits_for_the_next_collect_which_plays_nothing(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("1")
        peer.played(uuid)
        peer.expect_hangup()

    def program(call: EslCall) -> Digits:
        call.play([WELCOME])
        return call.collect([MENU], PATIENT)

    assert desk.run(switch, program) == Digits("1")


def test_keys_typed_ahead_serve_several_menus(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("12345")
        peer.played(uuid)
        peer.expect_hangup()

    def program(call: EslCall) -> list[str]:
        first = call.collect([MENU], PATIENT)
        return [first.keys, call.collect([MENU], FOUR).keys]

    assert desk.run(switch, program) == ["1", "2345"]


def test_an_entry_ends_with_the_finishing_key_which_is_not_part_of_it(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("12")
        peer.played(uuid)
        peer.keys("34#")
        peer.expect_hangup()

    rule = DigitRule(min_digits=4, max_digits=8, first_timeout=30, digit_timeout=30)
    assert desk.run(switch, lambda call: call.collect([MENU], rule)) == Digits("1234", "#")


def test_the_finishing_key_after_a_full_entry_is_not_the_next_menus_choice(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("1234#7")
        peer.played(uuid)
        peer.expect_hangup()

    def program(call: EslCall) -> list[str]:
        return [call.collect([MENU], FOUR).keys, call.collect([MENU], PATIENT).keys]

    assert desk.run(switch, program) == ["1234", "7"]


def test_a_caller_who_keys_nothing_times_out(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.played(peer.application("playback")[0])
        peer.expect_hangup()

    assert desk.run(switch, lambda call: call.collect([MENU], HASTY)) == Digits("", timed_out=True)


def test_a_caller_who_stops_too_early_times_out_with_what_there_is(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys("12")
        peer.played(uuid)
        peer.expect_hangup()

    rule = DigitRule(min_digits=4, max_digits=4, first_timeout=0.01, digit_timeout=0.01)
    assert desk.run(switch, lambda call: call.collect([MENU], rule)) == Digits("12", "", True)


def test_keys_that_are_none_and_too_many_keys_are_dropped(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        uuid, _ = peer.application("playback")
        peer.keys(["x", "", "12", "9"])
        peer.keys("5" * 500)
        peer.played(uuid)
        peer.expect_hangup()

    rule = DigitRule(max_digits=1000, first_timeout=0.01, digit_timeout=0.01)
    digits = desk.run(switch, lambda call: call.collect([MENU], rule))
    assert digits.keys == "9" + "5" * 63
