"""Pieces that a crash cut off are found again, and living ones left alone."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.piece_sounds import Sounds
from lines.pieces.places import in_progress
from lines.pieces.salvaging import salvage
from lines.pieces.settling import settle
from store.applying import apply
from store.models import Piece
from store.models.expert import PieceState
from tests.lines.pieces.hours import NOON, begun, make_session, record, stored
from tests.voicemail.sounds import speech, write_wav

pytestmark = pytest.mark.usefixtures("store")


def aged(path: Path, seconds: float) -> datetime:
    """The file was last written so long ago."""
    at = datetime.now(UTC) - timedelta(seconds=seconds)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return at


def look(folder: Path, sounds: Sounds, *alive: str) -> int:
    found = salvage(folder, sounds, alive, datetime.now(UTC))
    assert apply(found) == 0
    return len(found)


def test_a_piece_that_was_cut_off_is_kept_with_what_was_written(
    folder: Path, sounds: Sounds
) -> None:
    piece = stored(begun(make_session()))
    path = write_wav(folder / in_progress(piece.session, piece.id), speech(2.0), told_bytes=0)
    ended = aged(path, 30)
    assert look(folder, sounds) == 1
    row = Piece.get_by_id(piece.id)
    assert (row.state, round(row.seconds, 1)) == (PieceState.KEPT, 2.0)
    assert row.ended_at == pytest.approx(ended, abs=timedelta(seconds=1))
    assert look(folder, sounds) == 0


def test_a_piece_that_is_being_recorded_is_left_alone(folder: Path, sounds: Sounds) -> None:
    piece = stored(begun(make_session()))
    aged(record(folder, piece, speech(2.0)), 30)
    assert look(folder, sounds, piece.id) == 0
    assert Piece.get_by_id(piece.id).state == PieceState.RECORDING


def test_a_file_that_was_written_a_moment_ago_may_still_be_closed(
    folder: Path, sounds: Sounds
) -> None:
    piece = stored(begun(make_session()))
    record(folder, piece, speech(2.0))
    assert look(folder, sounds) == 0


def test_a_piece_of_which_there_is_no_file_is_lost(folder: Path, sounds: Sounds) -> None:
    piece = stored(begun(make_session()))
    assert look(folder, sounds) == 1
    assert Piece.get_by_id(piece.id).state == PieceState.LOST


def test_a_piece_that_was_moved_before_its_row_was_completed_is_kept(
    folder: Path, sounds: Sounds
) -> None:
    piece = stored(begun(make_session()))
    aged(record(folder, piece, speech(2.0)), 30)
    settle(folder, sounds, piece, NOON)  # and the job was lost with the process
    assert look(folder, sounds) == 1
    assert Piece.get_by_id(piece.id).state == PieceState.KEPT


def test_a_recording_without_a_row_gets_one_by_its_name(folder: Path, sounds: Sounds) -> None:
    piece = begun(make_session())
    aged(record(folder, piece, speech(2.0)), 7200)
    look(folder, sounds)
    look(folder, sounds)
    row = Piece.get_by_id(piece.id)
    assert (row.state, row.session_id) == (PieceState.KEPT, piece.session)
    assert row.ended_at - row.begun_at == pytest.approx(
        timedelta(seconds=2), abs=timedelta(seconds=0.1)
    )


def test_a_young_recording_without_a_row_waits_for_the_journal(
    folder: Path, sounds: Sounds
) -> None:
    aged(record(folder, begun(make_session()), speech(2.0)), 60)
    assert look(folder, sounds) == 0


def test_files_of_other_names_and_of_no_session_are_left_where_they_are(
    folder: Path, sounds: Sounds
) -> None:
    make_session()
    names = ["99-" + "a" * 32, "0-" + "a" * 32, "1-../x", "notes", "1-" + "A" * 32, "9" * 40]
    for name in names:
        path = write_wav(folder / "pieces-in-progress" / f"{name.replace('/', '_')}.wav", speech(1))
        aged(path, 7200)
    assert look(folder, sounds) == 0
    assert len(list((folder / "pieces-in-progress").iterdir())) == len(names)


def test_a_piece_that_cannot_be_moved_does_not_hold_up_the_others(
    folder: Path, sounds: Sounds
) -> None:
    session = make_session()
    bad, good = (stored(begun(session)) for _ in range(2))
    for piece in (bad, good):
        aged(record(folder, piece, speech(1.0)), 30)
    (folder / "2026/11/21" / f"{bad.id}.wav").mkdir(parents=True)
    assert look(folder, sounds) == 1
    assert Piece.get_by_id(good.id).state == PieceState.KEPT
    assert Piece.get_by_id(bad.id).state == PieceState.RECORDING
