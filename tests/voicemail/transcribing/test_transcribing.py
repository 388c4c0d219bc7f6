"""The job of hearing a message, with the real engine; the store is SQLite and PostgreSQL."""

import json
import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import connect
from store.models import Transcript
from tests.voicemail.left import SPEECH, leave, mailbox
from voicemail import transcription
from voicemail.errors import MessageUnknown
from voicemail.transcribing import again, correct, current_text, transcribe, unfinished

pytestmark = pytest.mark.usefixtures("store")
LIFE = "life-1"
SAID = {
    entry["file"]: entry["heard"] for entry in json.loads((SPEECH / "messages.json").read_text())
}


def test_a_message_becomes_words_with_their_times(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder, "news_tip.wav")
    assert unfinished(LIFE) == [message.id]
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.text, row.progress) == ("done", SAID["news_tip.wav"], 1.0)
    assert row.finished_at is not None
    assert row.engine == "vosk"
    assert [word["text"] for word in row.words] == row.text.split()
    assert all(0 <= word["start"] <= word["end"] <= 10.5 for word in row.words)
    assert unfinished(LIFE) == []


def test_a_message_is_heard_once(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    assert transcribe(message.id, folder, models, LIFE)
    assert not transcribe(message.id, folder, models, LIFE)
    assert Transcript.get_by_id(message.id).attempts == 1


def test_a_message_of_an_unknown_id_is_nothing_to_do(folder: Path, models: Path) -> None:
    assert not transcribe("nobody", folder, models, LIFE)


def test_without_a_model_the_transcript_says_so(folder: Path, tmp_path: Path) -> None:
    message = leave(mailbox(language="xx"), folder)
    assert transcribe(message.id, folder, tmp_path / "none", LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.text) == ("done", "")
    assert 'no model for "xx"' in row.note


def test_a_missing_recording_fails_and_says_why(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder, sound="")
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.error) == ("failed", "the recording is not there any more")


def test_a_recording_that_is_no_sound_gives_a_note(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    (folder / message.path).write_bytes(b"RIFF" + bytes(40))
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.text) == ("done", "")
    assert "no sound" in row.note


def test_what_was_begun_in_another_life_is_found_again(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    Transcript.update(state="running", claimed_by="life-0 1 5", attempts=1).execute()
    assert unfinished(LIFE) == [message.id]
    assert transcribe(message.id, folder, models, LIFE)


def test_a_worker_killed_with_all_that_it_had_is_not_held_against_a_message(
    folder: Path, models: Path
) -> None:
    message = leave(mailbox(), folder)
    Transcript.update(state="running", claimed_by="life-0 1 5", attempts=3).execute()
    assert transcribe(message.id, folder, models, LIFE)
    assert current_text(message.id) == SAID["news_tip.wav"]


def _hang(target: str, message: str, folder: Path, models: Path) -> None:
    connect(target)
    transcription.transcriber_for = lambda *_: signal.pause()  # type: ignore[assignment]
    transcribe(message, folder, models, LIFE)


def test_a_worker_killed_alone_gives_up_what_it_had(store: str, folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    fresh = multiprocessing.get_context("spawn")
    worker = fresh.Process(target=_hang, args=(store, message.id, folder, models))
    worker.start()
    while Transcript.get_by_id(message.id).state != "running":
        worker.join(0.05)
        assert worker.is_alive()
    assert unfinished(LIFE) == []
    assert not transcribe(message.id, folder, models, LIFE)
    worker.kill()
    worker.join()
    assert unfinished(LIFE) == [message.id]
    assert transcribe(message.id, folder, models, LIFE)
    assert current_text(message.id) == SAID["news_tip.wav"]


def test_a_message_that_kills_its_workers_is_given_up(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    Transcript.update(state="running", claimed_by=f"{LIFE} 1 5", attempts=3).execute()
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert row.state == "failed"
    assert "died 3 times" in row.error


class Broken:
    """An engine that never hears anything, for a fault of its own."""

    def transcribe(self, *_: object) -> None:
        from tts_asr.errors import TranscriptionFailed

        raise TranscriptionFailed("vosk", "out of order")


def test_an_engine_that_fails_is_tried_three_times(
    folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "transcriber_for", lambda *_: Broken())
    message = leave(mailbox(), folder)
    for _ in range(2):
        assert not transcribe(message.id, folder, models, LIFE)
        assert unfinished(LIFE) == [message.id]
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert row.state == "failed"
    assert "out of order" in row.error
    assert unfinished(LIFE) == []


def test_a_fault_of_our_own_is_tried_three_times(
    folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "transcriber_for", lambda *_: 1 / 0)
    message = leave(mailbox(), folder)
    assert [transcribe(message.id, folder, models, LIFE) for _ in range(3)] == [False, False, True]
    row = Transcript.get_by_id(message.id)
    assert row.state == "failed"
    assert "ZeroDivisionError" in row.error


def test_a_failed_message_is_heard_again_on_demand(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    Transcript.update(state="failed", attempts=3, error="bad day").execute()
    again(message.id)
    assert transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.attempts, row.error) == ("done", 1, "")


def test_what_is_asked_for_anew_is_not_ended_by_the_run_before(
    folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = leave(mailbox(), folder)

    class Interrupted(Broken):
        def transcribe(self, *_: object) -> None:
            again(message.id)
            super().transcribe()

    monkeypatch.setattr(transcription, "transcriber_for", lambda *_: Interrupted())
    assert not transcribe(message.id, folder, models, LIFE)
    row = Transcript.get_by_id(message.id)
    assert (row.state, row.attempts, row.error) == ("waiting", 0, "")


def test_a_message_of_a_box_without_transcripts_is_heard_on_demand(
    folder: Path, models: Path
) -> None:
    message = leave(mailbox(transcribe=False), folder)
    assert not transcribe(message.id, folder, models, LIFE)
    again(message.id)
    assert transcribe(message.id, folder, models, LIFE)
    assert current_text(message.id) == SAID["news_tip.wav"]


def test_corrections_stand_apart_and_the_newest_counts(folder: Path, models: Path) -> None:
    message = leave(mailbox(), folder)
    assert current_text(message.id) == ""
    transcribe(message.id, folder, models, LIFE)
    correct(message.id, "hello, this is Dave", "ann")
    correct(message.id, "Hello, this is David.\0", "bob")
    assert current_text(message.id) == "Hello, this is David."
    assert Transcript.get_by_id(message.id).text == SAID["news_tip.wav"]


@pytest.mark.parametrize("ask", [again, lambda message: correct(message, "x", "y")])
def test_what_is_asked_of_no_message_is_refused(ask: object) -> None:
    with pytest.raises(MessageUnknown, match="nobody"):
        ask("nobody")  # type: ignore[operator]


def test_progress_is_written_at_most_once_a_second(
    folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = leave(mailbox(), folder)
    clock = iter([0.0, 0.5, 1.2, 1.2, 1.9, 2.5, 2.5])
    seen = []

    class Counting:
        def transcribe(self, path: Path, on_progress: Callable[[float, float], None]) -> None:
            for done in (1, 2, 3, 4):
                on_progress(done, 4)
                seen.append(Transcript.get_by_id(message.id).progress)
            Broken().transcribe()

    monkeypatch.setattr(transcription, "transcriber_for", lambda *_: Counting())
    monkeypatch.setattr(transcription.time, "monotonic", lambda: next(clock))
    transcribe(message.id, folder, models, LIFE)
    assert seen == [0.0, 0.5, 0.5, 1.0]
