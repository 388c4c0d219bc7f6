"""Greetings by phone, by file and as words."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from store.models import Greeting, Mailbox
from tests.voicemail.sounds import silence, speech, tone, write_wav
from tests.voicemail.stored import make_box
from tts_asr import sound_file
from voicemail.boxes import set_away, set_greeting, set_greeting_text
from voicemail.errors import BoxUnknown, GreetingRefused
from voicemail.ports import Box

pytestmark = pytest.mark.usefixtures("store")


def kept(box: Box, kind: str = "standard") -> Greeting:
    found: Greeting = Greeting.get(Greeting.mailbox == box.id, Greeting.kind == kind)
    return found


def level(path: Path) -> float:
    samples, _ = soundfile.read(path)
    loud = np.abs(samples[np.abs(samples) > 0.02])
    return float(np.sqrt(np.mean(loud**2)))


@pytest.mark.parametrize(("name", "rate", "channels"), [
    ("a.wav", 8_000, 1), ("a.wav", 44_100, 2), ("a.flac", 48_000, 1), ("a.ogg", 16_000, 2),
    ("a.mp3", 44_100, 1),
])  # fmt: skip
def test_a_file_of_any_format_becomes_a_telephone_recording(
    name: str, rate: int, channels: int, tmp_path: Path
) -> None:
    box = make_box()
    samples = np.repeat(speech(4.0).astype(np.float32) / 65_536, rate // 8_000 or 1)
    soundfile.write(tmp_path / name, np.column_stack([samples] * channels), rate)
    set_greeting(tmp_path, box, "standard", tmp_path / name)
    path = tmp_path / kept(box).path
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype) == (8_000, 1, "PCM_16")
    assert path.is_relative_to(tmp_path / "greetings")
    assert (tmp_path / name).exists()


def test_a_quiet_recording_is_made_as_loud_as_a_loud_one(tmp_path: Path) -> None:
    box = make_box()
    levels = []
    for share in (0.05, 0.9):
        file = write_wav(tmp_path / "said.wav", (speech(3.0) * share).astype(np.int16))
        set_greeting(tmp_path, box, "busy", file)
        levels.append(level(tmp_path / kept(box, "busy").path))
    assert levels[0] == pytest.approx(levels[1], rel=0.2)


def test_silence_before_and_after_is_cut(tmp_path: Path) -> None:
    box = make_box()
    said = np.concatenate([silence(3), speech(2), silence(4)])
    set_greeting(tmp_path, box, "away", write_wav(tmp_path / "said.wav", said))
    assert soundfile.info(tmp_path / kept(box, "away").path).duration < 3


def test_a_recording_takes_the_place_of_words_and_words_that_of_a_recording(
    tmp_path: Path,
) -> None:
    box = make_box()
    set_greeting_text(box, "standard", "  We are out.  ")
    assert (kept(box).text, kept(box).path) == ("We are out.", "")
    file = write_wav(tmp_path / "said.wav", speech(2))
    set_greeting(tmp_path, box, "standard", file)
    first = kept(box).path
    set_greeting(tmp_path, box, "standard", file)
    assert kept(box).path not in ("", first)
    assert kept(box).text == ""
    set_greeting_text(box, "standard", "Back soon.")
    assert (kept(box).text, kept(box).path) == ("Back soon.", "")


@pytest.mark.parametrize("content", [
    b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVE" * 4, b"\0" * 10_000, b"#!/bin/sh\nrm -rf /",
    b"OggS" + b"\xff" * 500, b"fLaC" + b"\0" * 500, b"ID3" + b"\xff" * 500,
])  # fmt: skip
def test_what_is_no_sound_is_refused_and_changes_nothing(content: bytes, tmp_path: Path) -> None:
    box = make_box()
    file = tmp_path / "evil.wav"
    file.write_bytes(content)
    with pytest.raises(GreetingRefused):
        set_greeting(tmp_path, box, "standard", file)
    assert Greeting.select().count() == 0
    assert sorted(tmp_path.iterdir()) == sorted(p for p in tmp_path.iterdir() if p.is_file())


@pytest.mark.parametrize("seconds", [0.2, 181.0])
def test_a_greeting_too_short_or_too_long_is_refused(seconds: float, tmp_path: Path) -> None:
    file = write_wav(tmp_path / "said.wav", tone(seconds))
    with pytest.raises(GreetingRefused, match=r"expected 0\.5 to 180 s"):
        set_greeting(tmp_path, make_box(), "standard", file)


def test_a_file_that_is_far_too_large_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.wav"
    with file.open("wb") as opened:
        opened.truncate(sound_file.MOST_BYTES + 1)
    with pytest.raises(GreetingRefused, match="at most"):
        set_greeting(tmp_path, make_box(), "standard", file)


@pytest.mark.parametrize("name", ["gone.wav", ".", "a" * 300])
def test_a_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(GreetingRefused):
        set_greeting(tmp_path, make_box(), "standard", tmp_path / name)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "bomb.flac"
    with soundfile.SoundFile(file, "w", 192_000, 8) as bomb:
        for _ in range(60):
            bomb.write(np.zeros((192_000, 8), dtype=np.int16))
    assert file.stat().st_size < sound_file.MOST_BYTES
    with pytest.raises(GreetingRefused, match="8 channels at 192000 Hz"):
        set_greeting(tmp_path, make_box(), "standard", file)


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(GreetingRefused, match="expected a sound file"):
        set_greeting(tmp_path, make_box(), "standard", tmp_path / "pipe")


@pytest.mark.parametrize("kind", ["", "holiday", "../standard", "standard\0"])
def test_an_unknown_kind_of_greeting_is_refused(kind: str, tmp_path: Path) -> None:
    box, file = make_box(), write_wav(tmp_path / "said.wav", speech(2))
    with pytest.raises(GreetingRefused, match="expected standard, busy, away, closed"):
        set_greeting(tmp_path, box, kind, file)
    with pytest.raises(GreetingRefused):
        set_greeting_text(box, kind, "words")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2_001])
def test_a_text_that_nobody_would_listen_to_is_refused(text: str) -> None:
    with pytest.raises(GreetingRefused):
        set_greeting_text(make_box(), "standard", text)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "greetings").write_text("in the way")
    file = write_wav(tmp_path / "said.wav", speech(2))
    with pytest.raises(GreetingRefused, match="cannot write"):
        set_greeting(tmp_path, make_box(), "standard", file)


def test_away_is_switched_on_and_off() -> None:
    box = make_box()
    for away in (True, False):
        set_away(box, away)
        assert Mailbox.get_by_id(box.id).away is away


def test_a_box_that_was_removed_takes_no_greeting(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "said.wav", speech(2))
    for change in (
        lambda box: set_greeting(tmp_path, box, "standard", file),
        lambda box: set_greeting_text(box, "standard", "x"),
        lambda box: set_away(box, True),
    ):
        with pytest.raises(BoxUnknown):
            change(Box(99, "gone"))
