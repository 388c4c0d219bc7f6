"""Music for whoever is put on hold by the other side of a bridge (RFC 3264, section 8.4)."""

import numpy as np

from tests.contract.conftest import Leg, PhoneMaker
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import bridged, go_on_after_failure

LIMIT = 30.0


def test_who_is_put_on_hold_hears_music_until_taken_back(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    other, _ = bridged(leg, phones, f"{{hold_music={sounds.path('menu')}}}")
    other.hold("sendonly")
    twice = np.concatenate([sounds.samples("menu")] * 2)
    assert leg.phone.line.hears(twice, LIMIT) > LIKE
    other.hold("sendrecv")
    other.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_a_caller_who_puts_the_other_on_hold_lets_him_hear_music(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    leg.esl.run("set", f"hold_music={sounds.path('menu')}")
    other, _ = bridged(leg, phones)
    leg.phone.hold("inactive")
    assert other.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    leg.phone.hold("sendrecv")
    leg.phone.line.say(sounds.samples("short"))
    assert other.line.hears_said(sounds.samples("short")) > SAID


def test_who_leaves_somebody_on_hold_ends_the_call_for_both(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    go_on_after_failure(leg)
    other, mark = bridged(leg, phones, f"{{hold_music={sounds.path('menu')}}}")
    other.hold("sendonly")
    assert leg.phone.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    other.hang_up()
    done = leg.esl.finished(mark)
    assert (done["Answer-State"], done["Hangup-Cause"]) == ("hangup", "NORMAL_CLEARING")
    leg.phone.wait_end()


def test_music_ends_with_the_hold_of_who_is_left(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    leg.esl.run("set", f"hold_music={sounds.path('menu')}")
    other, _ = bridged(leg, phones)
    leg.phone.hold("sendonly")
    assert other.line.hears(sounds.samples("menu"), LIMIT) > LIKE
    leg.phone.hang_up()
    other.wait_end()
