"""Real Vosk, with the small model of the tests."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.heard import MODEL, MODEL_RATE, Message, messages, vosk, word_errors
from tests.tts_asr.noises import NOT_SPEECH, RATE, said, silence, with_noise
from tts_asr.engines.vosk import Vosk
from tts_asr.errors import TranscriptionFailed, TranscriptionLate
from tts_asr.models import examined
from tts_asr.resampling import resample
from tts_asr.sound import read_sound
from tts_asr.transcriber import Transcriber

ALLOWED = 0.15
"""Of the words, may be wrong: the model was made for other sounds than these."""


@pytest.fixture(scope="module")
def hears() -> Transcriber:
    return vosk()


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.path.stem)
def test_every_word_of_a_message_is_heard_with_its_time(
    hears: Transcriber, message: Message
) -> None:
    transcript = hears.transcribe(message.path)
    assert transcript.text == message.heard
    assert [word.text for word in transcript.words] == message.heard.split()
    times = [time for word in transcript.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert 0 <= times[0] < 2
    assert transcript.seconds - 1.5 < times[-1] <= transcript.seconds
    assert all(word.confidence is not None for word in transcript.words)
    assert (transcript.engine, transcript.model) == ("vosk", MODEL.name)
    assert transcript.note == ""


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.path.stem)
@pytest.mark.parametrize(("rate", "format"), [(16_000, "WAV"), (44_100, "FLAC"), (16_000, "MP3")])
def test_recordings_of_other_rates_and_formats_are_heard(
    hears: Transcriber, tmp_path: Path, message: Message, rate: int, format: str
) -> None:
    path = tmp_path / "message"
    sound = resample(read_sound(message.path), rate)
    soundfile.write(path, sound.samples, rate, format=format)
    heard = hears.transcribe(path)
    assert word_errors(message.heard, heard.text) <= ALLOWED * len(message.heard.split())


def test_a_model_for_16_khz_is_fed_with_16_khz(tmp_path: Path) -> None:
    folder = tmp_path / "en-wide"
    shutil.copytree(MODEL, folder)
    conf = folder / "conf" / "mfcc.conf"
    conf.write_text(conf.read_text().replace("=8000", "=16000"))
    model = examined(folder)
    assert (model.rate, model.problem) == (16_000, "")
    wide = Vosk(folder, "en", model.rate)
    for message in messages():
        heard = wide.transcribe(message.path).text
        assert word_errors(message.heard, heard) <= ALLOWED * len(message.heard.split())


TELEPHONE_MESSAGES = (
    "please call me back",
    "the road is closed at the school",
    "my number is five five five two one oh seven",
    "i want to cancel my subscription",
    "there is a fire at the church",
)


@pytest.mark.parametrize("decibels", [40, 20, 15])
def test_messages_are_heard_on_noisy_lines(
    hears: Transcriber, tmp_path: Path, decibels: float
) -> None:
    errors = words = 0
    for number, text in enumerate(TELEPHONE_MESSAGES):
        path = tmp_path / f"{number}.wav"
        soundfile.write(path, with_noise(said(text, "m3"), decibels), RATE)
        errors += word_errors(text, hears.transcribe(path).text)
        words += len(text.split())
    assert errors <= ALLOWED * words


@pytest.mark.parametrize("name", NOT_SPEECH)
def test_other_sounds_give_no_words(hears: Transcriber, tmp_path: Path, name: str) -> None:
    path = tmp_path / "other.wav"
    sound = NOT_SPEECH[name]()
    soundfile.write(path, np.concatenate([silence(1), sound, silence(1)]), RATE)
    assert hears.transcribe(path).words == ()


@pytest.mark.parametrize("change", ["offset", "clipped", "cut", "header"])
def test_bad_recordings_of_a_message_are_heard(
    hears: Transcriber, tmp_path: Path, change: str
) -> None:
    message = messages()[0]
    samples = soundfile.read(message.path, dtype="float32")[0]
    path = tmp_path / "message.wav"
    changed = {"offset": samples + 0.4, "clipped": np.clip(samples * 15, -1, 1)}
    soundfile.write(path, changed.get(change, samples), RATE)
    content = path.read_bytes()
    if change == "cut":
        path.write_bytes(content[: len(content) // 2 + 1])
    if change == "header":
        path.write_bytes(content[:40] + bytes(4) + content[44:])
    heard = hears.transcribe(path).text.split()
    wanted = message.heard.split()
    if change == "cut":
        wanted = wanted[: len(heard)]
        assert len(heard) > 10
    assert word_errors(" ".join(wanted), " ".join(heard)) <= ALLOWED * len(wanted)


def test_unknown_words_are_marked_and_not_invented_as_text(
    hears: Transcriber, tmp_path: Path
) -> None:
    path = tmp_path / "unknown.wav"
    soundfile.write(path, said("Xylophone extravaganza jurisdiction."), RATE)
    assert "[unk]" not in hears.transcribe(path).text


def test_an_engine_that_takes_too_long_is_late(hears: Transcriber) -> None:
    with pytest.raises(TranscriptionLate):
        hears._hear(silence(1), limit_seconds=0.0)


def test_a_model_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(TranscriptionFailed, match="gone"):
        Vosk(tmp_path / "gone", "en", MODEL_RATE).transcribe(messages()[0].path)


def test_pieces_do_not_hear_what_was_said_before(hears: Transcriber, tmp_path: Path) -> None:
    path = tmp_path / "twice.wav"
    once = soundfile.read(messages()[0].path, dtype="float32")[0]
    soundfile.write(path, np.concatenate([once, silence(2), once]), RATE)
    words = hears.transcribe(path).text.split()
    assert words[: len(words) // 2] == words[len(words) // 2 :]
