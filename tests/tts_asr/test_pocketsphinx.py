"""The fallback: real PocketSphinx on digits, yes and no, in a process that can be killed."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.heard import Message, messages, word_errors
from tests.tts_asr.noises import RATE, noise, said, silence
from tts_asr.engines.pocketsphinx import LIMITATION, PocketSphinx
from tts_asr.errors import TranscriptionFailed, TranscriptionLate
from tts_asr.sound import Samples
from tts_asr.transcriber import ATTEMPTS

WHY = "no model for en is installed"


def recording(folder: Path, samples: Samples) -> Path:
    path = folder / "message.wav"
    soundfile.write(path, samples, RATE)
    return path


def on_a_line(samples: Samples) -> Samples:
    """With the noise of a telephone line, without which it hears worse."""
    return samples + noise(len(samples) / RATE, 0.002)[: len(samples)]


def child(folder: Path, program: str) -> PocketSphinx:
    """The engine with another program as its child."""
    path = folder / "child.py"
    path.write_text(program)
    return PocketSphinx(WHY, path)


@pytest.mark.parametrize("word", ["yes", "no"])
def test_yes_and_no_are_heard(tmp_path: Path, word: str) -> None:
    path = recording(tmp_path, on_a_line(said(word, "f3")))
    transcript = PocketSphinx(WHY).transcribe(path)
    assert transcript.text == word
    assert f"{WHY}: {LIMITATION}" in transcript.note
    assert transcript.engine == "pocketsphinx"


def test_most_digits_are_heard_at_their_times(tmp_path: Path) -> None:
    number = "five five five one two three four"
    line = said(number)
    transcript = PocketSphinx(WHY).transcribe(recording(tmp_path, on_a_line(line)))
    assert word_errors(number, transcript.text) <= 2
    assert 0.7 < transcript.words[0].start < 1.5
    assert len(line) / RATE - 1.5 < transcript.words[-1].end < len(line) / RATE


def test_every_word_of_it_is_doubtful(tmp_path: Path) -> None:
    transcript = PocketSphinx(WHY).transcribe(recording(tmp_path, said("yes")))
    assert transcript.doubtful == transcript.words


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.path.stem)
def test_free_speech_is_not_made_a_row_of_digits(message: Message) -> None:
    transcript = PocketSphinx(WHY).transcribe(message.path)
    assert transcript.text == ""
    assert "no word could be understood" in transcript.note
    assert f"{WHY}: {LIMITATION}" in transcript.note


def test_silence_gives_no_words(tmp_path: Path) -> None:
    transcript = PocketSphinx(WHY).transcribe(recording(tmp_path, silence(5)))
    assert transcript.words == ()
    assert transcript.note.endswith("nothing was spoken")


def test_a_hanging_engine_is_killed(tmp_path: Path) -> None:
    ear = child(tmp_path, "import signal\nwhile True: signal.pause()\n")
    with pytest.raises(TranscriptionLate, match=r"no words within 0\.5 s"):
        ear._hear(np.zeros(16_000, np.float32), 0.5)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.abort()", "died without a word"),
        ("import sys; sys.exit('no ears')", "no ears"),
        ("print('not JSON')", "Expecting value"),
        ("print('[[1]]')", "missing 3 required"),
        ("print('[7]')", "must be an iterable"),
    ],
)
def test_an_engine_that_dies_or_babbles_has_failed(
    tmp_path: Path, program: str, reason: str
) -> None:
    with pytest.raises(TranscriptionFailed, match=reason):
        child(tmp_path, program).transcribe(recording(tmp_path, said("yes")))


def test_an_engine_that_dies_once_is_asked_again(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    program = (
        f"from pathlib import Path; tries = Path({str(tries)!r})\n"
        "with tries.open('a') as file: file.write('x')\n"
        "if tries.stat().st_size == 1: raise SystemExit('first')\n"
        "print('[[\"no\", 0.1, 0.4, 0.5]]')\n"
    )
    assert child(tmp_path, program).transcribe(recording(tmp_path, said("no"))).text == "no"
    assert len(tries.read_text()) == ATTEMPTS
