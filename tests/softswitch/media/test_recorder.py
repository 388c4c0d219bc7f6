"""Recordings are whole at any moment."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from softswitch.errors import SoundUnusable
from softswitch.media.frame import FRAME, SILENCE
from softswitch.media.recorder import SilenceWatch, WavWriter

LOUD = np.full(FRAME, 1000, np.int16)


def test_what_was_flushed_is_a_whole_file_without_a_close(tmp_path: Path) -> None:
    writer = WavWriter(str(tmp_path / "a.wav"))
    for _ in range(10):
        writer.push(LOUD)
    writer.flush()
    writer.push(LOUD)
    audio, rate = soundfile.read(writer.path, dtype="int16")
    assert rate == 8000
    assert len(audio) == 10 * FRAME
    assert (audio == 1000).all()


def test_a_closed_recording_has_all_and_its_size_is_right(tmp_path: Path) -> None:
    writer = WavWriter(str(tmp_path / "a.wav"))
    writer.push(LOUD)
    writer.close()
    writer.close()
    writer.flush()
    assert Path(writer.path).stat().st_size == writer.size == 44 + 2 * FRAME


@pytest.mark.parametrize("path", ["/nonexistent/folder/a.wav", "/", "a\0b"])
def test_a_path_that_cannot_be_written_is_told(path: str) -> None:
    with pytest.raises(SoundUnusable):
        WavWriter(path)


def test_silence_ends_only_when_it_is_unbroken() -> None:
    watch = SilenceWatch(200, 0.1)
    for frame in [SILENCE] * 4 + [LOUD] + [SILENCE] * 4:
        watch.push(frame)
    assert not watch.exhausted
    watch.push(SILENCE)
    assert watch.exhausted


def test_no_limit_means_that_silence_never_ends_it() -> None:
    watch = SilenceWatch(200, 0)
    for _ in range(1000):
        watch.push(SILENCE)
    assert not watch.exhausted
