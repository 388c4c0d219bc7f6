"""What every engine that hears is given, and what becomes of its answers."""

import struct
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.heard import FOLDER, messages
from tests.tts_asr.noises import NOT_SPEECH, RATE, said, silence
from tts_asr.errors import TranscriptionFailed, TranscriptionLate
from tts_asr.resampling import resample
from tts_asr.sound import Samples, Sound
from tts_asr.transcriber import ATTEMPTS, Transcriber
from tts_asr.transcript import UNCLEAR, Transcript, Word, written

MESSAGE = FOLDER / "cancel.wav"


@dataclass
class ScriptedEar(Transcriber):
    """Hears one word in the middle of each piece, or fails as it is told."""

    engine: str = "ear"
    model: str = "outer"
    language: str = "en"
    rate: int = 16_000
    text: str = "word"
    failures: list[TranscriptionFailed] = field(default_factory=list)
    pieces_heard: list[Samples] = field(default_factory=list)

    def _hear(self, samples: Samples, limit_seconds: float) -> Sequence[Word]:
        self.pieces_heard.append(samples)
        if self.failures:
            raise self.failures.pop(0)
        half = len(samples) / self.rate / 2
        return [Word(self.text, half, half + 0.1, 0.5)]


@pytest.fixture
def three_sentences(tmp_path: Path) -> Path:
    path = tmp_path / "three.wav"
    soundfile.write(path, np.concatenate([said("Please call me back tomorrow.")] * 3), RATE)
    return path


def test_each_spoken_piece_is_heard_once_and_placed_in_the_file(three_sentences: Path) -> None:
    ear = ScriptedEar()
    transcript = ear.transcribe(three_sentences)
    length = soundfile.info(three_sentences).duration
    middles = [word.start for word in transcript.words]
    assert middles == pytest.approx([length / 6, length / 2, length * 5 / 6], abs=0.3)
    assert transcript.text == "word word word"
    assert transcript.seconds == pytest.approx(length)
    assert 3 < transcript.spoken_seconds < length - 4
    assert transcript.note == ""


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100])
@pytest.mark.parametrize("wanted", [8_000, 16_000])
def test_the_engine_gets_the_rate_that_it_wants(tmp_path: Path, rate: int, wanted: int) -> None:
    path = tmp_path / "message.wav"
    samples = soundfile.read(MESSAGE, dtype="float32")[0]
    soundfile.write(path, resample(Sound(samples, RATE), rate).samples, rate)
    ear = ScriptedEar(rate=wanted)
    (word,) = ear.transcribe(path).words
    (piece,) = ear.pieces_heard
    # The word was put in the middle of the piece.
    begin = round((word.start - len(piece) / wanted / 2) * RATE)
    again = resample(Sound(piece, wanted), RATE).samples
    assert np.corrcoef(samples[begin : begin + len(again)], again)[0, 1] > 0.99


def test_progress_is_told_up_to_the_end(three_sentences: Path) -> None:
    told: list[tuple[float, float]] = []
    ScriptedEar().transcribe(three_sentences, lambda done, total: told.append((done, total)))
    length = soundfile.info(three_sentences).duration
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) == 4
    assert told[-1] == (pytest.approx(length), pytest.approx(length))


def test_what_was_begun_is_gone_on_with(three_sentences: Path) -> None:
    begun = next(ScriptedEar(text="first").pieces(three_sentences))
    kept = Transcript.from_dict(begun.as_dict())
    ear = ScriptedEar(text="later")
    transcript = ear.transcribe(three_sentences, begun=kept)
    assert transcript.text == "first later later"
    assert len(ear.pieces_heard) == 2
    whole = ScriptedEar().transcribe(three_sentences)
    assert transcript.spoken_seconds == pytest.approx(whole.spoken_seconds)
    assert [word.start for word in transcript.words] == [word.start for word in whole.words]


def test_a_job_can_be_stopped_between_pieces(three_sentences: Path) -> None:
    ear = ScriptedEar()

    def stop(done: float, total: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ear.transcribe(three_sentences, stop)
    assert len(ear.pieces_heard) == 1


def test_a_piece_that_failed_is_tried_again(three_sentences: Path) -> None:
    ear = ScriptedEar(failures=[TranscriptionFailed("ear", "full of wax")])
    assert ear.transcribe(three_sentences).text == "word word word"


def test_a_piece_that_cannot_be_heard_is_noted_and_the_rest_kept(three_sentences: Path) -> None:
    ear = ScriptedEar(failures=[TranscriptionFailed("ear", "full of wax")] * ATTEMPTS)
    transcript = ear.transcribe(three_sentences)
    assert transcript.text == "word word"
    assert transcript.note == "not heard from 1 s to 3 s (ear: full of wax)"


def test_a_late_engine_is_not_asked_for_the_piece_again(three_sentences: Path) -> None:
    ear = ScriptedEar(failures=[TranscriptionLate("ear", 30)])
    assert ear.transcribe(three_sentences).text == "word word"
    assert len(ear.pieces_heard) == 3


def test_an_engine_that_hears_nothing_of_a_message_has_failed() -> None:
    ear = ScriptedEar(failures=[TranscriptionFailed("ear", "full of wax")] * ATTEMPTS)
    with pytest.raises(TranscriptionFailed, match="full of wax"):
        ear.transcribe(MESSAGE)


@pytest.mark.parametrize("name", NOT_SPEECH)
def test_without_speech_the_engine_is_not_asked(tmp_path: Path, name: str) -> None:
    path = tmp_path / "other.wav"
    soundfile.write(path, NOT_SPEECH[name](), RATE)
    ear = ScriptedEar()
    transcript = ear.transcribe(path)
    assert (transcript.words, transcript.note) == ((), "nothing was spoken")
    assert not ear.pieces_heard


@pytest.mark.parametrize("content", [b"", b"RIFF", b"<html>" * 50, MESSAGE.read_bytes()[:35]])
def test_a_file_without_sound_gives_a_note(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "message.wav"
    path.write_bytes(content)
    transcript = ScriptedEar().transcribe(path)
    assert transcript.text == ""
    assert transcript.note.startswith("there is no sound to read: message.wav")


def test_speech_of_unknown_words_only_gives_a_note_and_no_words() -> None:
    transcript = ScriptedEar(text=UNCLEAR).transcribe(MESSAGE)
    assert (transcript.words, transcript.text) == ((), "")
    assert transcript.note == "no word could be understood"


def test_words_with_little_confidence_are_doubtful() -> None:
    sure, unsure, unknown = Word("yes", 0, 1, 0.9), Word("no", 1, 2, 0.3), Word("oh", 2, 3, None)
    transcript = Transcript((sure, unsure, unknown), "yes no oh", "en", "e", "m", 3, 3)
    assert transcript.doubtful == (unsure,)


def test_chinese_is_written_without_spaces() -> None:
    words = [Word("报纸", 0, 1, 1.0), Word("没有", 1, 2, 1.0), Word("到", 2, 3, 1.0)]
    assert written(words, "zh-CN") == "报纸没有到"
    assert written(words, "en") == "报纸 没有 到"


def test_a_message_in_three_hours_of_silence_is_found_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    header = bytearray(MESSAGE.read_bytes()[:44])
    size = 3 * 3600 * RATE * 2
    struct.pack_into("<I", header, 40, size)
    with path.open("wb") as file:
        file.write(header)
        file.seek(44 + 2 * 3600 * RATE * 2)
        file.write(MESSAGE.read_bytes()[44:])
        file.truncate(44 + size)
    tracemalloc.start()
    try:
        transcript = ScriptedEar().transcribe(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert transcript.seconds == 3 * 3600
    assert [7_200 < word.start < 7_210 for word in transcript.words] == [True]
    assert peak < 80_000_000  # the file has 172,800,000 bytes


def test_a_long_speech_is_heard_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    samples = np.concatenate([soundfile.read(m.path, dtype="float32")[0] for m in messages()] * 4)
    soundfile.write(path, np.concatenate([silence(1), samples]), RATE)
    ear = ScriptedEar()
    transcript = ear.transcribe(path)
    assert len(ear.pieces_heard) >= 5
    assert max(map(len, ear.pieces_heard)) < 26 * ear.rate
    assert transcript.spoken_seconds > 0.8 * transcript.seconds
