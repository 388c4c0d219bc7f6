"""What a tick of a room gives to each member."""

import numpy as np

from softswitch.conference.mixing import Mix
from softswitch.conference.relations import Relations
from softswitch.media.frame import FRAME, SILENCE, Samples
from softswitch.media.g711 import encode

LOUD = 32_000


def level(height: int) -> Samples:
    return np.full(FRAME, height, np.int16)


def height(frame: Samples) -> int:
    assert (frame == frame[0]).all()
    return int(frame[0])


def test_each_hears_all_but_itself() -> None:
    mix = Mix({1: level(100), 2: level(20), 3: SILENCE}, level(3), {})
    assert [height(mix.heard_by(number)) for number in (1, 2, 3)] == [23, 103, 123]


def test_whoever_says_nothing_is_given_the_same_frame_and_it_is_encoded_once() -> None:
    mix = Mix({1: level(100), 2: SILENCE, 3: SILENCE}, None, {})
    assert mix.heard_by(2) is mix.heard_by(3) is mix.all
    assert encode("PCMU", mix.heard_by(2)) is encode("PCMU", mix.heard_by(3))
    assert encode("PCMU", level(7)) != encode("PCMU", mix.all)


def test_a_silent_room_is_silence() -> None:
    mix = Mix({1: SILENCE}, None, {})
    assert mix.all is SILENCE
    assert mix.heard_by(1) is SILENCE


def test_a_sum_beyond_sixteen_bits_is_clipped_only_after_ones_own_is_taken_out() -> None:
    mix = Mix({1: level(LOUD), 2: level(LOUD), 3: level(-LOUD)}, None, {})
    assert height(mix.heard_by(3)) == 32_767
    assert height(mix.heard_by(1)) == 0
    assert height(mix.all) == LOUD


def test_who_is_not_heard_is_taken_out_of_what_is_heard() -> None:
    relations = Relations()
    relations.relate(1, 2, speaks=False, hears=True)
    relations.relate(3, 1, speaks=True, hears=False)
    said = {1: level(1), 2: level(10), 3: level(100), 4: SILENCE}
    mix = Mix(said, None, relations.unheard)
    assert [height(mix.heard_by(number)) for number in said] == [110, 100, 10, 111]


def test_relations_are_told_and_forgotten() -> None:
    relations = Relations()
    relations.relate(1, 2, speaks=False, hears=True)
    relations.relate(1, 3, speaks=False, hears=False)
    assert list(relations.told_of(1)) == [
        "1 -> 3 NOSPEAK NOHEAR NOSENDVIDEO \n",
        "1 -> 2 NOSPEAK HEAR NOSENDVIDEO \n",
    ]
    relations.clear(1, 3)
    assert relations.unheard == {2: frozenset({1})}
    relations.clear(1, 0)
    assert not relations
    assert relations.unheard == {}
