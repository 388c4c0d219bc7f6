"""The ledger of recordings against the files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import calls, recordings
from store.jobs import CallStarted, RecordingKept

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    calls.started([CallStarted("u1", NOON)])
    for name in ("a.wav", "b.wav", "c.wav"):
        (tmp_path / name).write_bytes(name.encode() * 100_000)
        sha256 = recordings.checksum(tmp_path / name)
        recordings.kept([RecordingKept(name, "u1", 3.0, sha256, NOON)])
    return tmp_path


def test_whole_recordings_are_not_in_doubt(folder: Path) -> None:
    assert recordings.verify(folder) == []
    assert [kept.path for kept in recordings.of_call("u1")] == ["a.wav", "b.wav", "c.wav"]


def test_missing_and_changed_files_are_found_and_found_again(folder: Path) -> None:
    (folder / "a.wav").unlink()
    (folder / "b.wav").write_bytes(b"short")
    for _ in range(2):
        doubtful = {kept.path: kept.state for kept in recordings.verify(folder)}
        assert doubtful == {"a.wav": "missing", "b.wav": "changed"}


def test_a_file_that_is_back_is_kept_again(folder: Path) -> None:
    content = (folder / "a.wav").read_bytes()
    (folder / "a.wav").unlink()
    recordings.verify(folder)
    (folder / "a.wav").write_bytes(content)
    assert recordings.verify(folder) == []
    assert recordings.of_call("u1")[0].state == "kept"
