"""A piece is heard by one worker at a time, and not for ever when that fails."""

from pathlib import Path

import pytest

from lines.pieces.errors import SoundFailed
from lines.pieces.sounds import Heard
from lines.pieces.transcribing import MOST_ATTEMPTS, again, transcribe, unheard
from store.models import Piece
from store.models.message import TranscriptState
from tests.lines.pieces.hours import make_piece

pytestmark = pytest.mark.usefixtures("store")
LIFE = "this-worker"


class Ear:
    """Hears the same in everything, or fails as it is told."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.heard: list[str] = []

    def hear(self, path: Path, language: str) -> Heard:
        self.heard.append(language)
        if self.failure:
            raise self.failure
        return Heard("one two", [{"text": "one"}], "vosk tiny", "some note")

    def mend(self, path: Path) -> None: ...
    def seconds(self, path: Path) -> float:
        return 0.0

    def spoken(self, path: Path, start: float, end: float) -> float:
        return 0.0

    def publish(self, path: Path, into: Path, start: float, end: float) -> None: ...


def waiting(folder: Path, **facts: object) -> str:
    made = make_piece(folder, **{"transcript_state": TranscriptState.WAITING, **facts})
    return str(made.id)


def test_what_was_heard_is_kept_with_the_engine_and_its_note(folder: Path) -> None:
    id, ear = waiting(folder, language="zh"), Ear()
    assert unheard(LIFE) == [id]
    assert transcribe(id, folder, ear, LIFE)
    row = Piece.get_by_id(id)
    assert (row.transcript, row.engine, row.transcript_note) == (
        "one two",
        "vosk tiny",
        "some note",
    )
    assert ear.heard == ["zh"]
    assert unheard(LIFE) == []
    assert not transcribe(id, folder, ear, LIFE)


def test_a_piece_that_another_life_of_the_worker_had_is_taken_up(folder: Path) -> None:
    id = waiting(folder, transcript_state=TranscriptState.RUNNING, claimed_by="dead 1 2")
    assert unheard(LIFE) == [id]
    assert transcribe(id, folder, Ear(), LIFE)


@pytest.mark.parametrize("failure", [SoundFailed("cannot"), RuntimeError("odd")])
def test_hearing_that_fails_is_given_up_after_some_attempts(
    folder: Path, failure: Exception
) -> None:
    id, ear = waiting(folder), Ear(failure)
    for _ in range(MOST_ATTEMPTS + 2):
        transcribe(id, folder, ear, LIFE)
    row = Piece.get_by_id(id)
    assert len(ear.heard) == MOST_ATTEMPTS
    assert row.transcript_state == TranscriptState.FAILED
    assert row.transcript_error
    assert unheard(LIFE) == []


def test_it_can_be_asked_for_again(folder: Path) -> None:
    id = waiting(folder, transcript_state=TranscriptState.FAILED, attempts=9)
    assert again(id)
    assert transcribe(id, folder, Ear(), LIFE)
    assert not again("nobody")


def test_a_recording_that_is_gone_is_told(folder: Path) -> None:
    id = waiting(folder, path="2026/11/21/gone.wav")
    transcribe(id, folder, Ear(), LIFE)
    assert "not there" in Piece.get_by_id(id).transcript_error
