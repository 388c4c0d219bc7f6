"""Playing from the middle of a file, and the place where it stopped."""

from pathlib import Path

import numpy as np
import pytest

from tests.contract.client import Frame
from tests.contract.conftest import Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.listening import Samples, heard_at

HEARD = 0.01
"""Samples louder than this are sound."""
TAIL = 2000
"""Samples by which the end of what was heard is found in what was played."""


def position(done: Frame) -> int:
    """Samples from the beginning of the file, as the completion tells them."""
    return int(done["variable_playback_last_offset_pos"])


def end_of_heard(played: Samples, heard: Samples) -> int:
    """The sample of `played` up to which it was heard."""
    last = int(np.nonzero(np.abs(heard) > HEARD)[0][-1])
    score, place = heard_at(heard[last - TAIL : last], played)
    assert score > LIKE
    return place + TAIL


@pytest.mark.parametrize("offset", [4000, 3999, 1])
def test_a_file_is_played_from_an_offset_in_samples(leg: Leg, sounds: Sounds, offset: int) -> None:
    done = leg.esl.run("playback", f"{sounds.path('prompt')}@@{offset}")
    whole = sounds.samples("prompt")
    assert done["Application-Response"] == "FILE PLAYED"
    assert position(done) == len(whole)
    assert leg.phone.line.hears(whole[offset:]) > LIKE
    audible = np.abs(leg.phone.line.heard()) > HEARD
    assert np.count_nonzero(audible) <= len(whole) - offset


def test_a_key_tells_the_place_in_the_file_that_the_caller_had_heard(
    leg: Leg, sounds: Sounds
) -> None:
    leg.esl.run("set", "playback_terminators=any")
    mark = leg.esl.start("playback", f"{sounds.path('long')}@@40000")
    whole = sounds.samples("long")
    assert leg.phone.line.hears(whole[41_000:49_000]) > LIKE
    leg.phone.press("5")
    done = leg.esl.finished(mark)
    assert done["variable_playback_terminator_used"] == "5"
    stopped = position(done)
    assert leg.phone.line.hears(whole[stopped - TAIL : stopped - 200]) > LIKE
    assert end_of_heard(whole, leg.phone.line.heard()) == pytest.approx(stopped, abs=800)


@pytest.mark.parametrize("offset", ["8000", "9000", "99999999999", "-5"])
def test_an_offset_beyond_the_end_plays_nothing_and_tells_the_length(
    leg: Leg, sounds: Sounds, offset: str
) -> None:
    done = leg.esl.run("playback", f"{sounds.path('prompt')}@@{offset}")
    assert done["Application-Response"] == "FILE PLAYED"
    assert position(done) == 8000
    assert int(done["variable_playback_samples"]) <= 1


def test_a_recording_that_was_cut_off_is_played_to_where_it_ends(
    leg: Leg, sounds: Sounds, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.wav"
    cut.write_bytes(Path(sounds.path("prompt")).read_bytes()[: 44 + 2 * 4000])
    done = leg.esl.run("playback", f"{cut}@@1000")
    assert position(done) == 4000
    assert leg.phone.line.hears(sounds.samples("prompt")[1000:4000]) > LIKE
    assert position(leg.esl.run("playback", f"{cut}@@6000")) == 4000


def test_an_offset_into_a_file_without_sound_does_no_harm(
    leg: Leg, sounds: Sounds, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.wav"
    empty.write_bytes(Path(sounds.path("prompt")).read_bytes()[:44])
    done = leg.esl.run("playback", f"{empty}@@1000")
    assert done["Application-Response"] == "FILE PLAYED"
    assert position(done) <= 0


def test_an_offset_into_a_missing_file_is_a_missing_file(leg: Leg, sounds: Sounds) -> None:
    done = leg.esl.run("playback", f"{sounds.path('nosuch')}@@1000")
    assert done["Application-Response"] == "FILE NOT FOUND"
