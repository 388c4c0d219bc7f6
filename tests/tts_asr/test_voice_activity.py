"""The gate lets speech through and nothing else that a telephone carries."""

import itertools

import numpy as np
import pytest

from tests.tts_asr.noises import NOT_SPEECH, RATE, keys, noise, said, silence, with_noise
from tts_asr.sound import Samples
from tts_asr.voice_activity import LONGEST, Stretch, spoken_stretches
from tts_asr.voice_features import FeatureMaker


def heard(samples: Samples, block: int = 10 * RATE) -> list[Stretch]:
    maker = FeatureMaker(RATE)
    for at in range(0, len(samples), block):
        maker.feed(samples[at : at + block])
    return spoken_stretches(maker.features())


@pytest.mark.parametrize("name", NOT_SPEECH)
def test_other_sounds_are_no_speech(name: str) -> None:
    sound = NOT_SPEECH[name]()
    assert heard(sound) == []
    assert heard(np.concatenate([silence(3), sound, silence(3)])) == []
    assert heard(sound + noise(len(sound) / RATE, 0.003)) == []


@pytest.mark.parametrize("voice", ["", "f3", "m3", "Annie", "croak", "whisper"])
@pytest.mark.parametrize("decibels", [60, 20, 10])
def test_a_message_is_speech_in_quiet_and_noise(voice: str, decibels: float) -> None:
    text = "Please call me back, the road is closed at the bridge."
    samples = with_noise(said(text, voice), decibels)
    stretches = heard(samples)
    spoken = sum(stretch.spoken for stretch in stretches)
    assert spoken > 0.7 * (len(samples) / RATE - 2)
    assert 0.5 < stretches[0].start < 1.5
    assert stretches[-1].end < len(samples) / RATE - 0.5


@pytest.mark.parametrize("word", ["yes", "no", "five"])
def test_one_short_word_is_speech(word: str) -> None:
    (stretch,) = heard(said(word))
    assert stretch.start < 1.1
    assert stretch.end > 1.2


@pytest.mark.parametrize("language", ["zh", "yue"])
def test_chinese_is_speech(language: str) -> None:
    assert heard(said("你好请给我回电话我的报纸今天没有到", language=language))


def test_speech_after_keys_is_heard() -> None:
    stretches = heard(np.concatenate([keys("1234#"), said("Please call me back tomorrow.")]))
    assert stretches[-1].spoken > 1


@pytest.mark.parametrize("size", [0.003, 1.0])
def test_quiet_and_loud_callers_are_heard(size: float) -> None:
    samples = said("Please call me back tomorrow.")
    assert heard(samples * np.float32(size / np.abs(samples).max()))


def test_an_offset_of_the_line_is_no_speech_and_hides_none() -> None:
    assert heard(silence(10) + np.float32(0.4)) == []
    assert heard(said("Please call me back tomorrow.") * np.float32(0.5) + np.float32(0.4))


def test_it_is_the_same_however_the_recording_comes() -> None:
    samples = said("My number is five five five one two three four.")
    whole = heard(samples)
    assert heard(samples, 1_001) == whole
    assert heard(samples, 8_000) == whole


def test_a_speech_without_pauses_is_cut_into_pieces_that_touch() -> None:
    sentence = said("I have a complaint about the delivery this morning.")[RATE:-RATE]
    samples = np.tile(sentence, 40)
    pieces = heard(samples)
    assert len(pieces) > 3
    assert all(piece.end - piece.start <= LONGEST + 0.6 for piece in pieces)
    for before, after in itertools.pairwise(pieces):
        assert before.end == pytest.approx(after.start, abs=0.02)
    assert sum(piece.spoken for piece in pieces) > 0.95 * len(samples) / RATE


@pytest.mark.parametrize("samples", [0, 1, 100, 319, 320, 1_000])
def test_less_than_a_syllable_is_no_speech(samples: int) -> None:
    assert heard(np.full(samples, 0.3, np.float32)) == []
