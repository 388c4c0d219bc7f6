"""Recordings are moved, checked and entered; none is lost in a crash."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from appliance.home import Home
from appliance.keeping import Keeping, part_of
from ivr_flows.ports import Recordings
from store.jobs import CallStarted
from store.models import Recording
from store.writer import Writer

pytestmark = pytest.mark.usefixtures("store")
CALL = "b92ec9c7-2676-49c9-9627-49cb6a3fc718"


@pytest.fixture
def writer(home: Home) -> Writer:
    writer = Writer(home.journal)
    writer.start()
    writer.put(CallStarted(CALL, datetime.now(UTC)))
    return writer


def recorded(home: Home, name: str, seconds: float = 2.0) -> Path:
    path = home.recordings_in_progress / name
    soundfile.write(path, np.full(int(seconds * 8000), 0.1), 8000, subtype="PCM_16")
    return path


def later() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=1)


def test_what_a_crash_left_is_kept_with_its_call_length_and_checksum(
    home: Home, writer: Writer
) -> None:
    path = recorded(home, f"{CALL}-1.wav")
    content = path.read_bytes()
    assert Keeping(home, writer).keep_what_was_left((), later()) == 1
    assert writer.flush(10)
    (kept,) = Recording.select()
    assert kept.call_id == CALL
    assert kept.seconds == 2.0
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert (home.recordings / kept.path).read_bytes() == content
    assert not path.exists()
    writer.stop()


def test_a_file_that_is_no_sound_is_kept_too(home: Home, writer: Writer) -> None:
    (home.recordings_in_progress / f"{CALL}-1.wav").write_bytes(b"RIFF")
    Keeping(home, writer).keep_what_was_left((), later())
    assert writer.flush(10)
    assert [kept.seconds for kept in Recording.select()] == [0.0]
    writer.stop()


def test_a_recording_into_which_somebody_still_speaks_is_left_alone(
    home: Home, writer: Writer
) -> None:
    path = recorded(home, f"{CALL}-1.wav")
    assert Keeping(home, writer).keep_what_was_left({CALL}, later()) == 0
    begun_before = datetime.fromtimestamp(path.stat().st_mtime, UTC) - timedelta(seconds=1)
    assert Keeping(home, writer).keep_what_was_left((), begun_before) == 0
    assert path.exists()
    writer.stop()


def test_what_a_transferred_call_records_is_its_second_parts_and_as_safe(
    home: Home, writer: Writer
) -> None:
    part = Recordings(home.recordings_in_progress, part_of(2))
    path = recorded(home, part.path(CALL, 1).name)
    writer.put(CallStarted(f"{CALL}.2", datetime.now(UTC)))
    keeping = Keeping(home, writer)
    assert keeping.keep_what_was_left({CALL}, later()) == 0
    assert path.exists()
    assert keeping.keep_what_was_left((), later()) == 1
    assert writer.flush(10)
    assert [kept.call_id for kept in Recording.select()] == [f"{CALL}.2"]
    writer.stop()


def test_a_header_that_a_killed_switch_left_is_mended(home: Home, writer: Writer) -> None:
    path = recorded(home, f"{CALL}-1.wav")
    content = bytearray(path.read_bytes())
    content[4:8], content[40:44] = (8).to_bytes(4, "little"), bytes(4)
    path.write_bytes(content)
    Keeping(home, writer).keep_what_was_left((), later())
    assert writer.flush(10)
    assert [kept.seconds for kept in Recording.select()] == [2.0]
    writer.stop()
