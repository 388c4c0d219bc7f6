"""What callers hear: files of any kind, tones, silence."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.frame import FRAME, RATE, Samples, Source
from softswitch.media.sources import Ending, PcmSource, Sounds
from softswitch.media.tones import parse_tones
from softswitch.media.wav import SoundCache


def drained(source: Source, limit: int = 1000) -> Samples:
    frames: list[Samples] = []
    while len(frames) < limit and (frame := source.pull()) is not None:
        frames.append(frame)
    return np.concatenate(frames) if frames else np.zeros(0, np.int16)


def loudest(samples: Samples) -> float:
    """The strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    return float(spectrum.argmax() * RATE / len(samples))


def sine(rate: int, seconds: float, frequency: float) -> np.ndarray:  # type: ignore[type-arg]
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(int(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_of_any_rate_keeps_its_pitch_and_length(
    tmp_path: Path, rate: int, channels: int
) -> None:
    file = tmp_path / "a.wav"
    soundfile.write(file, np.column_stack([sine(rate, 1, 700)] * channels), rate)
    heard = drained(Sounds().open_now(str(file)))
    assert abs(len(heard) - RATE) <= FRAME
    assert abs(loudest(heard) - 700) < 3


def test_what_the_telephone_cannot_carry_does_not_fold_back(tmp_path: Path) -> None:
    file = tmp_path / "high.wav"
    soundfile.write(file, sine(48000, 1, 6000), 48000)
    heard = drained(Sounds().open_now(str(file)))
    assert np.abs(heard[200:-200]).max() < 50, "but for the click of its abrupt beginning"


def test_a_missing_file_is_not_a_broken_one(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF no sound at all")
    with pytest.raises(SoundMissing):
        Sounds().open_now(str(tmp_path / "none.wav"))
    with pytest.raises(SoundMissing):
        Sounds().open_now("\0")
    with pytest.raises(SoundUnusable):
        Sounds().open_now(str(broken))


def test_a_string_of_files_leaves_out_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    soundfile.write(file, sine(RATE, 0.5, 500), RATE)
    name = f"file_string://{file}!/none.wav!silence_stream://100!{file}"
    assert len(drained(Sounds().open_now(name))) == int(1.1 * RATE)
    with pytest.raises(SoundMissing):
        Sounds().open_now("file_string:///none.wav!/nor.wav")


def test_a_changed_file_is_read_again_and_the_cache_stays_small(tmp_path: Path) -> None:
    cache = SoundCache(limit=20_000)
    for number in range(10):
        file = tmp_path / f"{number}.wav"
        soundfile.write(file, sine(RATE, 0.5, 500), RATE)
        assert len(cache.load(str(file))) == RATE // 2
    assert sum(samples.nbytes for samples in cache._held.values()) <= 20_000


def test_a_tone_has_its_length_pause_and_pitch() -> None:
    tone = parse_tones("%(200,100,440,480);loops=2")
    assert tone.loops == 2
    assert len(tone.samples) == 300 * 8
    assert not tone.samples[200 * 8 :].any()
    assert 435 <= loudest(tone.samples[: 200 * 8]) <= 485


def test_keys_are_played_as_their_two_tones() -> None:
    spectrum = np.abs(np.fft.rfft(parse_tones("5").samples[:800].astype(float)))
    peaks = sorted(int(at * 10) for at in spectrum.argsort()[-2:])
    assert abs(peaks[0] - 770) <= 10
    assert abs(peaks[1] - 1336) <= 10


@pytest.mark.parametrize(
    "text", ["", "%(x)", "%(1)", "?", "v=-5", "%(99999999,0,440)", "%(-5,9,1)"]
)
def test_what_is_no_tone_is_refused(text: str) -> None:
    with pytest.raises(SoundUnusable):
        parse_tones(text)


def test_an_endless_sound_does_not_end() -> None:
    assert len(drained(Sounds().open_now("silence_stream://-1"))) == 1000 * FRAME
    assert len(drained(Sounds().open_now("tone_stream://%(20,0,440);loops=-1"))) == 1000 * FRAME
    assert len(drained(PcmSource(np.zeros(0, np.int16), loops=-1))) == 0


def test_silence_lasts_as_long_as_it_says() -> None:
    assert len(drained(Sounds().open_now("silence_stream://500"))) == RATE // 2
    with pytest.raises(SoundUnusable):
        Sounds().open_now("silence_stream://long")


def test_the_end_is_told_once() -> None:
    told: list[bool] = []
    source = Ending(PcmSource(np.ones(FRAME, np.int16)), lambda: told.append(True))
    assert len(drained(source)) == FRAME
    assert source.pull() is None
    assert told == [True]
