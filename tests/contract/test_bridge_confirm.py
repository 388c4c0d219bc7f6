"""A phone that answers must key that it takes the call; meanwhile the caller waits."""

from pathlib import Path

import numpy as np
import pytest

from esl import call_bridge_confirm
from esl.call_bridge_confirm import question, whisper
from ivr_flows.ports import Prompt
from tests.contract.conftest import Leg, PhoneMaker
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import address, go_on_after_failure

LIMIT = 30.0


def ask_first(leg: Leg, sounds: Sounds, name: str = "menu") -> None:
    """Whoever answers from now on is asked."""
    set_raw(leg, question([Prompt(Path(sounds.path(name)))]))


def set_raw(leg: Leg, application: str) -> None:
    go_on_after_failure(leg)
    leg.esl.run("set", "transfer_ringback=%(400,200,400,450)")
    leg.esl.run("set", "instant_ringback=true")
    leg.esl.run("set", "ignore_early_media=true")
    leg.esl.api(f"uuid_setvar {leg.uuid} group_confirm_key exec")
    quoted = application.replace("'", "\\'")
    leg.esl.api(f"uuid_setvar {leg.uuid} group_confirm_file {quoted}")


def rung(leg: Leg, phones: PhoneMaker, sounds: Sounds) -> tuple[Phone, str]:
    """A phone that has answered and hears the question; the mark of the bridge."""
    ask_first(leg, sounds)
    other = phones("2000")
    mark = leg.esl.start("bridge", f"{{group_confirm_cancel_timeout=true}}{address(other)}")
    assert other.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    return other, mark


def test_the_key_takes_the_call(leg: Leg, phones: PhoneMaker, sounds: Sounds) -> None:
    other, _ = rung(leg, phones, sounds)
    assert "CHANNEL_BRIDGE" not in leg.esl.names()
    other.press("1")
    leg.esl.event("CHANNEL_BRIDGE")
    other.line.wait_said()
    other.line.say(sounds.samples("short"))
    leg.phone.line.say(sounds.samples("prompt"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID
    assert other.line.hears_said(sounds.samples("prompt")) > SAID


def test_another_key_is_a_refusal(leg: Leg, phones: PhoneMaker, sounds: Sounds) -> None:
    other, mark = rung(leg, phones, sounds)
    other.press("2")
    done = leg.esl.finished(mark)
    assert done["variable_originate_disposition"] == "CALL_REJECTED"
    assert done["Answer-State"] == "answered"
    other.wait_end()


def test_silence_is_a_refusal(
    leg: Leg, phones: PhoneMaker, sounds: Sounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_bridge_confirm, "ANSWER_SECONDS", 1)
    _, mark = rung(leg, phones, sounds)
    assert leg.esl.finished(mark)["variable_originate_disposition"] == "CALL_REJECTED"


def test_a_hangup_at_the_question_is_no_answer_to_it(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    other, mark = rung(leg, phones, sounds)
    other.hang_up()
    assert leg.esl.finished(mark)["variable_originate_disposition"] == "NORMAL_CLEARING"
    assert "CHANNEL_BRIDGE" not in leg.esl.names()


def test_a_caller_who_hangs_up_ends_the_question(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    other, mark = rung(leg, phones, sounds)
    leg.phone.hang_up()
    assert leg.esl.finished(mark)["variable_originate_disposition"] == "ORIGINATOR_CANCEL"
    other.wait_end()


def test_of_two_who_are_asked_the_one_who_keys_has_the_call(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    ask_first(leg, sounds)
    leg.esl.run("set", "import=who")
    mailbox, person = phones("2000"), phones("2001")
    leg.esl.start("bridge", f"[who=0]{address(mailbox)},[who=1]{address(person)}")
    assert person.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    person.press("1")
    leg.esl.event("CHANNEL_BRIDGE")
    mailbox.wait_end()
    person.line.wait_said()
    person.hang_up()
    assert leg.esl.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")["variable_who"] == "1"


def test_one_of_two_may_take_the_call_without_a_question(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    ask_first(leg, sounds)
    mobile, desk = phones("2000"), phones("2001", Manners(status=None))
    leg.esl.start("bridge", f"{address(mobile)},[group_confirm_file=answer]{address(desk)}")
    assert mobile.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    desk.pick_up()
    leg.esl.event("CHANNEL_BRIDGE")
    mobile.wait_end()


def test_a_whisper_is_heard_by_who_answers_alone(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    set_raw(leg, whisper([Prompt(Path(sounds.path("menu")))]))
    other = phones("2000")
    leg.esl.start("bridge", address(other))
    assert other.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    leg.esl.event("CHANNEL_BRIDGE")
    other.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID
    assert leg.phone.line.hears(sounds.samples("menu"), 0.1) < LIKE / 2


def test_a_caller_hears_music_until_the_call_is_taken(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    other = phones("2000")
    ask_first(leg, sounds)
    leg.esl.run("set", f"transfer_ringback={sounds.path('prompt')}")
    leg.esl.start("bridge", address(other))
    assert other.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    twice = np.concatenate([sounds.samples("prompt")] * 2)
    assert leg.phone.line.hears(twice, LIMIT) > LIKE


def test_music_that_is_not_there_does_not_stop_the_call(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    go_on_after_failure(leg)
    leg.esl.run("set", "transfer_ringback=/nowhere/music.wav")
    leg.esl.run("set", "instant_ringback=true")
    other = phones("2000", Manners(status=None))
    leg.esl.start("bridge", address(other))
    other.wait_invite()
    other.pick_up()
    leg.esl.event("CHANNEL_BRIDGE")


def test_what_is_heard_before_the_answer_is_no_answer(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    go_on_after_failure(leg)
    other = phones("2000", Manners(status=None, early=sounds.samples("prompt")))
    done = leg.esl.run("bridge", f"{{ignore_early_media=true}}[leg_timeout=2]{address(other)}")
    assert done["variable_originate_disposition"] == "ALLOTTED_TIMEOUT"
    assert "CHANNEL_BRIDGE" not in leg.esl.names()
    assert leg.phone.line.hears_said(sounds.samples("prompt"), 0.1) < SAID / 2
