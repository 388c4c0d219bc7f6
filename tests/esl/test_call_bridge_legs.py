"""Whom a call is bridged to, in the switch's words."""

from pathlib import Path

import pytest

from esl.call_bridge_confirm import question
from esl.call_bridge_legs import dial_string
from esl.call_bridge_sounds import USUAL, on_hold, waiting
from ivr_flows.ports import NOT_SHOWN, BridgeRule, CallFailed, Prompt, Target

DESK = Target("user", "200")
MOBILE = Target("gateway", "+491701234@trunk", confirm=True)
WHISPER = Prompt(Path("/sounds/whisper.wav"))


def test_each_target_rings_as_long_as_it_says() -> None:
    slow = Target("user", "201", ring_seconds=40)
    said = dial_string([DESK, slow], BridgeRule(ring_seconds=7, at_once=True), "internal")
    assert said.startswith("{ignore_early_media=true,originate_timeout=130}[leg_timeout=7,")
    assert "[leg_timeout=40," in said
    assert said.endswith("]user/201")


def test_a_trunk_that_the_switch_knows_is_dialled_by_its_name() -> None:
    assert dial_string([MOBILE], BridgeRule(), "internal").endswith(
        "]sofia/gateway/trunk/+491701234"
    )


def test_each_target_is_shown_the_number_that_it_says() -> None:
    shown = Target("user", "201", shown_number="+4930123")
    hidden = Target("user", "202", shown_number=NOT_SHOWN)
    said = dial_string([DESK, shown, hidden], BridgeRule(caller_number="99"), "internal")
    first, second, third = said.split("]")[:3]
    assert "origination_caller_id_number=99" in first
    assert "origination_caller_id_number=+4930123" in second
    assert "origination_caller_id_name=Anonymous,origination_caller_id_number=anonymous" in third


def test_a_silent_trunk_is_given_up_early_where_there_is_another() -> None:
    both = Target("sip", "1@a.example", instead=Target("sip", "1@b.example"))
    assert "leg_progress_timeout=12" in dial_string([both], BridgeRule(), "internal")
    assert "leg_progress_timeout" not in dial_string([MOBILE], BridgeRule(), "internal")


def test_a_shown_name_or_number_cannot_add_settings_to_a_call() -> None:
    rule = BridgeRule(caller_name="x',a=b}${y}[z]|\"", caller_number="1,absolute=true")
    target = Target("user", "200", shown_number="1]sofia/x")
    said = dial_string([target], rule, "internal")
    assert "origination_caller_id_name='xabyz'}[" in said
    assert "origination_caller_id_number" not in said


def test_only_who_must_confirm_is_asked() -> None:
    said = dial_string([MOBILE, DESK], BridgeRule(whisper=[WHISPER]), "internal")
    assert "group_confirm_key=exec" in said
    mobile, desk = said.split("]")[:2]
    assert "group_confirm_file" not in mobile
    assert "group_confirm_file=playback /sounds/whisper.wav" in desk
    assert "group_confirm_key" not in dial_string([DESK], BridgeRule(), "internal")


@pytest.mark.parametrize("path", ["/a b.wav", "/a,b.wav", "/${uuid}.wav", "/a'b.wav", "/a|b.wav"])
def test_a_prompt_that_the_switch_would_read_otherwise_is_refused(path: str) -> None:
    with pytest.raises(CallFailed, match="bridge"):
        question([Prompt(Path(path))])


def test_a_caller_hears_the_ringing_tone_of_the_country_or_music() -> None:
    assert waiting(None, "gb").startswith("%(400,200,400,450)")
    assert waiting(None, "") == waiting(None, "${x}") == USUAL
    assert waiting(WHISPER, "gb") == on_hold(WHISPER) == "/sounds/whisper.wav"
