"""The judge of who hears whom must itself be right."""

import math

import numpy as np
import pytest

from tests.contract.phone import Phone
from tests.contract.rtp import FRAME, PCMU, Packet
from tests.listening import RATE, to_mulaw, tone, tones_in
from tests.phones import PhoneMaker, phones
from tests.tones import PITCHES, WINDOW, Choir

__all__ = ["phones"]


def hear(phone: Phone, *pitches: float, windows: int = 3) -> None:
    """Packets as a switch would send them."""
    seconds = windows * WINDOW * FRAME / RATE
    samples = np.sum([tone(pitch, seconds) for pitch in pitches], axis=0)
    coded = to_mulaw(np.broadcast_to(samples, round(seconds * RATE)))
    for number, at in enumerate(range(0, len(coded), FRAME)):
        packet = Packet(0.0, PCMU, number, at, 1, coded[at : at + FRAME])
        phone.line.packets.append(packet)


@pytest.fixture
def choir(phones: PhoneMaker) -> Choir:
    made = Choir()
    for name in ("ann", "bob", "cleo"):
        made.add(name, phones())
    return made


def judged(choir: Choir, heard: dict[str, list[str]], expected: dict[str, set[str]]) -> None:
    """`expected`, where the voices hear `heard` after they were asked."""
    judging = [choir._judging(name, wanted) for name, wanted in expected.items()]
    for name, others in heard.items():
        hear(choir.voices[name].phone, *(choir.voices[each].pitch for each in others), windows=1)
    for each in judging:
        each.look(choir.voices.values())
        assert each.right == 1, str(each)


def test_each_pitch_is_told_from_all_others_at_once() -> None:
    assert len(PITCHES) > 30
    for pitch in PITCHES:
        assert pitch == math.floor(pitch)
        assert tones_in(tone(pitch, 0.4), PITCHES) == {pitch}
    some = PITCHES[::5]
    assert tones_in(np.sum([tone(pitch, 0.4) for pitch in some], axis=0), PITCHES) == set(some)


def test_who_hears_exactly_what_is_expected_is_right(choir: Choir) -> None:
    judged(choir, {"ann": ["bob", "cleo"]}, {"ann": {"bob", "cleo"}})


@pytest.mark.parametrize("heard", [["bob"], ["bob", "cleo", "ann"], ["cleo"]])
def test_one_voice_too_few_or_too_many_is_wrong(choir: Choir, heard: list[str]) -> None:
    with pytest.raises(AssertionError, match="ann hears"):
        judged(choir, {"ann": heard}, {"ann": {"bob", "cleo"}})


def test_to_hear_nothing_at_all_is_not_to_hear_nobody(choir: Choir) -> None:
    with pytest.raises(AssertionError, match="nothing at all"):
        choir.hears({"ann": set()}, limit=0.05)


def test_what_was_heard_before_does_not_count(choir: Choir) -> None:
    hear(choir.voices["ann"].phone, choir.voices["bob"].pitch)
    with pytest.raises(AssertionError, match="nothing at all"):
        choir.hears({"ann": {"bob"}}, limit=0.05)


def test_a_voice_that_nobody_has_is_a_mistake(choir: Choir) -> None:
    with pytest.raises(AssertionError, match="nobody is called"):
        choir.hears({"ann": {"zoe"}})
