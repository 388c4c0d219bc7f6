"""The judge of what is heard must itself be right, or every sound test is worthless."""

import numpy as np

from tests.listening import (
    from_mulaw,
    heard_at,
    heard_in,
    heard_in_parts,
    loudness,
    to_mulaw,
    tone,
    tones_in,
)


def noise(seed: int, length: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, length)


def test_a_sound_is_found_where_it_lies_in_what_was_heard() -> None:
    expected = noise(1, 4000)
    heard = np.concatenate((noise(2, 1234), expected * 0.3, noise(3, 777)))
    score, start = heard_at(expected, heard)
    assert score > 0.99
    assert start == 1234


def test_another_sound_is_not_taken_for_the_expected_one() -> None:
    assert heard_in(noise(1, 4000), noise(2, 9000)) < 0.2


def test_silence_is_like_nothing() -> None:
    assert heard_in(noise(1, 4000), np.zeros(9000)) < 0.01


def test_a_sound_cut_in_half_is_not_the_whole_sound() -> None:
    expected = noise(1, 4000)
    heard = np.concatenate((expected[:2000], np.zeros(6000)))
    assert heard_in(expected, heard) < 0.9


def test_less_heard_than_expected_scores_nothing() -> None:
    assert heard_in(noise(1, 4000), noise(1, 3999)) == 0.0


def test_mulaw_keeps_a_sound_through_both_directions() -> None:
    sound = noise(5, 8000)
    assert heard_in(sound, from_mulaw(to_mulaw(sound))) > 0.999


def test_every_mulaw_code_comes_back_as_itself_or_the_other_zero() -> None:
    codes = bytes(range(256))
    back = to_mulaw(from_mulaw(codes))
    different = [code for code, again in zip(codes, back, strict=True) if code != again]
    assert set(different) <= {0x7F, 0xFF}, "only the two zeros may be exchanged"


def test_mulaw_extremes_are_those_of_the_standard() -> None:
    loudest = from_mulaw(bytes([0x80, 0x00]))
    assert list(loudest * 32768) == [32124, -32124]


def test_loudness_of_nothing_is_zero() -> None:
    assert loudness(np.zeros(0)) == 0.0


def test_a_sound_that_lost_a_packet_is_still_heard_in_its_parts() -> None:
    expected = noise(1, 12800)
    heard = np.concatenate((expected[:5000], expected[5160:], np.zeros(800)))
    assert heard_in(expected, heard) < 0.9
    assert heard_in_parts(expected, heard) > 0.9


def test_parts_out_of_order_are_not_the_sound() -> None:
    expected = noise(1, 12800)
    assert heard_in_parts(expected, np.concatenate((expected[6400:], expected[:6400]))) < 0.6


def test_one_part_that_sounds_more_like_another_does_not_spoil_all() -> None:
    expected = noise(1, 12800)
    heard = np.concatenate((expected[:4000], noise(2, 160), expected[4160:], expected[3200:4800]))
    assert heard_in_parts(expected, heard) > 0.8


def test_half_of_a_sound_is_not_the_sound_in_parts_either() -> None:
    expected = noise(1, 12800)
    assert heard_in_parts(expected, np.concatenate((expected[:6400], noise(2, 9000)))) < 0.7


def test_of_several_tones_those_that_sound_are_found_and_no_others() -> None:
    heard = from_mulaw(to_mulaw(tone(350, 0.4) + tone(1100, 0.4)))
    assert tones_in(heard, (300, 350, 400, 500, 1100, 2200)) == {350, 1100}


def test_noise_and_silence_hold_no_tone() -> None:
    assert tones_in(noise(1, 3200), (350, 500, 1100)) == set()
    assert tones_in(np.zeros(3200), (350,)) == set()
    assert tones_in(np.zeros(0), (350,)) == set()
