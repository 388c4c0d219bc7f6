"""A part of a recording is cut out to the sample, and its ends do not click."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tts_asr.cutting import FADE, cut
from tts_asr.errors import SoundUnreadable


def recorded(path: Path, seconds: float, rate: int = 8000) -> np.ndarray:
    samples = np.random.default_rng(7).uniform(-0.5, 0.5, round(seconds * rate))
    soundfile.write(path, samples, rate, subtype="PCM_16")
    return soundfile.read(path)[0]


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
@pytest.mark.parametrize(("start", "end"), [(0.0, 3.0), (1.25, 27.0), (0.7001, 31.3337)])
def test_the_samples_are_those_of_the_recording(
    tmp_path: Path, rate: int, start: float, end: float
) -> None:
    whole = recorded(tmp_path / "whole.wav", 32, rate)
    assert cut(tmp_path / "whole.wav", tmp_path / "cut.wav", start, end) == pytest.approx(
        end - start, abs=1 / rate
    )
    part, _ = soundfile.read(tmp_path / "cut.wav")
    wanted = whole[round(start * rate) : round(end * rate)]
    fade = round(FADE * rate)
    assert len(part) == len(wanted)
    assert np.abs(part[fade:-fade] - wanted[fade:-fade]).max() < 1e-4
    assert part[0] == pytest.approx(0, abs=1e-4)
    assert part[-1] == pytest.approx(0, abs=1e-4)


def test_what_lies_behind_the_end_is_left_out(tmp_path: Path) -> None:
    recorded(tmp_path / "whole.wav", 3)
    assert cut(tmp_path / "whole.wav", tmp_path / "cut.wav", 1.0, 99.0) == pytest.approx(2.0)


def test_a_cut_of_nothing_is_told(tmp_path: Path) -> None:
    recorded(tmp_path / "whole.wav", 3)
    with pytest.raises(SoundUnreadable, match="no samples"):
        cut(tmp_path / "whole.wav", tmp_path / "cut.wav", 5.0, 6.0)
